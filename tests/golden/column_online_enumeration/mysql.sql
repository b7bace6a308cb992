-- up
ALTER TABLE `users`
    ADD COLUMN `state` enum('new','known') NOT NULL DEFAULT 'new',
    ALGORITHM = INSTANT;

-- down
ALTER TABLE `users` DROP COLUMN `state`;
