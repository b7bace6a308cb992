-- up
ALTER TABLE `users`
    ADD COLUMN `phone` varchar(255) NULL AFTER `email`,
    ADD COLUMN `fax` varchar(255) NULL AFTER `phone`;

-- down
ALTER TABLE `users`
    DROP COLUMN `fax`,
    DROP COLUMN `phone`;
