-- up
CREATE TABLE `numbers` (
    `id` int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `tiny` tinyint unsigned NOT NULL,
    `small` smallint unsigned NOT NULL,
    `whole` int unsigned NOT NULL,
    `big` bigint unsigned NOT NULL,
    `price` decimal(10,2) unsigned NOT NULL
);

-- down
DROP TABLE `numbers`;
