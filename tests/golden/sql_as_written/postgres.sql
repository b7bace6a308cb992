-- up
CREATE VIEW titles AS SELECT title FROM posts;
GRANT SELECT ON titles TO PUBLIC;

-- down
DROP VIEW titles;
