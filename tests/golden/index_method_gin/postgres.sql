-- up
CREATE INDEX "posts_facts_index" ON "posts" USING "gin" ("facts");
CREATE INDEX "by_path" ON "posts" USING "gin" ("facts" "jsonb_path_ops");

-- down
DROP INDEX "by_path";
DROP INDEX "posts_facts_index";
