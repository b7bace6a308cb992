-- up
CREATE TABLE `readings` (
    `place` int NOT NULL,
    `n` int NULL
)
PARTITION BY LIST COLUMNS (`place`) (
    PARTITION `none` VALUES IN (0),
    PARTITION `others` DEFAULT
);

-- down
DROP TABLE `readings`;
