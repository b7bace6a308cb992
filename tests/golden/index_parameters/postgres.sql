-- up
CREATE INDEX "users_email_index" ON "users" ("email") WITH ("fillfactor" = '70');

-- down
DROP INDEX "users_email_index";
