-- up
CREATE TABLE `posts` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `title` varchar(255) NOT NULL,
    `body` text NULL,
    `hits` int NOT NULL DEFAULT 0,
    `created_at` timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    `updated_at` timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    `deleted_at` timestamp NULL,
    INDEX `posts_hits_created_at_index` (`hits`, `created_at`),
    UNIQUE INDEX `posts_title_unique` (`title`)
);

-- down
DROP TABLE `posts`;
