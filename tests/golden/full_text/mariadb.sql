-- up
ALTER TABLE `posts` ADD FULLTEXT INDEX `posts_title_body_fulltext` (`title`, `body`);

-- down
ALTER TABLE `posts` DROP INDEX `posts_title_body_fulltext`;
