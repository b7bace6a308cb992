-- up
CREATE TABLE "firms" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "founded" integer NOT NULL DEFAULT 1999
);

-- down
-- while foreign keys are off
DROP TABLE "firms";
