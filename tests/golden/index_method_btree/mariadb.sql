-- up
ALTER TABLE `users` ADD INDEX `users_email_index` USING BTREE (`email`);

-- down
ALTER TABLE `users` DROP INDEX `users_email_index`;
