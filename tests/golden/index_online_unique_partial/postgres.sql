-- up
-- outside a transaction
CREATE UNIQUE INDEX CONCURRENTLY "users_email_unique" ON "users" ("email") WHERE deleted_at IS NULL;

-- down
-- outside a transaction
DROP INDEX CONCURRENTLY "users_email_unique";
