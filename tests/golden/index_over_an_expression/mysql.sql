-- up
ALTER TABLE `users` ADD INDEX `users_lower_email_index` ((lower(email)));

-- down
ALTER TABLE `users` DROP INDEX `users_lower_email_index`;
