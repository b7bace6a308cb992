-- up
CREATE FUNCTION twice(n integer, of text) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT n * 2 $$;

-- down
DROP FUNCTION "twice"(integer, text);
