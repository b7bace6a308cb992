-- up
-- while foreign keys are off
SELECT json_extract('{}', 'arvel: a table rebuild needs foreign keys off, on: ' || foreign_keys) FROM pragma_foreign_keys WHERE foreign_keys = 1;
CREATE TABLE "__arvel_new_posts" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "status" varchar(255) NOT NULL DEFAULT 'draft'
);
INSERT INTO "__arvel_new_posts" ("id", "status") SELECT "id", "status" FROM "posts";
DELETE FROM main.sqlite_sequence WHERE name = '__arvel_new_posts';
INSERT INTO main.sqlite_sequence (name, seq) SELECT '__arvel_new_posts', seq FROM main.sqlite_sequence WHERE name = 'posts';
DROP TABLE "posts";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "__arvel_new_posts" RENAME TO "posts";
PRAGMA legacy_alter_table = OFF;

-- down
-- while foreign keys are off
SELECT json_extract('{}', 'arvel: a table rebuild needs foreign keys off, on: ' || foreign_keys) FROM pragma_foreign_keys WHERE foreign_keys = 1;
CREATE TABLE "__arvel_new_posts" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "status" varchar NOT NULL DEFAULT 'draft' CONSTRAINT "posts_status_check" CHECK ("status" IN ('draft', 'live'))
);
INSERT INTO "__arvel_new_posts" ("id", "status") SELECT "id", "status" FROM "posts";
DELETE FROM main.sqlite_sequence WHERE name = '__arvel_new_posts';
INSERT INTO main.sqlite_sequence (name, seq) SELECT '__arvel_new_posts', seq FROM main.sqlite_sequence WHERE name = 'posts';
DROP TABLE "posts";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "__arvel_new_posts" RENAME TO "posts";
PRAGMA legacy_alter_table = OFF;
