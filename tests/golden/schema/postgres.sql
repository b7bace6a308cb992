-- up
CREATE SCHEMA "audit";
CREATE SCHEMA IF NOT EXISTS "Odd schema";

-- down
DROP SCHEMA "Odd schema";
DROP SCHEMA "audit";
