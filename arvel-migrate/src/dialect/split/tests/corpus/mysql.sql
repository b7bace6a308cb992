=== plain statements: 3
CREATE TABLE a (n int);
INSERT INTO a VALUES (1);INSERT INTO a VALUES (2);
=== no semicolon at the end: 2
CREATE TABLE a (n int);
INSERT INTO a VALUES (1)
=== a comment at the end without a new line: 2
CREATE TABLE a (n int);
INSERT INTO a VALUES (1); -- over;
=== comments everywhere: 3
-- a; b
# c; it's
CREATE /* ; */ TABLE a -- ;
(n int # it's; here
);
/* a
 ; b */
INSERT INTO a /* 1 */ VALUES /* ' */ (1) /* $$ */;
INSERT INTO a VALUES (2)-- ;
;
=== comments do not nest: 2
CREATE TABLE a (n int);
/* a /* b; */ INSERT INTO a VALUES (1);
=== two dashes are minus twice: 2
CREATE TABLE a AS SELECT 5--1 AS n, 5 - -1 AS m;
INSERT INTO a SELECT n--1, m -- ; a comment
FROM a;
=== a dash with a tab: 2
CREATE TABLE a (n int); --	it's; a comment
INSERT INTO a VALUES (1);
=== strings: 2
CREATE TABLE a (t text);
INSERT INTO a VALUES ('it''s; so'), ('--;'), ('/*;'), ('#;'), ('";'), (';'), (''), ('''');
=== a backslash escapes: 2
CREATE TABLE a (t text);
INSERT INTO a VALUES ('it\'s; so'), ('C:\\'), ('\\\';'), ("it\"s; so"), ("it's; so"), ('"\';'), ('a\
;b');
=== double quoted strings: 2
CREATE TABLE a (t text);
INSERT INTO a VALUES ("a;""b;"), ("--"), ("/* ;"), ("'");
=== quoted names: 2
CREATE TABLE `a;``b` (`c;` int, `'` int, `--` int, `/*` int, `\` int);
INSERT INTO `a;``b` VALUES (1, 2, 3, 4, 5);
=== introducers: 2
CREATE TABLE a (t text, b blob);
INSERT INTO a VALUES (_utf8mb4'it\'s;', X'3b'), (N'a;', b'111011'), (_latin1"b;", 0x3b);
=== null as a client writes it: 2
CREATE TABLE a (n int, t text);
INSERT INTO a VALUES (\N, '\N;'), (1, \N);
=== names with dollars and digits: 2
CREATE TABLE $a$ (1b int, c$ int);
INSERT INTO $a$ (1b, c$) VALUES (1, 2);
=== variables: 4
SET @a = 1, @`b;` = ';', @'c\';' = 'd', @e.f = 2;
SET @begin := 1; CREATE TABLE a AS SELECT @a AS n, @`b;` AS b, @'c\';' AS c, @@session.autocommit AS d;
SET @end = @begin + 1;
=== words of bodies as names: 2
CREATE TABLE begin (end int, `if` int, event int, definer int);
INSERT INTO begin (end, event) VALUES (1, 2);
=== functions that sound like statements: 2
CREATE TABLE a AS SELECT IF(1, 2, 3) AS x, REPEAT('a;', 2) AS y, REPLACE('a', 'a', ';') AS z, CASE 1 WHEN 1 THEN 2 END AS w;
INSERT INTO a SELECT IF(x, CASE WHEN x THEN length(';') END, 1), y, z, w FROM a;
=== if exists: 3
DROP TABLE IF EXISTS a;
CREATE TABLE IF NOT EXISTS a (n int);
INSERT INTO a VALUES (1);
=== a transaction: 5
BEGIN;
CREATE TABLE a (n int);
START TRANSACTION;
INSERT INTO a VALUES (1);
COMMIT;
=== begin work: 4
CREATE TABLE a (n int);
BEGIN WORK;
INSERT INTO a VALUES (1);
COMMIT WORK;
=== a distributed transaction: 6
CREATE TABLE a (n int);
XA BEGIN 'x;';
INSERT INTO a VALUES (1);
XA END 'x;';
XA PREPARE 'x;';
XA COMMIT 'x;';
=== executable comments: 4
/*!40101 SET NAMES utf8mb4 */;
CREATE TABLE a (n int) /*! ENGINE=InnoDB */ /*!50100 COMMENT 'it''s' */;
/*M!100100 INSERT INTO a VALUES (1) */;
INSERT INTO a VALUES (/*!999999 '; */ 2 /*! + 1 */);
=== an executable comment with a comment inside, which the client cuts: 2 server
CREATE TABLE a (n int);
/*!50003 INSERT INTO a /* it's here */ VALUES (1) */;
=== the head of a dump: 7
/*M!999999\- enable the sandbox mode */ 
-- MariaDB dump 10.19
--
/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */;
DROP TABLE IF EXISTS `a`;
/*!40101 SET character_set_client = utf8 */;
CREATE TABLE `a` (
  `n` int(11) DEFAULT NULL COMMENT 'it''s; so'
) ENGINE=InnoDB;
INSERT INTO `a` VALUES
(1),
(2);
/*!40101 SET SQL_MODE=@OLD_SQL_MODE */;
=== a trigger of a dump: 4 client
CREATE TABLE a (n int);
/*!50003 SET @saved_col_connection = @@collation_connection */ ;
DELIMITER ;;
/*!50003 CREATE*/ /*!50003 TRIGGER t BEFORE INSERT ON a
FOR EACH ROW BEGIN
  SET NEW.n = NEW.n + 1; -- it's;
  IF NEW.n > 5 THEN SET NEW.n = 5; END IF;
END */;;
DELIMITER ;
INSERT INTO a VALUES (1), (9);
=== a routine of a dump: 2 client
DELIMITER ;;
CREATE DEFINER=`root`@`localhost` FUNCTION `f`(a int) RETURNS int(11)
    DETERMINISTIC
BEGIN
  RETURN a + 1;
END ;;
DELIMITER ;
CREATE TABLE a AS SELECT f(1) AS n;
=== a delimiter of two signs: 3 client
DELIMITER //
CREATE PROCEDURE p() BEGIN CREATE TABLE a (t text); INSERT INTO a VALUES ('//;'); END//
CALL p()//
DELIMITER ;
INSERT INTO a VALUES (';');
=== a delimiter in small letters: 3 client
delimiter $$
CREATE PROCEDURE p() BEGIN CREATE TABLE a (n int); END$$
Delimiter ;
CALL p();
INSERT INTO a VALUES (1);
=== a semicolon before the delimiter: 3 client
DELIMITER //
CREATE PROCEDURE p()
BEGIN
  CREATE TABLE a (n int);
END;
//
CALL p(); //
DELIMITER ;
INSERT INTO a VALUES (1);
=== two statements before one delimiter: 4 client
DELIMITER $$
CREATE TABLE a (n int); INSERT INTO a VALUES (1);
INSERT INTO a VALUES (2)$$
INSERT INTO a VALUES (3)$$
=== a delimiter of letters: 3 client
DELIMITER go
CREATE TABLE a (n int)
go
INSERT INTO a VALUES (1) go
DELIMITER ;
INSERT INTO a VALUES (2);
=== a delimiter with a bar: 3 client
DELIMITER |
CREATE PROCEDURE p() BEGIN CREATE TABLE a (n int); INSERT INTO a VALUES (1); END|
CALL p()|
DELIMITER ;
INSERT INTO a VALUES (2);
=== delimiters change often: 4 client
DELIMITER ||
CREATE TABLE a (n int)||
DELIMITER //
INSERT INTO a VALUES (1)//
INSERT INTO a VALUES (2)
//
DELIMITER ;
-- and back
INSERT INTO a VALUES (3)
=== a procedure without a delimiter: 2 server
CREATE PROCEDURE p(IN a int, OUT b decimal(10, 2))
  COMMENT 'it''s;' READS SQL DATA SQL SECURITY INVOKER
main: BEGIN
  DECLARE c int DEFAULT IF(1, 2, 3);
  DECLARE d CURSOR FOR SELECT 1;
  DECLARE CONTINUE HANDLER FOR NOT FOUND, SQLSTATE '42000' SET c = CASE WHEN c THEN 1 ELSE 2 END;
  DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN SET c = 1; END;
  OPEN d; FETCH d INTO c; CLOSE d;
  IF a > 1 THEN SET b = 1; ELSEIF a IS NULL THEN LEAVE main; ELSE SET b = IF(a, 2, 3); END IF;
  CASE a WHEN 1 THEN SET b = 1; WHEN 2 THEN BEGIN END; ELSE SET b = 3; END CASE;
  CASE WHEN a = 1 THEN SELECT CASE b WHEN 1 THEN 2 END; ELSE BEGIN END; END CASE;
  one: LOOP LEAVE one; END LOOP one;
  `two;`: WHILE c < 3 DO SET c = c + 1; ITERATE `two;`; END WHILE `two;`;
  REPEAT SET c = c + 1; UNTIL c > 5 END REPEAT;
  REPEAT SET c = REPEAT('1', 2); UNTIL CASE c WHEN 1 THEN 0 ELSE 1 END END REPEAT;
END main;
CREATE TABLE a (n int);
=== a procedure of one statement: 6 server
CREATE PROCEDURE p() SELECT IF(1, 2, 3);
CREATE PROCEDURE q() IF 1 THEN SELECT 1; ELSE SELECT 2; END IF;
CREATE PROCEDURE r() x: WHILE 0 DO SELECT 1; END WHILE x;
CREATE PROCEDURE s() REPEAT SELECT 1; UNTIL 1 END REPEAT;
CREATE PROCEDURE t() CASE 1 WHEN 1 THEN SELECT 1; END CASE;
CREATE TABLE a (n int);
=== loops of mariadb: 4 server
CREATE PROCEDURE p() FOR i IN 1..2 DO SELECT i; END FOR;
CREATE PROCEDURE q() x: FOR i IN REVERSE 1..2 DO FOR j IN (SELECT 1 AS n) DO SELECT j.n; END FOR; END FOR x;
CREATE PROCEDURE r() BEGIN DECLARE EXIT HANDLER FOR SQLEXCEPTION FOR i IN 1..2 DO SELECT i; END FOR; SELECT 1; END;
CREATE TABLE a (n int);
=== functions: 4 server
CREATE FUNCTION f(a int) RETURNS int DETERMINISTIC RETURN CASE a WHEN 1 THEN 2 ELSE IF(a, 3, 4) END;
CREATE FUNCTION g() RETURNS char(5) CHARACTER SET utf8mb4 DETERMINISTIC NO SQL BEGIN RETURN ';'; END;
CREATE FUNCTION h() RETURNS SET('a;', 'b') DETERMINISTIC BEGIN IF 1 THEN RETURN 'b'; END IF; RETURN 'a;'; END;
CREATE TABLE a AS SELECT f(1) AS x, g() AS y, h() AS z;
=== an aggregate function: 2 server
CREATE AGGREGATE FUNCTION f(x int) RETURNS int
BEGIN
  DECLARE s int DEFAULT 0;
  DECLARE CONTINUE HANDLER FOR NOT FOUND RETURN s;
  LOOP FETCH GROUP NEXT ROW; SET s = s + x; END LOOP;
END;
CREATE TABLE a AS SELECT f(n) AS n FROM (SELECT 1 AS n UNION SELECT 2) AS t;
=== triggers: 6 server
CREATE TABLE a (n int, end int);
CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET NEW.n = IF(NEW.n, 1, 2), NEW.end = 3;
CREATE TRIGGER begin BEFORE UPDATE ON a FOR EACH ROW BEGIN SET NEW.end = 2; END;
CREATE TRIGGER IF NOT EXISTS u BEFORE UPDATE ON a FOR EACH ROW FOLLOWS begin IF NEW.n THEN SET NEW.n = 5; END IF;
CREATE OR REPLACE TRIGGER v BEFORE UPDATE ON a FOR EACH ROW PRECEDES begin BEGIN SET @x = 1; END;
INSERT INTO a VALUES (0, 0);
=== events: 4 server
CREATE EVENT e ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01' + INTERVAL IF(1, 2, 3) DAY DISABLE COMMENT 'it''s;' DO BEGIN DELETE FROM a; DELETE FROM a; END;
CREATE EVENT IF NOT EXISTS f ON SCHEDULE AT '2030-01-01' DISABLE DO DELETE FROM a WHERE n = IF(1, 2, 3);
ALTER EVENT f DISABLE DO BEGIN SELECT 1; SELECT 2; END;
CREATE TABLE a (n int);
=== definers: 5 server
CREATE TABLE a (n int);
CREATE DEFINER=root@localhost PROCEDURE p() BEGIN SELECT 1; END;
CREATE OR REPLACE DEFINER = `root`@`localhost` FUNCTION f() RETURNS int BEGIN RETURN 1; END;
CREATE DEFINER = CURRENT_USER() TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN SET @x = 1; END;
CREATE DEFINER='root'@'localhost' SQL SECURITY INVOKER VIEW v AS SELECT ';' AS t;
=== blocks outside of programs: 5 server
CREATE TABLE a (n int);
BEGIN NOT ATOMIC DECLARE x int DEFAULT 1; INSERT INTO a VALUES (x); BEGIN NOT ATOMIC INSERT INTO a VALUES (2); END; END;
IF (SELECT count(*) FROM a) > 1 THEN INSERT INTO a VALUES (3); END IF;
FOR i IN 5..6 DO INSERT INTO a VALUES (i); END FOR;
CASE 1 WHEN 1 THEN INSERT INTO a VALUES (7); ELSE BEGIN END; END CASE;
=== names of bodies inside of bodies: 3 server
CREATE TABLE begin (end int);
CREATE PROCEDURE p() BEGIN DECLARE begin int DEFAULT 1; DECLARE handler int; SET begin = 2; INSERT INTO begin (end) VALUES (begin); UPDATE begin SET end = 3 WHERE begin.end = 2; END;
CALL p();
=== statements with words of bodies: 3 server
CREATE TABLE a (n int);
CREATE PROCEDURE p() BEGIN DROP TABLE IF EXISTS b; CREATE TABLE IF NOT EXISTS b (n int); INSERT INTO a SELECT IF(1, 2, 3); DO SLEEP(0); SELECT REPEAT('a', 2), REPLACE('a', 'a', 'b'); END;
CALL p();
=== prepared statements: 5
SET @q = 'CREATE TABLE a (n int DEFAULT 1)';
PREPARE q FROM @q;
EXECUTE q;
EXECUTE IMMEDIATE 'INSERT INTO a VALUES (2)';
DEALLOCATE PREPARE q;
=== json and regular expressions: 2
CREATE TABLE a (j json, t text);
INSERT INTO a VALUES ('{"a": "it\'s; \\"so\\""}', 'a;b' REGEXP '^[^;]+;$');
=== unions in parentheses: 2
CREATE TABLE a AS (SELECT 1 AS n) UNION (SELECT 2);
(SELECT ';' AS t) UNION (SELECT "'");
=== hints: 2
CREATE TABLE a AS SELECT /*+ NO_INDEX_MERGE(t) ; */ 1 AS n;
INSERT INTO a SELECT /* ' */ 2;
=== lines of windows: 3 client
DELIMITER //␍
CREATE PROCEDURE p() BEGIN CREATE TABLE a (n int); END;␍
//␍
DELIMITER ;␍
CALL p();␍
INSERT INTO a VALUES (1);␍
=== a string over lines: 2
CREATE TABLE a (t text);
INSERT INTO a VALUES ('a;
b; -- not a comment
# nor this'), ("c
/* ; */");
=== letters beyond ascii: 2
CREATE TABLE `größe;` (ä int, 日本 int);
INSERT INTO `größe;` (日本) VALUES (1);
=== generated columns and checks: 2
CREATE TABLE a (n int, m int AS (CASE WHEN n > 1 THEN IF(n, 1, 2) END) VIRTUAL, CHECK (n <> 5), t varchar(5) DEFAULT (concat(';', "'")));
INSERT INTO a (n) VALUES (1);
=== partitions: 2
CREATE TABLE a (n int) PARTITION BY RANGE (n) (PARTITION p0 VALUES LESS THAN (10) COMMENT = 'it''s;', PARTITION p1 VALUES LESS THAN MAXVALUE);
INSERT INTO a VALUES (1), (20);
=== a sequence and a select of it: 3
CREATE SEQUENCE s START WITH 5;
CREATE TABLE a (n int DEFAULT NEXT VALUE FOR s);
INSERT INTO a VALUES (DEFAULT);
=== the old modes of a script: 4
SET @old = @@sql_mode;
SET sql_mode = 'STRICT_TRANS_TABLES,NO_ZERO_DATE';
CREATE TABLE a (n int);
SET sql_mode = @old;
