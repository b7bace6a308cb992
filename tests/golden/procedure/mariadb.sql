-- up
CREATE PROCEDURE forget_posts() DELETE FROM posts;

-- down
DROP PROCEDURE `forget_posts`;
