-- up
CREATE PROCEDURE forget_posts() LANGUAGE sql AS $$ DELETE FROM posts $$;

-- down
DROP PROCEDURE "forget_posts"();
