INSERT INTO users (age) VALUES ('12')
INSERT INTO users (age) VALUES ('7')
