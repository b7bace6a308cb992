-- up
CREATE TABLE `order` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `select` varchar(40) NOT NULL DEFAULT 'a''b',
    `with space` varchar(40) NOT NULL,
    `quote"``'d` varchar(40) NULL,
    `Größe` varchar(40) NOT NULL,
    INDEX `order_with_space_index` (`with space`),
    UNIQUE INDEX `order_größe_unique` (`Größe`)
);

-- down
DROP TABLE `order`;
