-- up
ALTER TABLE `posts`
    ADD COLUMN `slug` varchar(255) NULL,
    ADD COLUMN `seen` tinyint(1) NOT NULL DEFAULT 0,
    DROP INDEX `posts_title_index`,
    ADD INDEX `posts_title_hits_index` (`title`, `hits`);
ALTER TABLE `posts` RENAME COLUMN `hits` TO `views`;

-- down
ALTER TABLE `posts` RENAME COLUMN `views` TO `hits`;
ALTER TABLE `posts`
    DROP INDEX `posts_title_hits_index`,
    ADD INDEX `posts_title_index` (`title`),
    DROP COLUMN `slug`,
    DROP COLUMN `seen`;
