-- up
DROP VIEW `live_posts`;
DROP VIEW IF EXISTS `never_there`;

-- down
CREATE VIEW `live_posts` AS
select `posts`.`id` AS `id`,`posts`.`title` AS `title` from `posts` where `posts`.`live` <> 0;
