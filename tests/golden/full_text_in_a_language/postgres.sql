-- up
CREATE INDEX "posts_body_fulltext" ON "posts" USING "gin" (to_tsvector('german', "body"));

-- down
DROP INDEX "posts_body_fulltext";
