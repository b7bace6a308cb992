-- up
CREATE TABLE `readings` (
    `id` bigint NOT NULL,
    `year` int NOT NULL,
    PRIMARY KEY (`id`, `year`)
)
PARTITION BY RANGE COLUMNS (`year`) (
    PARTITION `p2020` VALUES LESS THAN (2021),
    PARTITION `later` VALUES LESS THAN (MAXVALUE)
);

-- down
DROP TABLE `readings`;
