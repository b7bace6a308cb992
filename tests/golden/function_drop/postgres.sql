-- up
DROP FUNCTION "twice"(integer, text);
DROP FUNCTION IF EXISTS "never_there"();

-- down
CREATE OR REPLACE FUNCTION public.twice(n integer, of text)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$ SELECT n * 2 $function$;
