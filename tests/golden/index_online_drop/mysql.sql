-- up
ALTER TABLE `users`
    DROP INDEX `users_email_index`,
    ALGORITHM = INPLACE,
    LOCK = NONE;

-- down
ALTER TABLE `users`
    ADD INDEX `users_email_index` (`email`),
    ALGORITHM = INPLACE,
    LOCK = NONE;
