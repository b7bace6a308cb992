-- up
ALTER TABLE `texts` MODIFY COLUMN `title` varchar(255) COLLATE utf8mb4_bin NOT NULL DEFAULT '-';

-- down
ALTER TABLE `texts` MODIFY COLUMN `title` varchar(255) COLLATE utf8mb4_general_ci NOT NULL DEFAULT '-';
