-- up
-- while foreign keys are off
SELECT json_extract('{}', 'arvel: a table rebuild needs foreign keys off, on: ' || foreign_keys) FROM pragma_foreign_keys WHERE foreign_keys = 1;
CREATE TABLE "__arvel_new_products" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "price" integer NOT NULL,
    "gross" integer GENERATED ALWAYS AS (price + 20) STORED
);
INSERT INTO "__arvel_new_products" ("id", "price") SELECT "id", "price" FROM "products";
DELETE FROM main.sqlite_sequence WHERE name = '__arvel_new_products';
INSERT INTO main.sqlite_sequence (name, seq) SELECT '__arvel_new_products', seq FROM main.sqlite_sequence WHERE name = 'products';
DROP TABLE "products";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "__arvel_new_products" RENAME TO "products";
PRAGMA legacy_alter_table = OFF;

-- down
-- while foreign keys are off
SELECT json_extract('{}', 'arvel: a table rebuild needs foreign keys off, on: ' || foreign_keys) FROM pragma_foreign_keys WHERE foreign_keys = 1;
CREATE TABLE "__arvel_new_products" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "price" integer NOT NULL,
    "gross" integer GENERATED ALWAYS AS (price + 19) STORED
);
INSERT INTO "__arvel_new_products" ("id", "price") SELECT "id", "price" FROM "products";
DELETE FROM main.sqlite_sequence WHERE name = '__arvel_new_products';
INSERT INTO main.sqlite_sequence (name, seq) SELECT '__arvel_new_products', seq FROM main.sqlite_sequence WHERE name = 'products';
DROP TABLE "products";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "__arvel_new_products" RENAME TO "products";
PRAGMA legacy_alter_table = OFF;
