-- up
ALTER TABLE `users` MODIFY COLUMN `name` varchar(255) NOT NULL DEFAULT 'nobody';

-- down
ALTER TABLE `users` MODIFY COLUMN `name` varchar(255) NULL;
