-- up
CREATE INDEX "users_email_index" ON "users" ("email") WHERE deleted_at IS NULL;

-- down
DROP INDEX "users_email_index";
