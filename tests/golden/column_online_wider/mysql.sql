-- up
ALTER TABLE `users`
    MODIFY COLUMN `email` varchar(300) NOT NULL,
    ALGORITHM = INPLACE,
    LOCK = NONE;

-- down
ALTER TABLE `users` MODIFY COLUMN `email` varchar(255) NOT NULL;
