-- up
ALTER TABLE `posts`
    DROP FOREIGN KEY `posts_author_id_foreign`,
    DROP INDEX `posts_author_id_foreign`,
    DROP COLUMN `author_id`;

-- down
ALTER TABLE `posts`
    ADD COLUMN `author_id` bigint(20) unsigned NULL AFTER `id`,
    ADD INDEX `posts_author_id_foreign` (`author_id`);
ALTER TABLE `posts` ADD CONSTRAINT `posts_author_id_foreign` FOREIGN KEY (`author_id`) REFERENCES `users` (`id`) ON DELETE RESTRICT ON UPDATE RESTRICT;
