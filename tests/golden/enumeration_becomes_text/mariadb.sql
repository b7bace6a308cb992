-- up
ALTER TABLE `posts` MODIFY COLUMN `status` varchar(255) NOT NULL DEFAULT 'draft';

-- down
ALTER TABLE `posts` MODIFY COLUMN `status` enum('draft','live') NOT NULL DEFAULT 'draft';
