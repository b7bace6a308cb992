-- up
CREATE TABLE `posts` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `title` varchar(255) NOT NULL,
    `body` text NULL,
    `author_id` bigint unsigned NOT NULL,
    `state` enum('draft','published') NOT NULL DEFAULT 'draft',
    `price` decimal(10,2) NOT NULL DEFAULT 0.00,
    `created_at` timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    `updated_at` timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    `deleted_at` timestamp NULL,
    UNIQUE INDEX `posts_author_id_title_unique` (`author_id`, `title`),
    INDEX `posts_author_id_index` (`author_id`),
    CONSTRAINT `posts_author_id_foreign` FOREIGN KEY (`author_id`) REFERENCES `users` (`id`) ON DELETE CASCADE,
    CONSTRAINT `posts_price_check` CHECK (price >= 0)
);
CREATE TABLE IF NOT EXISTS `settings` (
    `name` varchar(255) NOT NULL,
    `value` json NOT NULL,
    PRIMARY KEY (`name`)
);
RENAME TABLE `posts` TO `articles`;
ALTER TABLE `articles`
    DROP COLUMN `price`,
    DROP COLUMN `state`;
DROP TABLE IF EXISTS `drafts`;

-- down
ALTER TABLE `articles`
    ADD COLUMN `state` enum('draft','published') NOT NULL DEFAULT 'draft' AFTER `author_id`,
    ADD COLUMN `price` decimal(10,2) NOT NULL DEFAULT 0.00 AFTER `state`,
    ADD CONSTRAINT `posts_price_check` CHECK (price >= 0);
RENAME TABLE `articles` TO `posts`;
DROP TABLE `settings`;
DROP TABLE `posts`;
