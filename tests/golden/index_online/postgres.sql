-- up
-- outside a transaction
CREATE INDEX CONCURRENTLY "users_email_index" ON "users" ("email");
-- outside a transaction
CREATE UNIQUE INDEX CONCURRENTLY "users_name_email_unique" ON "users" ("name", "email");
ALTER TABLE "users" ADD CONSTRAINT "users_name_email_unique" UNIQUE USING INDEX "users_name_email_unique";

-- down
ALTER TABLE "users" DROP CONSTRAINT "users_name_email_unique";
-- outside a transaction
DROP INDEX CONCURRENTLY "users_email_index";
