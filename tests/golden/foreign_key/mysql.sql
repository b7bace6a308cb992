-- up
ALTER TABLE `posts`
    ADD COLUMN `author_id` bigint unsigned NULL,
    ADD CONSTRAINT `posts_author_id_foreign` FOREIGN KEY (`author_id`) REFERENCES `authors` (`id`) ON DELETE CASCADE;

-- down
ALTER TABLE `posts`
    DROP FOREIGN KEY `posts_author_id_foreign`,
    DROP INDEX `posts_author_id_foreign`,
    DROP COLUMN `author_id`;
