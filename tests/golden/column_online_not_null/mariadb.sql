-- up
ALTER TABLE `users`
    MODIFY COLUMN `name` varchar(255) NOT NULL,
    ALGORITHM = INPLACE,
    LOCK = NONE;

-- down
ALTER TABLE `users` MODIFY COLUMN `name` varchar(255) NULL;
