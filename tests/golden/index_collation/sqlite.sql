-- up
CREATE INDEX "users_email_index" ON "users" ("email" COLLATE "NOCASE");

-- down
DROP INDEX "users_email_index";
