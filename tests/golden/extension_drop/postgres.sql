-- up
DROP EXTENSION "citext";
DROP EXTENSION IF EXISTS "hstore";

-- down
CREATE EXTENSION "citext";
