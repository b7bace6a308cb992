-- up
DROP SCHEMA "audit";
DROP SCHEMA IF EXISTS "never_there";

-- down
CREATE SCHEMA "audit";
