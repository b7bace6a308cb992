-- up
ALTER TABLE `readings` ADD PARTITION (PARTITION `middle` VALUES LESS THAN (20));

-- down
ALTER TABLE `readings` DROP PARTITION `middle`;
