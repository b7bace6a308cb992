-- up
CREATE TABLE `readings` (
    `place` int NOT NULL,
    `n` int NULL
)
PARTITION BY HASH (`place`) (
    PARTITION `p0`,
    PARTITION `p1`
);

-- down
DROP TABLE `readings`;
