-- up
ALTER TABLE `posts`
    ADD COLUMN `editor_id` bigint unsigned NULL,
    ADD INDEX `posts_editor_id_index` (`editor_id`),
    ADD CONSTRAINT `who_edits` FOREIGN KEY (`editor_id`) REFERENCES `users` (`id`) ON DELETE SET NULL;

-- down
ALTER TABLE `posts`
    DROP FOREIGN KEY `who_edits`,
    DROP INDEX `posts_editor_id_index`,
    DROP COLUMN `editor_id`;
