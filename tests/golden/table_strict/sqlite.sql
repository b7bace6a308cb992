-- up
CREATE TABLE "cache" (
    "key" text NOT NULL,
    "value" text NOT NULL,
    CONSTRAINT "cache_key_primary" PRIMARY KEY ("key")
) STRICT;

-- down
-- while foreign keys are off
DROP TABLE "cache";
