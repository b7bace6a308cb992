-- up
ALTER TABLE `users`
    ADD INDEX `users_email_index` (`email`),
    ADD UNIQUE INDEX `users_name_email_unique` (`name`, `email`),
    ALGORITHM = NOCOPY,
    LOCK = NONE;

-- down
ALTER TABLE `users`
    DROP INDEX `users_name_email_unique`,
    DROP INDEX `users_email_index`,
    ALGORITHM = NOCOPY,
    LOCK = NONE;
