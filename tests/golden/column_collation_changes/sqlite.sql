-- up
-- while foreign keys are off
SELECT json_extract('{}', 'arvel: a table rebuild needs foreign keys off, on: ' || foreign_keys) FROM pragma_foreign_keys WHERE foreign_keys = 1;
CREATE TABLE "__arvel_new_texts" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "title" varchar(255) NOT NULL DEFAULT '-' COLLATE "NOCASE"
);
INSERT INTO "__arvel_new_texts" ("id", "title") SELECT "id", "title" FROM "texts";
DELETE FROM main.sqlite_sequence WHERE name = '__arvel_new_texts';
INSERT INTO main.sqlite_sequence (name, seq) SELECT '__arvel_new_texts', seq FROM main.sqlite_sequence WHERE name = 'texts';
DROP TABLE "texts";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "__arvel_new_texts" RENAME TO "texts";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "texts_title_index" ON "texts" ("title");

-- down
-- while foreign keys are off
SELECT json_extract('{}', 'arvel: a table rebuild needs foreign keys off, on: ' || foreign_keys) FROM pragma_foreign_keys WHERE foreign_keys = 1;
CREATE TABLE "__arvel_new_texts" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "title" varchar(255) NOT NULL DEFAULT ('-')
);
INSERT INTO "__arvel_new_texts" ("id", "title") SELECT "id", "title" FROM "texts";
DELETE FROM main.sqlite_sequence WHERE name = '__arvel_new_texts';
INSERT INTO main.sqlite_sequence (name, seq) SELECT '__arvel_new_texts', seq FROM main.sqlite_sequence WHERE name = 'texts';
DROP TABLE "texts";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "__arvel_new_texts" RENAME TO "texts";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "texts_title_index" ON "texts" ("title");
