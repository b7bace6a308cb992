-- migrate:up
ALTER TABLE users ADD COLUMN name varchar(20);
-- migrate:down
ALTER TABLE users DROP COLUMN name;
