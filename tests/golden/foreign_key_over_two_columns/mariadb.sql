-- up
CREATE TABLE `streets` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `country` varchar(2) NOT NULL,
    `city` varchar(40) NOT NULL,
    INDEX `streets_country_city_index` (`country`, `city`),
    CONSTRAINT `streets_country_city_foreign` FOREIGN KEY (`country`, `city`) REFERENCES `places` (`country`, `city`) ON DELETE CASCADE
);

-- down
DROP TABLE `streets`;
