-- up
DROP PROCEDURE "forget_posts"();
DROP PROCEDURE IF EXISTS "never_there"();

-- down
CREATE OR REPLACE PROCEDURE public.forget_posts()
 LANGUAGE sql
AS $procedure$ DELETE FROM posts $procedure$;
