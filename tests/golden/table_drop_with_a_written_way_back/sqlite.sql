-- up
-- while foreign keys are off
DROP TABLE IF EXISTS "posts";

-- down
CREATE TABLE "posts" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "title" varchar(255) NOT NULL
);
CREATE INDEX "posts_title_index" ON "posts" ("title");
