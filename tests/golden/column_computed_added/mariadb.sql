-- up
ALTER TABLE `products` ADD COLUMN `net` int GENERATED ALWAYS AS (price - 19) VIRTUAL;

-- down
ALTER TABLE `products` DROP COLUMN `net`;
