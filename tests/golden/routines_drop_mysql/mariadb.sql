-- up
DROP FUNCTION `twice`;
DROP PROCEDURE `clear_posts`;

-- down
CREATE PROCEDURE `clear_posts`(IN least int)
    MODIFIES SQL DATA
    COMMENT 'the short ones'
BEGIN
    DELETE FROM posts WHERE edits < least;
    SELECT count(*) FROM posts; -- it''s all
END;
CREATE FUNCTION `twice`(n int) RETURNS int(11)
    DETERMINISTIC
RETURN n * 2;
