-- up
-- while foreign keys are off
CREATE TABLE "posts" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "title" varchar(255) NOT NULL,
    "body" text,
    "author_id" integer NOT NULL,
    "state" varchar NOT NULL DEFAULT 'draft' CONSTRAINT "posts_state_check" CHECK ("state" IN ('draft', 'published')),
    "price" decimal(10, 2) NOT NULL DEFAULT 0,
    "created_at" timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" timestamp,
    CONSTRAINT "posts_author_id_foreign" FOREIGN KEY ("author_id") REFERENCES "users" ("id") ON DELETE CASCADE,
    CONSTRAINT "posts_price_check" CHECK (price >= 0)
);
CREATE UNIQUE INDEX "posts_author_id_title_unique" ON "posts" ("author_id", "title");
CREATE INDEX "posts_author_id_index" ON "posts" ("author_id");
CREATE TABLE IF NOT EXISTS "settings" (
    "name" varchar(255) NOT NULL,
    "value" text NOT NULL,
    CONSTRAINT "settings_name_primary" PRIMARY KEY ("name")
);
ALTER TABLE "posts" RENAME TO "articles";
SELECT json_extract('{}', 'arvel: a table rebuild needs foreign keys off, on: ' || foreign_keys) FROM pragma_foreign_keys WHERE foreign_keys = 1;
CREATE TABLE "__arvel_new_articles" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "title" varchar(255) NOT NULL,
    "body" text,
    "author_id" integer NOT NULL,
    "created_at" timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" timestamp,
    CONSTRAINT "posts_author_id_foreign" FOREIGN KEY ("author_id") REFERENCES "users" ("id") ON DELETE CASCADE
);
INSERT INTO "__arvel_new_articles" ("id", "title", "body", "author_id", "created_at", "updated_at", "deleted_at") SELECT "id", "title", "body", "author_id", "created_at", "updated_at", "deleted_at" FROM "articles";
DELETE FROM main.sqlite_sequence WHERE name = '__arvel_new_articles';
INSERT INTO main.sqlite_sequence (name, seq) SELECT '__arvel_new_articles', seq FROM main.sqlite_sequence WHERE name = 'articles';
DROP TABLE "articles";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "__arvel_new_articles" RENAME TO "articles";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "posts_author_id_index" ON "articles" ("author_id");
CREATE UNIQUE INDEX "posts_author_id_title_unique" ON "articles" ("author_id", "title");
DROP TABLE IF EXISTS "drafts";

-- down
-- while foreign keys are off
SELECT json_extract('{}', 'arvel: a table rebuild needs foreign keys off, on: ' || foreign_keys) FROM pragma_foreign_keys WHERE foreign_keys = 1;
CREATE TABLE "__arvel_new_articles" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "title" varchar(255) NOT NULL,
    "body" text,
    "author_id" integer NOT NULL,
    "state" varchar NOT NULL DEFAULT ('draft') CONSTRAINT "posts_state_check" CHECK ("state" IN ('draft', 'published')),
    "price" decimal(10, 2) NOT NULL DEFAULT (0),
    "created_at" timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" timestamp,
    CONSTRAINT "posts_author_id_foreign" FOREIGN KEY ("author_id") REFERENCES "users" ("id") ON DELETE CASCADE,
    CONSTRAINT "posts_price_check" CHECK (price >= 0)
);
INSERT INTO "__arvel_new_articles" ("id", "title", "body", "author_id", "created_at", "updated_at", "deleted_at") SELECT "id", "title", "body", "author_id", "created_at", "updated_at", "deleted_at" FROM "articles";
DELETE FROM main.sqlite_sequence WHERE name = '__arvel_new_articles';
INSERT INTO main.sqlite_sequence (name, seq) SELECT '__arvel_new_articles', seq FROM main.sqlite_sequence WHERE name = 'articles';
DROP TABLE "articles";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "__arvel_new_articles" RENAME TO "articles";
PRAGMA legacy_alter_table = OFF;
CREATE INDEX "posts_author_id_index" ON "articles" ("author_id");
CREATE UNIQUE INDEX "posts_author_id_title_unique" ON "articles" ("author_id", "title");
ALTER TABLE "articles" RENAME TO "posts";
DROP TABLE "settings";
DROP TABLE "posts";
