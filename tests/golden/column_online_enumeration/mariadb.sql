-- up
ALTER TABLE `users`
    ADD COLUMN `state` enum('new','known') NOT NULL DEFAULT 'new',
    ALGORITHM = INPLACE,
    LOCK = NONE;

-- down
ALTER TABLE `users` DROP COLUMN `state`;
