INSERT INTO users (email, name) VALUES ('a', 'Ada')
