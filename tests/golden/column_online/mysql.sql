-- up
ALTER TABLE `users`
    ADD COLUMN `nickname` varchar(255) NULL,
    ALGORITHM = INSTANT;

-- down
ALTER TABLE `users` DROP COLUMN `nickname`;
