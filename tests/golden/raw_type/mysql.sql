-- up
CREATE TABLE `things` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `code` varchar(7) NOT NULL DEFAULT 'x'
);

-- down
DROP TABLE `things`;
