-- up
DROP VIEW "live_posts";
DROP VIEW IF EXISTS "never_there";

-- down
CREATE VIEW "live_posts" AS
SELECT id, title FROM posts WHERE live;
