-- up
ALTER TABLE `posts` ADD COLUMN `hits` bigint unsigned NULL;

-- down
ALTER TABLE `posts` DROP COLUMN `hits`;
