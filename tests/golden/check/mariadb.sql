-- up
CREATE TABLE `products` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `price` int NOT NULL,
    `discount` int NOT NULL,
    CONSTRAINT `products_price_check` CHECK (price > 0),
    CONSTRAINT `products_discount_check` CHECK (discount < price)
);

-- down
DROP TABLE `products`;
