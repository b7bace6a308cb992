-- up
ALTER TABLE "posts"
    ADD CONSTRAINT "posts_author_title_unique" UNIQUE ("author", "title"),
    ADD CONSTRAINT "one_slug" UNIQUE ("slug");

-- down
ALTER TABLE "posts"
    DROP CONSTRAINT "one_slug",
    DROP CONSTRAINT "posts_author_title_unique";
