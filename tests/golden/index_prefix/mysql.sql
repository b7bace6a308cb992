-- up
ALTER TABLE `posts` ADD INDEX `posts_body_index` (`body`(20));

-- down
ALTER TABLE `posts` DROP INDEX `posts_body_index`;
