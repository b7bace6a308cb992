-- up
CREATE TABLE `things` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `code` varchar(255) NOT NULL DEFAULT (upper('x'))
);

-- down
DROP TABLE `things`;
