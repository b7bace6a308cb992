-- up
ALTER TABLE "users"
    ADD CONSTRAINT "users_email_unique" UNIQUE ("email") DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT "users_name_email_unique" UNIQUE ("name", "email") DEFERRABLE INITIALLY IMMEDIATE;

-- down
ALTER TABLE "users"
    DROP CONSTRAINT "users_name_email_unique",
    DROP CONSTRAINT "users_email_unique";
