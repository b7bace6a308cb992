-- up
ALTER TABLE `posts`
    ADD COLUMN `slug` varchar(255) NULL,
    ADD COLUMN `stars` int NOT NULL DEFAULT 5,
    ADD COLUMN `seen_at` timestamp NULL,
    ADD INDEX `posts_slug_index` (`slug`);

-- down
ALTER TABLE `posts`
    DROP INDEX `posts_slug_index`,
    DROP COLUMN `seen_at`,
    DROP COLUMN `stars`,
    DROP COLUMN `slug`;
