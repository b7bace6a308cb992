-- up
CREATE TABLE `masks` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `four` bit(4) NOT NULL
);

-- down
DROP TABLE `masks`;
