-- up
ALTER TABLE "products" ADD CONSTRAINT "products_price_check" CHECK (price > 0) NOT VALID;

-- down
ALTER TABLE "products" DROP CONSTRAINT "products_price_check";
