-- up
CREATE FUNCTION twice(n integer) RETURNS integer DETERMINISTIC RETURN n * 2;

-- down
DROP FUNCTION `twice`;
