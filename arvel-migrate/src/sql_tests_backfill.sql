-- It's a text of a migration; nothing more.
INSERT INTO a VALUES (1, 'x;y');

INSERT INTO a
  SELECT n + 1, t FROM nowhere;
