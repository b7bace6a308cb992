-- up
CREATE TABLE `visits` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `from` varchar(45) NOT NULL,
    `card` varchar(17) NULL
);

-- down
DROP TABLE `visits`;
