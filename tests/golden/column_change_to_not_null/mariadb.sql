-- up
ALTER TABLE `posts` MODIFY COLUMN `body` text NOT NULL;

-- down
ALTER TABLE `posts` MODIFY COLUMN `body` text NULL;
