-- up
CREATE INDEX "users_email_index" ON "users" USING "hash" ("email");

-- down
DROP INDEX "users_email_index";
