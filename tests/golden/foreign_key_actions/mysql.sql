-- up
CREATE TABLE `posts` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `author_id` bigint unsigned NOT NULL,
    `editor_id` bigint unsigned NULL,
    `owner_id` bigint unsigned NOT NULL,
    INDEX `posts_author_id_index` (`author_id`),
    INDEX `posts_editor_id_index` (`editor_id`),
    INDEX `posts_owner_id_index` (`owner_id`),
    CONSTRAINT `posts_author_id_foreign` FOREIGN KEY (`author_id`) REFERENCES `users` (`id`) ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT `posts_editor_id_foreign` FOREIGN KEY (`editor_id`) REFERENCES `users` (`id`) ON DELETE SET NULL,
    CONSTRAINT `posts_owner_id_foreign` FOREIGN KEY (`owner_id`) REFERENCES `users` (`id`) ON DELETE RESTRICT ON UPDATE NO ACTION
);

-- down
DROP TABLE `posts`;
