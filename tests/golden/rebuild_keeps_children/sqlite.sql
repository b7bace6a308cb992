-- up
-- while foreign keys are off
SELECT json_extract('{}', 'arvel: a table rebuild needs foreign keys off, on: ' || foreign_keys) FROM pragma_foreign_keys WHERE foreign_keys = 1;
CREATE TABLE "__arvel_new_parents" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "name" varchar(255) NOT NULL,
    "size" text DEFAULT 'none',
    "note" varchar(255) NOT NULL DEFAULT '-'
);
INSERT INTO "__arvel_new_parents" ("id", "name", "size") SELECT "id", "name", "size" FROM "parents";
DELETE FROM main.sqlite_sequence WHERE name = '__arvel_new_parents';
INSERT INTO main.sqlite_sequence (name, seq) SELECT '__arvel_new_parents', seq FROM main.sqlite_sequence WHERE name = 'parents';
DROP TABLE "parents";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "__arvel_new_parents" RENAME TO "parents";
PRAGMA legacy_alter_table = OFF;

-- down
-- while foreign keys are off
SELECT json_extract('{}', 'arvel: a table rebuild needs foreign keys off, on: ' || foreign_keys) FROM pragma_foreign_keys WHERE foreign_keys = 1;
CREATE TABLE "__arvel_new_parents" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "name" varchar(255) NOT NULL,
    "size" integer
);
INSERT INTO "__arvel_new_parents" ("id", "name", "size") SELECT "id", "name", "size" FROM "parents";
DELETE FROM main.sqlite_sequence WHERE name = '__arvel_new_parents';
INSERT INTO main.sqlite_sequence (name, seq) SELECT '__arvel_new_parents', seq FROM main.sqlite_sequence WHERE name = 'parents';
DROP TABLE "parents";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "__arvel_new_parents" RENAME TO "parents";
PRAGMA legacy_alter_table = OFF;
CREATE UNIQUE INDEX "parents_name_unique" ON "parents" ("name");
