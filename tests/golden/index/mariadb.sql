-- up
ALTER TABLE `posts`
    ADD INDEX `posts_author_created_on_index` (`author`, `created_on`),
    ADD INDEX `by_day` (`created_on`);

-- down
ALTER TABLE `posts`
    DROP INDEX `by_day`,
    DROP INDEX `posts_author_created_on_index`;
