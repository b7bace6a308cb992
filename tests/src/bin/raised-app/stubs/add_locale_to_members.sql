-- migrate:up
ALTER TABLE members ADD COLUMN locale VARCHAR(8);
-- migrate:down
ALTER TABLE members DROP COLUMN locale;
