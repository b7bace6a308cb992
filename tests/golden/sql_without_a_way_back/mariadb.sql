-- up
DELETE FROM posts WHERE title = 'gone';

-- down
-- `sql `DELETE FROM posts WHERE title = 'gone'`` can not be reversed: SQL as written has no known reverse; write a `down`
