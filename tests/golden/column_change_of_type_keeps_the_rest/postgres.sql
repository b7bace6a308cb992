-- up
ALTER TABLE "posts"
    ALTER COLUMN "title" TYPE character varying(500),
    ALTER COLUMN "hits" TYPE bigint;

-- down
ALTER TABLE "posts"
    ALTER COLUMN "title" TYPE character varying(255),
    ALTER COLUMN "hits" TYPE integer;
