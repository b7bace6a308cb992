-- up
CREATE ALGORITHM = MERGE SQL SECURITY INVOKER VIEW `live_posts` AS
SELECT id, title FROM posts WHERE live;

-- down
DROP VIEW `live_posts`;
