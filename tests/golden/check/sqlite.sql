-- up
CREATE TABLE "products" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "price" integer NOT NULL,
    "discount" integer NOT NULL,
    CONSTRAINT "products_price_check" CHECK (price > 0),
    CONSTRAINT "products_discount_check" CHECK (discount < price)
);

-- down
-- while foreign keys are off
DROP TABLE "products";
