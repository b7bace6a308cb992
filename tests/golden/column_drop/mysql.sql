-- up
ALTER TABLE `posts`
    DROP INDEX `posts_slug_index`,
    DROP COLUMN `slug`,
    DROP COLUMN `stars`;

-- down
ALTER TABLE `posts`
    ADD COLUMN `stars` int NOT NULL DEFAULT 5 AFTER `id`,
    ADD COLUMN `slug` varchar(255) NOT NULL AFTER `id`,
    ADD INDEX `posts_slug_index` (`slug`);
