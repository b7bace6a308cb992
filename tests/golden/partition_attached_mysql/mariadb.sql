-- up
ALTER TABLE `readings` CONVERT TABLE `high` TO PARTITION `high` VALUES LESS THAN (30);

-- down
ALTER TABLE `readings` CONVERT PARTITION `high` TO TABLE `high`;
