-- up
CREATE TABLE "products" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "price" integer NOT NULL,
    "gross" integer GENERATED ALWAYS AS (price + 19) VIRTUAL
);

-- down
-- while foreign keys are off
DROP TABLE "products";
