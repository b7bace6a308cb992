INSERT INTO users (email, name) VALUES ('a@example.com', 'Ada');
INSERT INTO users (email, name) VALUES ('b@example.com', 'Bob');
