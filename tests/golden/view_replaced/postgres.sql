-- up
CREATE OR REPLACE VIEW "live_posts" AS
SELECT id, title, live FROM posts WHERE live;
CREATE OR REPLACE VIEW "all_posts" AS
SELECT id, title FROM posts;

-- down
DROP VIEW "all_posts";
DROP VIEW "live_posts";
CREATE VIEW "live_posts" AS
SELECT posts.id,
    posts.title
   FROM posts
  WHERE posts.live;
