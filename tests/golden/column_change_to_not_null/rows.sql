INSERT INTO posts (title, body) VALUES ('a', 'x')
INSERT INTO posts (title, body) VALUES ('b', 'y')
