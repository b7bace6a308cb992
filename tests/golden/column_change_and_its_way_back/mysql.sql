-- up
ALTER TABLE `posts` MODIFY COLUMN `hits` bigint NOT NULL DEFAULT 0;

-- down
ALTER TABLE `posts` MODIFY COLUMN `hits` int NOT NULL DEFAULT 0;
