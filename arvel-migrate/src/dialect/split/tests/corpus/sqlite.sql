=== plain statements: 3
CREATE TABLE a (n int);
INSERT INTO a VALUES (1);INSERT INTO a VALUES (2);
=== no semicolon at the end: 2
CREATE TABLE a (n int);
INSERT INTO a VALUES (1)
=== empty statements: 2
;;
CREATE TABLE a (n int);
; ;
INSERT INTO a VALUES (1);;
=== a comment at the end without a new line: 2
CREATE TABLE a (n int);
INSERT INTO a VALUES (1); -- over;
=== comments everywhere: 3
-- a; b
CREATE /* ; */ TABLE a -- ;
(n int -- it's; here
);
/* a
 ; b */
INSERT INTO a /* 1 */ VALUES /* ' */ (1) /* $$ */;
INSERT INTO a VALUES (2)-- ;
;
=== comments do not nest: 2
CREATE TABLE a (n int);
/* a /* b; */ INSERT INTO a VALUES (1);
=== a comment that begins with a slash: 2
CREATE TABLE a (n int);
/*/ ; */ INSERT INTO a VALUES (1);
=== strings: 2
CREATE TABLE a (t text);
INSERT INTO a VALUES ('it''s; so'), ('--;'), ('/*;'), ('[;'), ('";'), (';'), (''), ('''');
=== a backslash is a character: 2
CREATE TABLE a (t text);
INSERT INTO a VALUES ('C:\'), ('\;'), ('\\'), ('a\''; b');
=== blobs: 2
CREATE TABLE a (b blob);
INSERT INTO a VALUES (x'3b'), (X'00ff'), (x'');
=== names in double quotes: 2
CREATE TABLE "a;""b" ("c;" int, "'" int, "--" int, "/*" int);
INSERT INTO "a;""b" VALUES (1, 2, 3, 4);
=== names in brackets: 2
CREATE TABLE [a;b] ([c;] int, ['] int, [--] int, ["] int, [[] int);
INSERT INTO [a;b] VALUES (1, 2, 3, 4, 5);
=== names in backquotes: 2
CREATE TABLE `a;``b` (`c;` int, `'` int, `[` int, `\` int);
INSERT INTO `a;``b` VALUES (1, 2, 3, 4);
=== a string in double quotes: 2
CREATE TABLE a (t text);
INSERT INTO a VALUES ("it's; so"), ("b""c;");
=== a trigger: 4
CREATE TABLE a (n int, m int);
CREATE TRIGGER t AFTER INSERT ON a BEGIN
  UPDATE a SET m = 1; -- it's;
  DELETE FROM a WHERE n = 5; /* END; */
END;
CREATE TRIGGER u AFTER DELETE ON a BEGIN SELECT 1; END;
INSERT INTO a (n) VALUES (1), (5);
=== a trigger with cases: 3
CREATE TABLE a (n int, m int);
CREATE TRIGGER t AFTER UPDATE OF n ON a WHEN CASE new.n WHEN 1 THEN 1 ELSE 0 END BEGIN
  UPDATE a SET m = CASE WHEN new.n = 1 THEN CASE old.n WHEN 2 THEN 3 END ELSE 4 END;
  SELECT CASE 1 WHEN 1 THEN RAISE(IGNORE) END;
END;
UPDATE a SET n = 1;
=== a trigger that ends the text: 2
CREATE TABLE a (n int);
CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT CASE WHEN 1 THEN 2 END; END
=== temporary triggers: 4
CREATE TABLE a (n int);
CREATE TEMP TRIGGER IF NOT EXISTS t AFTER INSERT ON a BEGIN UPDATE a SET n = n + 1; END;
CREATE TEMPORARY TRIGGER u AFTER INSERT ON a BEGIN UPDATE a SET n = n + 1; SELECT 1; END;
INSERT INTO a VALUES (1);
=== triggers with quoted names: 4
CREATE TABLE [a b] (n int, "end" int);
CREATE TRIGGER "t;" BEFORE INSERT ON [a b] FOR EACH ROW WHEN new."end" > 1 BEGIN SELECT "end", [end], `end`, 'end;' FROM [a b]; END;
CREATE TRIGGER `begin` AFTER DELETE ON [a b] BEGIN DELETE FROM [a b] WHERE "end" = old."end"; END;
INSERT INTO [a b] VALUES (1, 2);
=== bare names that are words of triggers: 4
CREATE TABLE begin (end int, temp int);
CREATE TRIGGER begin AFTER INSERT ON begin WHEN new.end > 1 BEGIN UPDATE begin SET end = end + 1; SELECT end FROM begin; END;
CREATE TRIGGER trigger AFTER UPDATE OF end, temp ON begin BEGIN SELECT new.end, CASE WHEN new.end THEN 1 END; END;
INSERT INTO begin (end) VALUES (1), (2);
=== instead of: 3
CREATE TABLE a (n int);
CREATE VIEW v AS SELECT n AS "x;" FROM a;
CREATE TRIGGER t INSTEAD OF INSERT ON v BEGIN INSERT INTO a VALUES (new."x;"); INSERT INTO a VALUES (2); END;
=== a trigger in a schema: 2
CREATE TABLE a (n int);
CREATE TRIGGER main.t AFTER INSERT ON a BEGIN SELECT 1; SELECT 2; END;
=== a trigger with many statements: 3
CREATE TABLE a (n int, t text);
CREATE TRIGGER t AFTER INSERT ON a
FOR EACH ROW WHEN new.n IS NOT NULL AND new.t <> ';'
BEGIN
  INSERT INTO a VALUES (NULL, 'it''s; END;') ON CONFLICT DO NOTHING;
  REPLACE INTO a VALUES (NULL, "b;");
  DELETE FROM a WHERE n IN (WITH x(y) AS (SELECT 1) SELECT y FROM x);
  SELECT RAISE(ABORT, 'never; END;') WHERE 0;
END;
INSERT INTO a VALUES (2, 'c');
=== explain: 4
CREATE TABLE a (n int);
EXPLAIN CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; SELECT 2; END;
EXPLAIN QUERY PLAN SELECT n FROM a WHERE n = ';';
INSERT INTO a VALUES (1);
=== transactions: 8
BEGIN;
CREATE TABLE a (n int);
END;
BEGIN IMMEDIATE TRANSACTION;
INSERT INTO a VALUES (1);
SAVEPOINT x;
RELEASE x;
COMMIT TRANSACTION;
=== a rolled back transaction: 5
CREATE TABLE a (n int);
BEGIN DEFERRED; INSERT INTO a VALUES (1); ROLLBACK;
INSERT INTO a VALUES (2);
=== views and cases: 3
CREATE TABLE a (n int);
CREATE TEMP VIEW w AS SELECT 1;
CREATE VIEW v AS SELECT CASE WHEN n = 1 THEN ';' ELSE CASE n WHEN 2 THEN 'end' END END AS "end" FROM a;
=== generated columns and checks: 2
CREATE TABLE a (n int CHECK (n <> 5), t text DEFAULT ';', u text AS (CASE n WHEN 1 THEN ';' END) STORED, v text DEFAULT (lower('A;'))) STRICT;
INSERT INTO a (n) VALUES (1);
=== indexes of expressions: 2
CREATE TABLE a (t text);
CREATE UNIQUE INDEX i ON a (lower(t) || ';') WHERE t <> ';';
=== json operators: 2
CREATE TABLE a (j text);
INSERT INTO a SELECT '{"a": "it''s;"}' ->> '$.a' UNION SELECT '{"b;": 1}' -> '$."b;"';
=== virtual tables: 3
CREATE VIRTUAL TABLE f USING fts5(a, b, tokenize = "porter unicode61");
INSERT INTO f VALUES ('it''s; so', 'b');
CREATE TABLE a AS SELECT a FROM f WHERE f MATCH '"so"';
=== with and returning: 3
CREATE TABLE a (n int);
WITH RECURSIVE x(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM x WHERE n < 3) INSERT INTO a SELECT n FROM x;
UPDATE a SET n = n + 1 RETURNING n, ';';
=== pragmas: 4
PRAGMA foreign_keys = ON;
PRAGMA user_version = 7;
CREATE TABLE a (n int REFERENCES a (n));
PRAGMA table_info('a');
=== numbers: 2
CREATE TABLE a (n real);
INSERT INTO a VALUES (.5), (1.), (1e3), (0x1F), (-1e-2);
=== operators: 2
CREATE TABLE a AS SELECT 1 << 2 AS x, ~1 AS y, 'a' || ';' AS z, 5 % 3 AS w, 1 - -1 AS v;
INSERT INTO a SELECT x, y, z, w, v FROM a WHERE z GLOB '*;' OR z LIKE '%[;]%' ESCAPE '[';
=== lines of windows, which the shell makes its own: 4 server
CREATE TABLE a (n int); -- it's␍
CREATE TRIGGER t AFTER INSERT ON a␍
BEGIN␍
  SELECT 1;␍
END;␍
INSERT INTO a␍
VALUES (1);␍
INSERT INTO a VALUES (2);␍
=== a return does not end a comment: 1
CREATE TABLE a (n int); -- a;␍INSERT INTO a VALUES (1);
=== a string over lines: 2
CREATE TABLE a (t text);
INSERT INTO a VALUES ('a;
b; -- not a comment
'), ('/* c;
*/');
=== letters beyond ascii: 2
CREATE TABLE größe (ä int, 日本 text);
INSERT INTO größe (日本) VALUES ('ü;');
=== dollars in names: 2
CREATE TABLE a$b (c$ int);
INSERT INTO a$b VALUES (1);
=== the dump of a shell: 7
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE a (n INTEGER PRIMARY KEY, t TEXT);
INSERT INTO a VALUES(1,'it''s; so');
INSERT INTO a VALUES(2,replace('b;\n','\n',char(10)));
CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE a SET t = ';'; END;
COMMIT;
=== a big insert: 2
CREATE TABLE a (n int, t text);
INSERT INTO a VALUES (1, ';'), (2, '''; DROP TABLE a; --'), (3, '"; END;'), (4, '`;'), (5, '[;'), (6, '/*'), (7, '*/');
=== a rename and a drop: 5
CREATE TABLE a (n int);
ALTER TABLE a RENAME TO [b;c];
ALTER TABLE [b;c] ADD COLUMN "d;" text DEFAULT ';';
ALTER TABLE [b;c] RENAME COLUMN n TO `e;`;
DROP TABLE IF EXISTS a;
