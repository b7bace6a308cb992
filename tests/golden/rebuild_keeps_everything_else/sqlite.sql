-- up
-- while foreign keys are off
SELECT json_extract('{}', 'arvel: a table rebuild needs foreign keys off, on: ' || foreign_keys) FROM pragma_foreign_keys WHERE foreign_keys = 1;
CREATE TABLE "__arvel_new_products" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "title" varchar(255) COLLATE "NOCASE" NOT NULL,
    "price" integer NOT NULL,
    "gross" integer GENERATED ALWAYS AS (price + 19) STORED,
    "status" varchar NOT NULL DEFAULT 'draft' CONSTRAINT "products_status_check" CHECK ("status" IN ('draft', 'live')),
    CONSTRAINT "products_price_check" CHECK (price > 0)
);
INSERT INTO "__arvel_new_products" ("id", "title", "price", "status") SELECT "id", "title", "price", "status" FROM "products";
DELETE FROM main.sqlite_sequence WHERE name = '__arvel_new_products';
INSERT INTO main.sqlite_sequence (name, seq) SELECT '__arvel_new_products', seq FROM main.sqlite_sequence WHERE name = 'products';
DROP TABLE "products";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "__arvel_new_products" RENAME TO "products";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "products_status_index" ON "products" ("status") WHERE price > 0;
CREATE UNIQUE INDEX "products_title_unique" ON "products" ("title");

-- down
-- nothing to do
