-- up
ALTER TABLE `a_table_whose_name_leaves_little_room_for_others` ADD INDEX `a_table_whose_name_leaves_little_room_for_othe_be261c8ba0_index` (`a_column_with_a_long_name`, `another_column_with_a_long_name`);

-- down
ALTER TABLE `a_table_whose_name_leaves_little_room_for_others` DROP INDEX `a_table_whose_name_leaves_little_room_for_othe_be261c8ba0_index`;
