-- up
CREATE TRIGGER posts_changes AFTER UPDATE ON posts BEGIN UPDATE posts SET changes = OLD.changes + 1 WHERE id = NEW.id; END;

-- down
DROP TRIGGER "posts_changes";
