-- up
ALTER TABLE "posts" ALTER COLUMN "hits" TYPE bigint;

-- down
ALTER TABLE "posts"
    ALTER COLUMN "hits" DROP DEFAULT,
    ALTER COLUMN "hits" TYPE integer,
    ALTER COLUMN "hits" SET DEFAULT 0,
    ALTER COLUMN "hits" SET NOT NULL;
