-- up
ALTER TABLE "posts" ADD CONSTRAINT "posts_country_code_foreign" FOREIGN KEY ("country", "code") REFERENCES "users" ("country", "code") MATCH FULL;

-- down
ALTER TABLE "posts" DROP CONSTRAINT "posts_country_code_foreign";
