-- up
ALTER TABLE "posts"
    DROP CONSTRAINT "posts_author_id_foreign",
    DROP COLUMN "author_id";

-- down
ALTER TABLE "posts"
    ADD COLUMN "author_id" bigint NULL,
    ADD CONSTRAINT "posts_author_id_foreign" FOREIGN KEY ("author_id") REFERENCES "users" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
