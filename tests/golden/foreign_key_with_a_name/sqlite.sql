-- up
ALTER TABLE "posts" ADD COLUMN "editor_id" integer CONSTRAINT "who_edits" REFERENCES "users" ("id") ON DELETE SET NULL;
CREATE INDEX "posts_editor_id_index" ON "posts" ("editor_id");

-- down
-- while foreign keys are off
SELECT json_extract('{}', 'arvel: a table rebuild needs foreign keys off, on: ' || foreign_keys) FROM pragma_foreign_keys WHERE foreign_keys = 1;
CREATE TABLE "__arvel_new_posts" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "user_id" integer,
    "country" varchar(2),
    "code" varchar(20)
);
INSERT INTO "__arvel_new_posts" ("id", "user_id", "country", "code") SELECT "id", "user_id", "country", "code" FROM "posts";
DELETE FROM main.sqlite_sequence WHERE name = '__arvel_new_posts';
INSERT INTO main.sqlite_sequence (name, seq) SELECT '__arvel_new_posts', seq FROM main.sqlite_sequence WHERE name = 'posts';
DROP TABLE "posts";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "__arvel_new_posts" RENAME TO "posts";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "posts_user_id_index" ON "posts" ("user_id");
