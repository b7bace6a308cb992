-- up
-- outside a transaction
DROP INDEX CONCURRENTLY "users_email_index";

-- down
-- outside a transaction
CREATE INDEX CONCURRENTLY "users_email_index" ON "users" ("email");
