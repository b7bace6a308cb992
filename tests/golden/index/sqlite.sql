-- up
CREATE INDEX "posts_author_created_on_index" ON "posts" ("author", "created_on");
CREATE INDEX "by_day" ON "posts" ("created_on");

-- down
DROP INDEX "by_day";
DROP INDEX "posts_author_created_on_index";
