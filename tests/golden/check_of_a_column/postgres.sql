-- up
ALTER TABLE "products"
    ADD COLUMN "discount" integer NOT NULL DEFAULT 0,
    ADD CONSTRAINT "products_discount_check" CHECK (discount >= 0);

-- down
ALTER TABLE "products"
    DROP CONSTRAINT "products_discount_check",
    DROP COLUMN "discount";
