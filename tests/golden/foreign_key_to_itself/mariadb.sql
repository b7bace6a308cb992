-- up
CREATE TABLE `pages` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `parent_id` bigint unsigned NULL,
    INDEX `pages_parent_id_index` (`parent_id`),
    CONSTRAINT `pages_parent_id_foreign` FOREIGN KEY (`parent_id`) REFERENCES `pages` (`id`) ON DELETE CASCADE
);

-- down
DROP TABLE `pages`;
