-- up
ALTER TABLE "posts" ADD COLUMN "hits" bigint NULL;

-- down
ALTER TABLE "posts" DROP COLUMN "hits";
