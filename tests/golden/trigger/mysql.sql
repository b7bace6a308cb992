-- up
CREATE TRIGGER posts_changes BEFORE UPDATE ON posts FOR EACH ROW SET NEW.changes = OLD.changes + 1;

-- down
DROP TRIGGER `posts_changes`;
