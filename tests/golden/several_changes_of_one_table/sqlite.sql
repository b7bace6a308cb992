-- up
DROP INDEX "posts_title_index";
ALTER TABLE "posts" ADD COLUMN "slug" varchar(255);
ALTER TABLE "posts" ADD COLUMN "seen" boolean NOT NULL DEFAULT 0;
CREATE INDEX "posts_title_hits_index" ON "posts" ("title", "hits");
ALTER TABLE "posts" RENAME COLUMN "hits" TO "views";

-- down
DROP INDEX "posts_title_hits_index";
ALTER TABLE "posts" RENAME COLUMN "views" TO "hits";
CREATE INDEX "posts_title_index" ON "posts" ("title");
ALTER TABLE "posts" DROP COLUMN "slug";
ALTER TABLE "posts" DROP COLUMN "seen";
