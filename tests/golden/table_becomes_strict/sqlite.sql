-- up
-- while foreign keys are off
SELECT json_extract('{}', 'arvel: a table rebuild needs foreign keys off, on: ' || foreign_keys) FROM pragma_foreign_keys WHERE foreign_keys = 1;
CREATE TABLE "__arvel_new_prices" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "currency" text NOT NULL,
    "amount" real NOT NULL,
    "live" integer NOT NULL DEFAULT 1
) STRICT;
INSERT INTO "__arvel_new_prices" ("id", "currency", "amount", "live") SELECT "id", "currency", "amount", "live" FROM "prices";
DELETE FROM main.sqlite_sequence WHERE name = '__arvel_new_prices';
INSERT INTO main.sqlite_sequence (name, seq) SELECT '__arvel_new_prices', seq FROM main.sqlite_sequence WHERE name = 'prices';
DROP TABLE "prices";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "__arvel_new_prices" RENAME TO "prices";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "prices_currency_index" ON "prices" ("currency");

-- down
-- while foreign keys are off
SELECT json_extract('{}', 'arvel: a table rebuild needs foreign keys off, on: ' || foreign_keys) FROM pragma_foreign_keys WHERE foreign_keys = 1;
CREATE TABLE "__arvel_new_prices" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "currency" varchar(255) NOT NULL,
    "amount" decimal(10, 2) NOT NULL,
    "live" boolean NOT NULL DEFAULT (1)
);
INSERT INTO "__arvel_new_prices" ("id", "currency", "amount", "live") SELECT "id", "currency", "amount", "live" FROM "prices";
DELETE FROM main.sqlite_sequence WHERE name = '__arvel_new_prices';
INSERT INTO main.sqlite_sequence (name, seq) SELECT '__arvel_new_prices', seq FROM main.sqlite_sequence WHERE name = 'prices';
DROP TABLE "prices";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "__arvel_new_prices" RENAME TO "prices";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "prices_currency_index" ON "prices" ("currency");
