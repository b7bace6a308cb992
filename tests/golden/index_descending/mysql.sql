-- up
ALTER TABLE `users` ADD INDEX `users_name_born_on_index` (`name`, `born_on` DESC);

-- down
ALTER TABLE `users` DROP INDEX `users_name_born_on_index`;
