-- up
ALTER TABLE `users` ADD UNIQUE INDEX `one_address` ((lower(email)));

-- down
ALTER TABLE `users` DROP INDEX `one_address`;
