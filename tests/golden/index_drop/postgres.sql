-- up
DROP INDEX "posts_author_title_index";
ALTER TABLE "posts" DROP CONSTRAINT "posts_title_unique";

-- down
ALTER TABLE "posts" ADD CONSTRAINT "posts_title_unique" UNIQUE ("title");
CREATE INDEX "posts_author_title_index" ON "posts" ("author", "title");
