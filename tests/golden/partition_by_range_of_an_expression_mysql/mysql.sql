-- up
CREATE TABLE `readings` (
    `day` date NOT NULL,
    `n` int NOT NULL
)
PARTITION BY RANGE (year(`day`)) (
    PARTITION `p2020` VALUES LESS THAN (2021),
    PARTITION `later` VALUES LESS THAN MAXVALUE
);

-- down
DROP TABLE `readings`;
