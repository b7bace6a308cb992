INSERT INTO visits (id, day, city) VALUES (1, '2026-05-01', 'Bern')
INSERT INTO visits (id, day, city) VALUES (2, '2027-05-01', 'Basel')
