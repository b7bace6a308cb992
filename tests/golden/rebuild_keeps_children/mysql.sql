-- up
ALTER TABLE `parents`
    MODIFY COLUMN `size` text NULL DEFAULT ('none'),
    DROP INDEX `parents_name_unique`,
    ADD COLUMN `note` varchar(255) NOT NULL DEFAULT '-';

-- down
ALTER TABLE `parents`
    DROP COLUMN `note`,
    ADD UNIQUE INDEX `parents_name_unique` (`name`),
    MODIFY COLUMN `size` int NULL;
