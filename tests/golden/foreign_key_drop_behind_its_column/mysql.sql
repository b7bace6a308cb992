-- up
ALTER TABLE `posts`
    DROP FOREIGN KEY `posts_author_id_foreign`,
    DROP INDEX `posts_author_id_foreign`,
    DROP INDEX `posts_slug_index`,
    DROP COLUMN `author_id`,
    DROP COLUMN `slug`;

-- down
ALTER TABLE `posts`
    ADD COLUMN `slug` varchar(255) NULL,
    ADD COLUMN `author_id` bigint unsigned NULL AFTER `id`,
    ADD INDEX `posts_slug_index` (`slug`),
    ADD INDEX `posts_author_id_foreign` (`author_id`);
ALTER TABLE `posts` ADD CONSTRAINT `posts_author_id_foreign` FOREIGN KEY (`author_id`) REFERENCES `users` (`id`) ON DELETE NO ACTION ON UPDATE NO ACTION;
