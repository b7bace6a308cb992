-- up
DROP VIEW IF EXISTS "live_posts";
CREATE VIEW "live_posts" AS
SELECT id, title, live FROM posts WHERE live;
DROP VIEW IF EXISTS "all_posts";
CREATE VIEW "all_posts" AS
SELECT id, title FROM posts;

-- down
DROP VIEW "all_posts";
DROP VIEW "live_posts";
CREATE VIEW "live_posts" AS
SELECT id, title FROM posts WHERE live;
