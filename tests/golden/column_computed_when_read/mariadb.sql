-- up
CREATE TABLE `products` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `price` int NOT NULL,
    `gross` int GENERATED ALWAYS AS (price + 19) VIRTUAL
);

-- down
DROP TABLE `products`;
