-- up
CREATE TABLE `orders` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `title` varchar(255) NOT NULL
) AUTO_INCREMENT = 1000;

-- down
DROP TABLE `orders`;
