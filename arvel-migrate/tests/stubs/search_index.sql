-- migrate:up
CREATE INDEX tokens_search ON tokens (user_id);
-- migrate:down
DROP INDEX tokens_search;
