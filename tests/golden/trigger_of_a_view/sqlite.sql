-- up
CREATE VIEW "live_posts" AS
SELECT id, title FROM posts WHERE live;
CREATE TRIGGER live_posts_new INSTEAD OF INSERT ON live_posts BEGIN INSERT INTO posts (title, live) VALUES (NEW.title, 1); END;

-- down
DROP TRIGGER "live_posts_new";
DROP VIEW "live_posts";
