-- up
CREATE VIEW "live_posts" WITH ("security_barrier" = 'true', "security_invoker" = 'true') AS
SELECT id, title FROM posts WHERE live;

-- down
DROP VIEW "live_posts";
