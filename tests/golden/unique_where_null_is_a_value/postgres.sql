-- up
ALTER TABLE "users" ADD CONSTRAINT "users_email_born_on_unique" UNIQUE NULLS NOT DISTINCT ("email", "born_on");

-- down
ALTER TABLE "users" DROP CONSTRAINT "users_email_born_on_unique";
