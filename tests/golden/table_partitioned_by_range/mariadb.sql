-- up
CREATE TABLE `visits` (
    `id` bigint NOT NULL,
    `day` date NOT NULL,
    `city` varchar(255) NOT NULL,
    PRIMARY KEY (`id`, `day`),
    INDEX `visits_city_index` (`city`)
)
PARTITION BY RANGE COLUMNS (`day`) (
    PARTITION `visits_2026` VALUES LESS THAN ('2027-01-01'),
    PARTITION `visits_later` VALUES LESS THAN (MAXVALUE)
);

-- down
DROP TABLE `visits`;
