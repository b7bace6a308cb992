-- up
CREATE TABLE "posts" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "title" varchar(255) NOT NULL,
    "body" text,
    "hits" integer NOT NULL DEFAULT 0,
    "created_at" timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" timestamp
);
CREATE INDEX "posts_hits_created_at_index" ON "posts" ("hits", "created_at");
CREATE UNIQUE INDEX "posts_title_unique" ON "posts" ("title");

-- down
-- while foreign keys are off
DROP TABLE "posts";
