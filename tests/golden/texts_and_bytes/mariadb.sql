-- up
CREATE TABLE `texts` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `code` char(3) NOT NULL,
    `title` varchar(255) NOT NULL,
    `slug` varchar(40) NOT NULL,
    `body` text NOT NULL,
    `more` mediumtext NOT NULL,
    `most` longtext NOT NULL,
    `bytes` blob NOT NULL
);

-- down
DROP TABLE `texts`;
