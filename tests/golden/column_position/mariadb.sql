-- up
ALTER TABLE `users`
    ADD COLUMN `title` varchar(255) NULL FIRST,
    ADD COLUMN `nickname` varchar(255) NOT NULL DEFAULT '-' AFTER `name`;

-- down
ALTER TABLE `users`
    DROP COLUMN `nickname`,
    DROP COLUMN `title`;
