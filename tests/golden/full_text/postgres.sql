-- up
CREATE INDEX "posts_title_body_fulltext" ON "posts" USING "gin" ((to_tsvector('english', coalesce("title", '')) || to_tsvector('english', coalesce("body", ''))));

-- down
DROP INDEX "posts_title_body_fulltext";
