-- up
DROP INDEX "posts_slug_index";
ALTER TABLE "posts"
    DROP COLUMN "slug",
    DROP COLUMN "stars";

-- down
ALTER TABLE "posts"
    ADD COLUMN "stars" integer NOT NULL DEFAULT 5,
    ADD COLUMN "slug" character varying(255) NOT NULL;
CREATE INDEX "posts_slug_index" ON "posts" ("slug");
