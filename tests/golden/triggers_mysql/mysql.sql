-- up
CREATE TRIGGER count_edits BEFORE UPDATE ON posts FOR EACH ROW SET NEW.edits = OLD.edits + 1;
CREATE TRIGGER trimmed BEFORE UPDATE ON posts FOR EACH ROW PRECEDES count_edits BEGIN
    SET NEW.title = trim(NEW.title);
END;
CREATE TRIGGER first_edit before insert ON posts FOR EACH ROW SET NEW.edits = 1;

-- down
DROP TRIGGER `first_edit`;
DROP TRIGGER `trimmed`;
DROP TRIGGER `count_edits`;
