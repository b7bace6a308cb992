-- up
ALTER TABLE `products` MODIFY COLUMN `gross` int GENERATED ALWAYS AS (price + 20) STORED;

-- down
ALTER TABLE `products` MODIFY COLUMN `gross` int(11) GENERATED ALWAYS AS (`price` + 19) STORED;
