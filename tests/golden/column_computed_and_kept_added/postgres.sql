-- up
ALTER TABLE "products" ADD COLUMN "gross" integer NULL GENERATED ALWAYS AS (price + 19) STORED;

-- down
ALTER TABLE "products" DROP COLUMN "gross";
