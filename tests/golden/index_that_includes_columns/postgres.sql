-- up
ALTER TABLE "users" ADD CONSTRAINT "users_email_unique" UNIQUE ("email") INCLUDE ("name", "born_on");

-- down
ALTER TABLE "users" DROP CONSTRAINT "users_email_unique";
