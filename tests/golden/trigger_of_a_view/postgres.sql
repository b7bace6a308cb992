-- up
CREATE VIEW "live_posts" AS
SELECT id, title FROM posts WHERE live;
CREATE FUNCTION new_live_post() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO posts (title, live) VALUES (NEW.title, true); RETURN NEW; END; $$;
CREATE TRIGGER live_posts_new INSTEAD OF INSERT ON live_posts FOR EACH ROW EXECUTE FUNCTION new_live_post();

-- down
DROP TRIGGER "live_posts_new" ON "live_posts";
DROP FUNCTION "new_live_post"();
DROP VIEW "live_posts";
