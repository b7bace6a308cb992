-- up
DROP INDEX "posts_author_title_index";
DROP INDEX "posts_title_unique";

-- down
CREATE UNIQUE INDEX "posts_title_unique" ON "posts" ("title");
CREATE INDEX "posts_author_title_index" ON "posts" ("author", "title");
