-- migrate:up
CREATE TABLE badges (
  id INTEGER NOT NULL PRIMARY KEY,
  member_id INTEGER NOT NULL,
  FOREIGN KEY (member_id) REFERENCES members (id)
);
-- migrate:down
DROP TABLE badges;
