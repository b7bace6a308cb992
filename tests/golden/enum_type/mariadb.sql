-- up
CREATE TABLE `people` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `feels` enum('happy','it''s bad') NOT NULL DEFAULT 'happy',
    `felt` enum('happy','it''s bad') NULL
);

-- down
DROP TABLE `people`;
