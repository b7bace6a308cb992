-- up
CREATE TABLE `posts` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `flags` set('new','it''s hot') NOT NULL DEFAULT 'new'
);

-- down
DROP TABLE `posts`;
