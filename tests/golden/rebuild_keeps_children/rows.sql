INSERT INTO parents (name, size) VALUES ('a', 1)
INSERT INTO parents (name, size) VALUES ('b', 2)
INSERT INTO children (parent_id) VALUES (1)
INSERT INTO children (parent_id) VALUES (2)
INSERT INTO children (parent_id) VALUES (2)
DELETE FROM parents WHERE id = 1
