-- up
DROP TRIGGER "posts_changes" ON "posts";
DROP TRIGGER IF EXISTS "never_there" ON "posts";

-- down
CREATE TRIGGER posts_changes BEFORE UPDATE ON public.posts FOR EACH ROW EXECUTE FUNCTION count_changes();
