-- up
ALTER TABLE "posts"
    ADD COLUMN "slug" character varying(255) NULL,
    ADD COLUMN "seen" boolean NOT NULL DEFAULT false;
DROP INDEX "posts_title_index";
CREATE INDEX "posts_title_hits_index" ON "posts" ("title", "hits");
ALTER TABLE "posts" RENAME COLUMN "hits" TO "views";

-- down
ALTER TABLE "posts" RENAME COLUMN "views" TO "hits";
DROP INDEX "posts_title_hits_index";
CREATE INDEX "posts_title_index" ON "posts" ("title");
ALTER TABLE "posts"
    DROP COLUMN "slug",
    DROP COLUMN "seen";
