-- up
DROP MATERIALIZED VIEW "live_posts";
DROP MATERIALIZED VIEW IF EXISTS "never_there";

-- down
CREATE MATERIALIZED VIEW "live_posts" AS
SELECT posts.id,
    posts.title
   FROM posts
  WHERE posts.live;
CREATE UNIQUE INDEX "live_posts_id_unique" ON "live_posts" ("id");
CREATE INDEX "live_posts_title_index" ON "live_posts" ("title");
