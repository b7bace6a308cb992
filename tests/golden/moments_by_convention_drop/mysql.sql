-- up
ALTER TABLE `posts`
    DROP COLUMN `created_at`,
    DROP COLUMN `updated_at`,
    DROP COLUMN `deleted_at`,
    DROP COLUMN `remember_token`;

-- down
ALTER TABLE `posts`
    ADD COLUMN `remember_token` varchar(100) NULL,
    ADD COLUMN `deleted_at` timestamp NULL AFTER `id`,
    ADD COLUMN `updated_at` timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP AFTER `id`,
    ADD COLUMN `created_at` timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP AFTER `id`;
