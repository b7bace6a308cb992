-- up
-- while foreign keys are off
SELECT json_extract('{}', 'arvel: a table rebuild needs foreign keys off, on: ' || foreign_keys) FROM pragma_foreign_keys WHERE foreign_keys = 1;
CREATE TABLE "__arvel_new_posts" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL
);
INSERT INTO "__arvel_new_posts" ("id") SELECT "id" FROM "posts";
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
    "author_id" integer,
    "slug" varchar(255),
    CONSTRAINT "posts_author_id_foreign" FOREIGN KEY ("author_id") REFERENCES "users" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION
);
INSERT INTO "__arvel_new_posts" ("id") SELECT "id" FROM "posts";
DELETE FROM main.sqlite_sequence WHERE name = '__arvel_new_posts';
INSERT INTO main.sqlite_sequence (name, seq) SELECT '__arvel_new_posts', seq FROM main.sqlite_sequence WHERE name = 'posts';
DROP TABLE "posts";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "__arvel_new_posts" RENAME TO "posts";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "posts_slug_index" ON "posts" ("slug");
