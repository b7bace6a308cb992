-- up
CREATE TABLE `readings` (
    `place` int NOT NULL,
    `n` int NULL
)
PARTITION BY LIST COLUMNS (`place`) (
    PARTITION `near` VALUES IN (1,2),
    PARTITION `far` VALUES IN (3)
);

-- down
DROP TABLE `readings`;
