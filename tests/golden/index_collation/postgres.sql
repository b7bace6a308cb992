-- up
CREATE INDEX "users_email_index" ON "users" ("email" COLLATE "C");

-- down
DROP INDEX "users_email_index";
