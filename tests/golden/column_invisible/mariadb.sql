-- up
ALTER TABLE `users` ADD COLUMN `secret` varchar(255) NOT NULL DEFAULT '' INVISIBLE;

-- down
ALTER TABLE `users` DROP COLUMN `secret`;
