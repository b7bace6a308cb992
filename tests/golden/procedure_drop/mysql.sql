-- up
DROP PROCEDURE `forget_posts`;
DROP PROCEDURE IF EXISTS `never_there`;

-- down
CREATE PROCEDURE `forget_posts`() DELETE FROM posts;
