-- up
ALTER TABLE `users` ADD INDEX `users_email_index` (`email`) COMMENT 'it''s for the login';

-- down
ALTER TABLE `users` DROP INDEX `users_email_index`;
