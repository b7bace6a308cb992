-- up
CREATE UNLOGGED TABLE "cache" (
    "key" character varying(40) NOT NULL,
    "value" text NOT NULL,
    CONSTRAINT "cache_key_primary" PRIMARY KEY ("key")
);

-- down
DROP TABLE "cache";
