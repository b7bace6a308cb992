-- up
CREATE INDEX "users_email_index" ON "users" ("email");
COMMENT ON INDEX "users_email_index" IS 'it''s for the login';

-- down
DROP INDEX "users_email_index";
