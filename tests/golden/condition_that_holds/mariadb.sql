-- up
ALTER TABLE `posts` ADD INDEX `posts_title_index` (`title`);

-- down
ALTER TABLE `posts` DROP INDEX `posts_title_index`;
