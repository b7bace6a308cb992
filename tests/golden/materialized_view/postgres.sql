-- up
CREATE MATERIALIZED VIEW "live_posts" WITH ("fillfactor" = '70') AS
SELECT id, title FROM posts WHERE live;
CREATE UNIQUE INDEX "live_posts_id_unique" ON "live_posts" ("id");
CREATE INDEX "live_posts_title_id_index" ON "live_posts" ("title", "id");
CREATE MATERIALIZED VIEW "titles" ("a title") AS
SELECT title FROM live_posts
WITH NO DATA;

-- down
DROP MATERIALIZED VIEW "titles";
DROP MATERIALIZED VIEW "live_posts";
