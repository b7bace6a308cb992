-- up
DROP FUNCTION `twice`;
DROP FUNCTION IF EXISTS `never_there`;

-- down
CREATE FUNCTION `twice`(n integer) RETURNS int(11)
    DETERMINISTIC
RETURN n * 2;
