-- up
CREATE INDEX "users_email_index" ON "users" USING "btree" ("email");

-- down
DROP INDEX "users_email_index";
