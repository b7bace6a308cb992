-- up
CREATE TABLE `texts` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `code` varchar(255) CHARACTER SET latin1 NOT NULL,
    `title` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL
);

-- down
DROP TABLE `texts`;
