-- up
CREATE FUNCTION `twice`(n int) RETURNS int(11)
    DETERMINISTIC
RETURN n * 2;
CREATE PROCEDURE `clear_posts`(IN least int)
    MODIFIES SQL DATA
    COMMENT 'the short ones'
BEGIN
    DELETE FROM posts WHERE edits < least;
    SELECT count(*) FROM posts; -- it''s all
END;

-- down
DROP PROCEDURE `clear_posts`;
DROP FUNCTION `twice`;
