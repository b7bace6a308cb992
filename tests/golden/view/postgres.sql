-- up
CREATE VIEW "live_posts" AS
SELECT id, title FROM posts WHERE live;
CREATE VIEW "Odd name" ("key", "a title") AS
SELECT id, title FROM live_posts;

-- down
DROP VIEW "Odd name";
DROP VIEW "live_posts";
