-- up
CREATE TABLE `texts` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `tiny` tinytext NOT NULL,
    `token` varbinary(20) NOT NULL,
    `digest` binary(16) NOT NULL,
    `picture` mediumblob NOT NULL,
    `film` longblob NOT NULL
);

-- down
DROP TABLE `texts`;
