-- up
CREATE TABLE `numbers` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `tiny` tinyint NOT NULL,
    `small` smallint NOT NULL,
    `medium` mediumint NOT NULL,
    `whole` int NOT NULL,
    `big` bigint NOT NULL,
    `price` decimal(10,2) NOT NULL,
    `ratio` float NOT NULL,
    `precise` double NOT NULL,
    `active` tinyint(1) NOT NULL
);

-- down
DROP TABLE `numbers`;
