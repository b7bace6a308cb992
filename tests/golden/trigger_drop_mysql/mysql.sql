-- up
DROP TRIGGER `a_trimmed`;

-- down
CREATE TRIGGER `a_trimmed` BEFORE UPDATE ON `posts` FOR EACH ROW PRECEDES `b_lower` SET NEW.title = trim(NEW.title);
