-- up
CREATE INDEX "users_email_like" ON "users" ("email" "varchar_pattern_ops");

-- down
DROP INDEX "users_email_like";
