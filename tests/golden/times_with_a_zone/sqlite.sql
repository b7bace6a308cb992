-- up
CREATE TABLE "moments" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "at" time NOT NULL,
    "exactly_at" time(3) NOT NULL
);

-- down
-- while foreign keys are off
DROP TABLE "moments";
