-- up
ALTER TABLE `posts` RENAME INDEX `posts_title_index` TO `by_title`;

-- down
ALTER TABLE `posts` RENAME INDEX `by_title` TO `posts_title_index`;
