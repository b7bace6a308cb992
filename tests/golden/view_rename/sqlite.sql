-- up
DROP VIEW "live_posts";
CREATE VIEW "Posts that are live" AS
SELECT id, title FROM posts WHERE live;

-- down
DROP VIEW "Posts that are live";
CREATE VIEW "live_posts" AS
SELECT id, title FROM posts WHERE live;
