-- up
ALTER TABLE `users`
    ADD COLUMN `nickname` varchar(255) NULL,
    ALGORITHM = INPLACE,
    LOCK = NONE;

-- down
ALTER TABLE `users` DROP COLUMN `nickname`;
