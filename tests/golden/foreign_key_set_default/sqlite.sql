-- up
CREATE TABLE "posts" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "author_id" integer NOT NULL DEFAULT 1,
    CONSTRAINT "posts_author_id_foreign" FOREIGN KEY ("author_id") REFERENCES "users" ("id") ON DELETE SET DEFAULT
);
CREATE INDEX "posts_author_id_index" ON "posts" ("author_id");

-- down
-- while foreign keys are off
DROP TABLE "posts";
