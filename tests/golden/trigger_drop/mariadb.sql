-- up
DROP TRIGGER `posts_changes`;
DROP TRIGGER IF EXISTS `never_there`;

-- down
CREATE TRIGGER `posts_changes` BEFORE UPDATE ON `posts` FOR EACH ROW SET NEW.changes = OLD.changes + 1;
