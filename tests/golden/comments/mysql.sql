-- up
CREATE TABLE `posts` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `title` varchar(255) NOT NULL COMMENT 'what it''s \\ called'
) COMMENT = 'everything that was "published"';

-- down
DROP TABLE `posts`;
