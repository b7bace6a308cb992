//! Bodies of triggers, routines and events, and `DELIMITER`.

use super::*;

#[test]
fn sqlite_triggers() {
    whole(
        SQLITE,
        "CREATE TRIGGER t AFTER INSERT ON a BEGIN\n  UPDATE b SET c = CASE WHEN d THEN 1 ELSE 2 END;\n  DELETE FROM e;\nEND",
    );
    whole(
        SQLITE,
        "create temp trigger if not exists t before update of \"end\" on a when case new.begin when 1 then 2 end begin select 1; end",
    );
    whole(SQLITE, "EXPLAIN QUERY PLAN CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; SELECT 2; END");
    whole(
        SQLITE,
        "CREATE TRIGGER begin AFTER UPDATE OF end ON begin WHEN new.end BEGIN DELETE FROM end WHERE end; END",
    );
    whole(SQLITE, "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT CASE 1 WHEN 1 THEN 2 END; /* END; */ END");
}

#[test]
fn mysql_bodies_without_delimiter() {
    for statement in [
        "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET NEW.x = IF(NEW.y, 1, 2)",
        "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN SET NEW.x = 1; SET NEW.end = 2; END",
        "CREATE TRIGGER IF NOT EXISTS t BEFORE INSERT ON a FOR EACH ROW FOLLOWS begin_of BEGIN SET @x = 1; END",
        "CREATE TRIGGER t AFTER DELETE ON a FOR EACH ROW IF NOT EXISTS (SELECT 1) THEN SET @x = 1; ELSE SET @x = 2; END IF",
        "CREATE DEFINER=`root`@`localhost` TRIGGER t AFTER DELETE ON a FOR EACH ROW BEGIN END",
        "CREATE DEFINER = root@localhost PROCEDURE p() BEGIN SELECT 1; END",
        "CREATE OR REPLACE PROCEDURE p() SELECT IF(1, REPEAT('x', 2), 3)",
        "CREATE PROCEDURE p(IN a DECIMAL(10,2)) COMMENT 'x;' READS SQL DATA main: BEGIN LEAVE main; END main",
        "CREATE PROCEDURE p() IF 1 THEN SELECT 1; END IF",
        "CREATE FUNCTION f() RETURNS SET('a','b') DETERMINISTIC BEGIN RETURN 'a'; END",
        "CREATE FUNCTION f() RETURNS INT RETURN CASE WHEN 1 THEN 2 ELSE 3 END",
        "CREATE FUNCTION f(a INT) RETURNS CHAR(5) CHARACTER SET utf8 BEGIN CASE a WHEN 1 THEN RETURN 'x'; ELSE BEGIN END; END CASE; RETURN CASE a WHEN 2 THEN 'y' END; END",
        "CREATE PROCEDURE p() BEGIN a: LOOP LEAVE a; END LOOP; `b`: WHILE x < 3 DO SET x = x + 1; END WHILE b; END",
        "CREATE PROCEDURE p() BEGIN REPEAT SET x = x + 1; UNTIL CASE x WHEN 1 THEN 0 ELSE 1 END END REPEAT; END",
        "CREATE PROCEDURE p() BEGIN IF a THEN SELECT IF(1,2,3); ELSEIF b THEN SET c = CASE WHEN 1 THEN IF(1,2,3) END; ELSE IF d THEN SELECT 2; END IF; END IF; END",
        "CREATE PROCEDURE p() BEGIN DECLARE EXIT HANDLER FOR SQLSTATE '42000', NOT FOUND BEGIN SELECT 1; END; DECLARE CONTINUE HANDLER FOR 1062 SET @d = IF(1,2,3); SELECT 2; END",
        "CREATE PROCEDURE p() BEGIN DROP TABLE IF EXISTS x; CREATE TABLE IF NOT EXISTS x (begin int, end int); UPDATE x SET end = 1; END",
        "CREATE PROCEDURE p() BEGIN FOR i IN 1..10 DO SELECT i; END FOR; BEGIN NOT ATOMIC SELECT 1; END; END",
        "CREATE PROCEDURE p() FOR i IN 1..10 DO SELECT i; END FOR",
        "CREATE PROCEDURE p() x: FOR i IN REVERSE 1..10 DO SELECT i; END FOR x",
        "CREATE PROCEDURE p() BEGIN DECLARE EXIT HANDLER FOR SQLEXCEPTION FOR i IN 1..2 DO SELECT i; END FOR; SELECT 1; END",
        "CREATE PROCEDURE p() BEGIN DECLARE handler INT DEFAULT IF(1,2,3); SELECT handler; END",
        "CREATE PROCEDURE p() BEGIN DECLARE begin INT DEFAULT 1; SET begin = 2; SELECT begin; END",
        "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW FOLLOWS begin SET NEW.x = IF(1, 2, 3)",
        "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW PRECEDES start BEGIN SET @x = 1; END",
        "IF 1 THEN BEGIN NOT ATOMIC SELECT 1; END; END IF",
        "FOR i IN 1..2 DO SELECT i; END FOR",
        "CASE 1 WHEN 1 THEN SELECT 1; ELSE SELECT 2; END CASE",
        "CREATE EVENT IF NOT EXISTS e ON SCHEDULE EVERY 1 DAY STARTS NOW() DO BEGIN DELETE FROM a; DELETE FROM b; END",
        "CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO DELETE FROM a WHERE begin < 1",
        "ALTER EVENT e DO BEGIN SELECT 1; END",
        "BEGIN NOT ATOMIC SELECT 1; SELECT 2; END",
        "IF (SELECT 1) THEN SELECT 2; END IF",
        "/*!50003 CREATE*/ /*!50020 DEFINER=`a`@`%`*/ /*!50003 TRIGGER t AFTER INSERT ON a FOR EACH ROW BEGIN SELECT 1; END */",
    ] {
        whole(MYSQL, statement);
    }
}

