-- up
CREATE VIEW `live_posts` AS
SELECT id, title, live FROM posts WHERE live
WITH LOCAL CHECK OPTION;
CREATE VIEW `shown_posts` AS
SELECT id, title, live FROM live_posts
WITH CASCADED CHECK OPTION;

-- down
DROP VIEW `shown_posts`;
DROP VIEW `live_posts`;
