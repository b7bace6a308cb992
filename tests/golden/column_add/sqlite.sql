-- up
ALTER TABLE "posts" ADD COLUMN "slug" varchar(255);
ALTER TABLE "posts" ADD COLUMN "stars" integer NOT NULL DEFAULT 5;
ALTER TABLE "posts" ADD COLUMN "seen_at" timestamp;
CREATE INDEX "posts_slug_index" ON "posts" ("slug");

-- down
DROP INDEX "posts_slug_index";
ALTER TABLE "posts" DROP COLUMN "seen_at";
ALTER TABLE "posts" DROP COLUMN "stars";
ALTER TABLE "posts" DROP COLUMN "slug";
