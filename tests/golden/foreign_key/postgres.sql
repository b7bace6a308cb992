-- up
ALTER TABLE "posts"
    ADD COLUMN "author_id" bigint NULL,
    ADD CONSTRAINT "posts_author_id_foreign" FOREIGN KEY ("author_id") REFERENCES "authors" ("id") ON DELETE CASCADE;

-- down
ALTER TABLE "posts"
    DROP CONSTRAINT "posts_author_id_foreign",
    DROP COLUMN "author_id";
