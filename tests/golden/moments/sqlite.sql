-- up
CREATE TABLE "moments" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "day" date NOT NULL,
    "at" time NOT NULL,
    "exactly_at" time(3) NOT NULL,
    "local" datetime NOT NULL,
    "exactly_local" datetime(6) NOT NULL,
    "instant" timestamp,
    "exact_instant" timestamp(6)
);

-- down
-- while foreign keys are off
DROP TABLE "moments";
