-- up
ALTER TABLE "posts" DROP COLUMN "created_at";
ALTER TABLE "posts" DROP COLUMN "updated_at";
ALTER TABLE "posts" DROP COLUMN "deleted_at";
ALTER TABLE "posts" DROP COLUMN "remember_token";

-- down
-- while foreign keys are off
SELECT json_extract('{}', 'arvel: a table rebuild needs foreign keys off, on: ' || foreign_keys) FROM pragma_foreign_keys WHERE foreign_keys = 1;
CREATE TABLE "__arvel_new_posts" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "created_at" timestamp NOT NULL DEFAULT (CURRENT_TIMESTAMP),
    "updated_at" timestamp NOT NULL DEFAULT (CURRENT_TIMESTAMP),
    "deleted_at" timestamp,
    "remember_token" varchar(100));
INSERT INTO "__arvel_new_posts" ("id") SELECT "id" FROM "posts";
DELETE FROM main.sqlite_sequence WHERE name = '__arvel_new_posts';
INSERT INTO main.sqlite_sequence (name, seq) SELECT '__arvel_new_posts', seq FROM main.sqlite_sequence WHERE name = 'posts';
DROP TABLE "posts";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "__arvel_new_posts" RENAME TO "posts";
PRAGMA legacy_alter_table = OFF;
