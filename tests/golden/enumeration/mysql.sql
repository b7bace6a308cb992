-- up
CREATE TABLE `posts` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `status` enum('draft','it''s out') NOT NULL DEFAULT 'draft'
);

-- down
DROP TABLE `posts`;
