-- up
ALTER TABLE "products" ADD COLUMN "net" integer GENERATED ALWAYS AS (price - 19) VIRTUAL;

-- down
ALTER TABLE "products" DROP COLUMN "net";
