-- up
CREATE TABLE `posts` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `created_at` timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    `updated_at` timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    `deleted_at` timestamp(3) NULL,
    `remember_token` varchar(100) NULL
);

-- down
DROP TABLE `posts`;
