-- up
CREATE FUNCTION count_changes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.changes := OLD.changes + 1; RETURN NEW; END; $$;
CREATE TRIGGER posts_changes BEFORE UPDATE ON posts FOR EACH ROW EXECUTE FUNCTION count_changes();

-- down
DROP TRIGGER "posts_changes" ON "posts";
DROP FUNCTION "count_changes"();
