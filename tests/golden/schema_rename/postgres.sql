-- up
ALTER SCHEMA "audit" RENAME TO "Odd schema";

-- down
ALTER SCHEMA "Odd schema" RENAME TO "audit";
