-- up
ALTER TABLE "posts" ADD COLUMN "hits" integer;

-- down
ALTER TABLE "posts" DROP COLUMN "hits";
