-- up
ALTER TABLE `users`
    DROP INDEX `users_email_index`,
    ALGORITHM = NOCOPY,
    LOCK = NONE;

-- down
ALTER TABLE `users`
    ADD INDEX `users_email_index` (`email`),
    ALGORITHM = NOCOPY,
    LOCK = NONE;
