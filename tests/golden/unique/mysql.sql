-- up
ALTER TABLE `posts`
    ADD UNIQUE INDEX `posts_author_title_unique` (`author`, `title`),
    ADD UNIQUE INDEX `one_slug` (`slug`);

-- down
ALTER TABLE `posts`
    DROP INDEX `one_slug`,
    DROP INDEX `posts_author_title_unique`;
