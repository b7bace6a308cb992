-- up
CREATE OR REPLACE FUNCTION twice(n integer, of text) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT n + n $$;

-- down
CREATE OR REPLACE FUNCTION public.twice(n integer, of text)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$ SELECT n * 2 $function$;
