-- up
ALTER TABLE `posts` MODIFY COLUMN `status` enum('draft','live','gone') NOT NULL DEFAULT 'draft';

-- down
ALTER TABLE `posts` MODIFY COLUMN `status` enum('draft','live') NOT NULL DEFAULT 'draft';
