-- up
CREATE UNIQUE INDEX "users_email_unique" ON "users" ("email") WHERE deleted_at IS NULL;

-- down
DROP INDEX "users_email_unique";
