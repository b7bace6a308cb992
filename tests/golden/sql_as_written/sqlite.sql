-- up
CREATE VIEW titles AS SELECT title FROM posts;

-- down
DROP VIEW titles;
