-- up
ALTER TABLE "posts" ADD CONSTRAINT "posts_user_id_foreign" FOREIGN KEY ("user_id") REFERENCES "users" ("id") NOT VALID;

-- down
ALTER TABLE "posts" DROP CONSTRAINT "posts_user_id_foreign";
