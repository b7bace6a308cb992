-- up
ALTER TABLE "products" ALTER COLUMN "price" TYPE bigint;

-- down
ALTER TABLE "products"
    ALTER COLUMN "price" TYPE integer,
    ALTER COLUMN "price" SET NOT NULL;
