-- up
DROP INDEX "posts_slug_index";
ALTER TABLE "posts" DROP COLUMN "slug";
ALTER TABLE "posts" DROP COLUMN "stars";

-- down
-- while foreign keys are off
SELECT json_extract('{}', 'arvel: a table rebuild needs foreign keys off, on: ' || foreign_keys) FROM pragma_foreign_keys WHERE foreign_keys = 1;
CREATE TABLE "__arvel_new_posts" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "slug" varchar(255) NOT NULL,
    "stars" integer NOT NULL DEFAULT (5),
    "title" varchar(255) NOT NULL
);
INSERT INTO "__arvel_new_posts" ("id", "title") SELECT "id", "title" FROM "posts";
DELETE FROM main.sqlite_sequence WHERE name = '__arvel_new_posts';
INSERT INTO main.sqlite_sequence (name, seq) SELECT '__arvel_new_posts', seq FROM main.sqlite_sequence WHERE name = 'posts';
DROP TABLE "posts";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "__arvel_new_posts" RENAME TO "posts";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "posts_slug_index" ON "posts" ("slug");
