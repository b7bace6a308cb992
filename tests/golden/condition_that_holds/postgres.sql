-- up
CREATE INDEX "posts_title_index" ON "posts" ("title");

-- down
DROP INDEX "posts_title_index";
