-- up
ALTER TABLE "posts"
    ADD COLUMN "slug" character varying(255) NULL,
    ADD COLUMN "stars" integer NOT NULL DEFAULT 5,
    ADD COLUMN "seen_at" timestamp(0) with time zone NULL;
CREATE INDEX "posts_slug_index" ON "posts" ("slug");

-- down
DROP INDEX "posts_slug_index";
ALTER TABLE "posts"
    DROP COLUMN "seen_at",
    DROP COLUMN "stars",
    DROP COLUMN "slug";
