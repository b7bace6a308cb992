-- up
CREATE INDEX "users_lower_email_index" ON "users" ((lower(email)));

-- down
DROP INDEX "users_lower_email_index";
