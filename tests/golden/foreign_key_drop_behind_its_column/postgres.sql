-- up
ALTER TABLE "posts" DROP CONSTRAINT "posts_author_id_foreign";
DROP INDEX "posts_slug_index";
ALTER TABLE "posts"
    DROP COLUMN "author_id",
    DROP COLUMN "slug";

-- down
ALTER TABLE "posts"
    ADD COLUMN "slug" character varying(255) NULL,
    ADD COLUMN "author_id" bigint NULL;
CREATE INDEX "posts_slug_index" ON "posts" ("slug");
ALTER TABLE "posts" ADD CONSTRAINT "posts_author_id_foreign" FOREIGN KEY ("author_id") REFERENCES "users" ("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
