-- up
RENAME TABLE `authors` TO `people`;

-- down
RENAME TABLE `people` TO `authors`;
