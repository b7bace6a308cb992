-- up
CREATE TABLE "cache" (
    "key" varchar(40) NOT NULL,
    "value" text NOT NULL,
    CONSTRAINT "cache_key_primary" PRIMARY KEY ("key")
) WITHOUT ROWID;

-- down
-- while foreign keys are off
DROP TABLE "cache";
