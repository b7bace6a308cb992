-- up
CREATE TABLE IF NOT EXISTS `posts` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `title` varchar(255) NOT NULL
);

-- down
DROP TABLE `posts`;
