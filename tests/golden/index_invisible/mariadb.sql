-- up
ALTER TABLE `users` ADD INDEX `users_email_index` (`email`) IGNORED;

-- down
ALTER TABLE `users` DROP INDEX `users_email_index`;
