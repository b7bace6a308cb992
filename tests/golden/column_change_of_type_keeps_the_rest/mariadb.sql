-- up
ALTER TABLE `posts`
    MODIFY COLUMN `title` varchar(500) NOT NULL DEFAULT '-',
    MODIFY COLUMN `hits` bigint NOT NULL DEFAULT 0;

-- down
ALTER TABLE `posts`
    MODIFY COLUMN `title` varchar(255) NOT NULL DEFAULT '-',
    MODIFY COLUMN `hits` int NOT NULL DEFAULT 0;
