-- up
DROP INDEX "posts_title_index";
CREATE INDEX "by_title" ON "posts" ("title");

-- down
DROP INDEX "by_title";
CREATE INDEX "posts_title_index" ON "posts" ("title");
