-- up
ALTER TABLE `posts`
    DROP INDEX `posts_author_title_index`,
    DROP INDEX `posts_title_unique`;

-- down
ALTER TABLE `posts`
    ADD UNIQUE INDEX `posts_title_unique` (`title`),
    ADD INDEX `posts_author_title_index` (`author`, `title`);
