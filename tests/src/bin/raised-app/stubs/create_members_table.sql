-- migrate:up
CREATE TABLE members (
  id INTEGER NOT NULL PRIMARY KEY,

  name VARCHAR(80) NOT NULL,
  locale VARCHAR(8)
);
-- migrate:down
DROP TABLE members;
