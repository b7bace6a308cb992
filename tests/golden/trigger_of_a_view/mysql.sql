-- up
CREATE VIEW `live_posts` AS
SELECT id, title FROM posts WHERE live;

-- down
DROP VIEW `live_posts`;
