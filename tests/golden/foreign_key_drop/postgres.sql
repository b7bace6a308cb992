-- up
ALTER TABLE "posts" DROP CONSTRAINT "posts_author_id_foreign";

-- down
ALTER TABLE "posts" ADD CONSTRAINT "posts_author_id_foreign" FOREIGN KEY ("author_id") REFERENCES "users" ("id") ON DELETE CASCADE;
