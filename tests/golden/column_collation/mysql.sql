-- up
CREATE TABLE `texts` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `title` varchar(255) COLLATE utf8mb4_bin NOT NULL,
    `body` text COLLATE utf8mb4_bin NULL,
    INDEX `texts_title_index` (`title`)
);

-- down
DROP TABLE `texts`;
