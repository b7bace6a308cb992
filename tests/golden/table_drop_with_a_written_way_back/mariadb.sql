-- up
DROP TABLE IF EXISTS `posts`;

-- down
CREATE TABLE `posts` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `title` varchar(255) NOT NULL,
    INDEX `posts_title_index` (`title`)
);
