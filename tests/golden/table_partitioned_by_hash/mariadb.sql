-- up
CREATE TABLE `visits` (
    `id` bigint NOT NULL,
    `city` varchar(255) NOT NULL,
    PRIMARY KEY (`id`)
)
PARTITION BY HASH (`id`) (
    PARTITION `visits_even`,
    PARTITION `visits_odd`
);

-- down
DROP TABLE `visits`;
