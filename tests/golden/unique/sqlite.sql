-- up
CREATE UNIQUE INDEX "posts_author_title_unique" ON "posts" ("author", "title");
CREATE UNIQUE INDEX "one_slug" ON "posts" ("slug");

-- down
DROP INDEX "one_slug";
DROP INDEX "posts_author_title_unique";
