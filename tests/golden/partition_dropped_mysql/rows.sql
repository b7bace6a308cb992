INSERT INTO readings (place, n) VALUES (1, 1), (25, 2);
