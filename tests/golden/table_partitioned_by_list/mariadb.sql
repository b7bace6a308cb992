-- up
CREATE TABLE `visits` (
    `id` bigint NOT NULL,
    `country` varchar(40) NOT NULL,
    PRIMARY KEY (`id`, `country`)
)
PARTITION BY LIST COLUMNS (`country`) (
    PARTITION `visits_here` VALUES IN ('ch','it''s'),
    PARTITION `visits_there` VALUES IN ('de')
);

-- down
DROP TABLE `visits`;
