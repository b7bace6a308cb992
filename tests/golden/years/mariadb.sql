-- up
CREATE TABLE `firms` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `founded` year NOT NULL DEFAULT 1999
);

-- down
DROP TABLE `firms`;
