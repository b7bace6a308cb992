-- up
ALTER TABLE `posts`
    MODIFY COLUMN `hits` int NOT NULL DEFAULT 100,
    MODIFY COLUMN `title` varchar(255) NOT NULL;

-- down
ALTER TABLE `posts`
    MODIFY COLUMN `hits` int NOT NULL DEFAULT 0,
    MODIFY COLUMN `title` varchar(255) NOT NULL DEFAULT '-';