#[test]
fn mysql_delimiters() {
    pieces(
        MYSQL,
        "SELECT 1;\n-- a comment\ndelimiter //\nCREATE PROCEDURE p() BEGIN SELECT 1; END//\nSELECT ';//' //\nDELIMITER ;\nSELECT 2; SELECT 3",
        &[
            (1, "SELECT 1"),
            (4, "CREATE PROCEDURE p() BEGIN SELECT 1; END"),
            (5, "SELECT ';//'"),
            (7, "SELECT 2"),
            (7, "SELECT 3"),
        ],
    );
    pieces(
        MYSQL,
        "DELIMITER $$\r\nCREATE PROCEDURE p() BEGIN x; END$$\r\nDELIMITER ;\r\nSELECT 1;",
        &[(2, "CREATE PROCEDURE p() BEGIN x; END"), (4, "SELECT 1")],
    );
    pieces(
        MYSQL,
        "DELIMITER go\nSELECT category go SELECT 2 go\n",
        &[(2, "SELECT category"), (2, "SELECT 2")],
    );
    // What can have no body ends at a semicolon too: sent as one, a failure in its second half could not be told.
    pieces(MYSQL, "DELIMITER ;;\nSELECT 1;\nSELECT 2;;", &[(2, "SELECT 1"), (3, "SELECT 2")]);
    // A semicolon before the delimiter belongs to nothing: it would be an empty statement.
    for end in ["END//", "END;//", "END ; ;\n// -- over", "END;\n"] {
        let text = format!("DELIMITER //\nCREATE PROCEDURE p() BEGIN SELECT 1; {end}");
        pieces(MYSQL, &text, &[(2, "CREATE PROCEDURE p() BEGIN SELECT 1; END")]);
    }
    pieces(
        MYSQL,
        "DELIMITER // -- for the bodies\nBEGIN NOT ATOMIC SELECT 1; END;//\nDELIMITER ; # back\nSELECT 1;",
        &[(2, "BEGIN NOT ATOMIC SELECT 1; END"), (4, "SELECT 1")],
    );
    pieces(&["sqlite", "postgres"], "DELIMITER //\nSELECT 1", &[(1, "DELIMITER //\nSELECT 1")]);
}

#[test]
fn postgres_bodies() {
    whole(
        POSTGRES,
        "CREATE OR REPLACE FUNCTION f(a int) RETURNS int LANGUAGE SQL BEGIN ATOMIC\n SELECT CASE a WHEN 1 THEN 2 END;\n SELECT 3;\nEND",
    );
    whole(POSTGRES, "CREATE PROCEDURE p() BEGIN ATOMIC END");
    whole(POSTGRES, "CREATE RULE r AS ON INSERT TO a WHERE (x > 1) DO ALSO (DELETE FROM b; DELETE FROM c)");
    whole(POSTGRES, "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION f()");
    whole(POSTGRES, "CREATE FUNCTION f(begin int) RETURNS int LANGUAGE sql RETURN begin");
}

#[test]
fn transactions_are_not_bodies() {
    pieces(ALL, "BEGIN; SELECT 1; END;", &[(1, "BEGIN"), (1, "SELECT 1"), (1, "END")]);
    pieces(
        ALL,
        "BEGIN TRANSACTION; SELECT 1; COMMIT",
        &[(1, "BEGIN TRANSACTION"), (1, "SELECT 1"), (1, "COMMIT")],
    );
    pieces(
        ALL,
        "CREATE TABLE begin (trigger int); CREATE TABLE x (y int)",
        &[(1, "CREATE TABLE begin (trigger int)"), (1, "CREATE TABLE x (y int)")],
    );
}
