-- up
ALTER TABLE `users`
    ADD COLUMN `nickname` varchar(255) NULL,
    ALGORITHM = INSTANT;
ALTER TABLE `users`
    MODIFY COLUMN `name` varchar(255) NULL,
    ALGORITHM = COPY,
    LOCK = SHARED;

-- down
ALTER TABLE `users` DROP COLUMN `nickname`;
