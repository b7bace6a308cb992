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
=== nested comments: 2
CREATE TABLE a (n int);
/* a /* b; */ c; /* d /* e */ */ ' */ INSERT INTO a VALUES (1);
=== a comment in an operator: 2
CREATE TABLE a AS SELECT 1 +/* ; */1 AS n, 2*--;
2 AS m;
INSERT INTO a VALUES (8 /4/**//* */ , 5 - -1);
=== strings: 2
CREATE TABLE a (t text);
INSERT INTO a VALUES ('it''s; so'), ('--;'), ('/*;'), ('$$;'), ('";'), (';'), (''), ('''');
=== a backslash is a character: 2
CREATE TABLE a (t text);
INSERT INTO a VALUES ('C:\'), ('\;'), ('\\'), ('a\''; b');
=== escape strings: 2
CREATE TABLE a (t text);
INSERT INTO a VALUES (E'it\'s; so'), (e'\\'), (E'a''b;'), (E'\\\';'), (E'\x27;'), (E'');
=== escape strings go on, which psql, reading lines, does not see: 2 server
CREATE TABLE a (t text);
INSERT INTO a VALUES (E'a'
  'it\'s; so'), (E'b' -- ; a comment
  -- and 'one
  '\';'), ('c'
  'd\');
=== an escape string is not the end of a name: 2
CREATE TABLE a AS SELECT date'2020-01-01' AS some_e, 'x' AS e;
INSERT INTO a SELECT some_e, e||'\' FROM a;
=== unicode strings and names: 2
CREATE TABLE U&"d\0061t;a" (t text);
INSERT INTO U&"d\0061t;a" VALUES (U&'d\0061t;\0061\\'), (U&'d!0061''t;!0061' UESCAPE '!');
=== bits and hex: 2
CREATE TABLE a (b bit(4), c bytea);
INSERT INTO a VALUES (B'1010', '\x3b'), (X'a', '\x'), (b'0000', decode('3b', 'hex'));
=== the national string: 2
CREATE TABLE a (t text);
INSERT INTO a VALUES (N'a;\'), (n'b''');
=== quoted names: 2
CREATE TABLE "a;""b" ("c;" int, "'" int, "--" int, "/*" int, "$$" int);
INSERT INTO "a;""b" VALUES (1, 2, 3, 4, 5);
=== dollar quotes: 3
CREATE TABLE a (t text);
INSERT INTO a VALUES ($$;$$), ($a$;$$;$a$), ($a$$b$;$b$$a$), ($_1$;$_1$), ($$$$), ($A$;$a$;$A$);
INSERT INTO a VALUES ($q$it's; "so" /* -- $q$);
=== dollar quotes with other letters: 2
CREATE TABLE a (t text);
INSERT INTO a VALUES ($é$;$é$), ($Ωμ$it's;$$$Ωμ$), ($日本$;$日$;$日本$);
=== dollars in names: 2
CREATE TABLE a$b$ (c$ int, d$1 int);
INSERT INTO a$b$ (c$,d$1) SELECT 1 AS x$,2 AS y$z;
=== a dollar quote behind a number: 2
CREATE TABLE a (n int, t text);
INSERT INTO a VALUES (1,$$;$$),(2, upper($x$;$x$));
=== a function in a dollar quote: 3
CREATE TABLE a (n int);
CREATE FUNCTION f(a int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
  b int := 1;
BEGIN
  -- it's; a comment
  INSERT INTO a VALUES (f.a);
  IF f.a > 0 THEN RETURN b; END IF;
  EXECUTE $q$ SELECT ';' $q$;
  RETURN 2;
END;
$$;
INSERT INTO a VALUES (f(1));
=== a function in a string: 2
CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'BEGIN PERFORM '';''; RETURN 1; END;';
CREATE TABLE a AS SELECT f() AS n;
=== a function of the standard: 4
CREATE TABLE a (n int);
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql
BEGIN ATOMIC
  INSERT INTO a VALUES (1);
  SELECT CASE a WHEN 1 THEN 2 ELSE CASE WHEN a > 3 THEN 4 END END;
END;
CREATE OR REPLACE PROCEDURE p() BEGIN ATOMIC INSERT INTO a VALUES (7); INSERT INTO a VALUES (8); END;
CALL p();
=== a function of the standard with end as a label: 2
CREATE FUNCTION f() RETURNS SETOF int LANGUAGE sql BEGIN ATOMIC SELECT 1 AS "end"; SELECT CASE 1 WHEN 1 THEN 2 END AS "case"; END;
CREATE TABLE a AS SELECT * FROM f() AS x;
=== a function that is one expression: 2
CREATE FUNCTION f(begin int) RETURNS int LANGUAGE sql RETURN begin + 1;
CREATE TABLE a AS SELECT f(1) AS n;
=== a procedure without statements: 2
CREATE PROCEDURE p() LANGUAGE sql BEGIN ATOMIC END;
CREATE TABLE a (n int);
=== begin and end as names: 3
CREATE TABLE begin (atomic int, case_ int);
INSERT INTO begin (atomic) VALUES (1);
CREATE VIEW v AS SELECT begin.atomic AS x FROM begin;
=== a rule with a list: 4
CREATE TABLE a (n int);
CREATE TABLE b (n int);
CREATE RULE r AS ON INSERT TO a WHERE (new.n > 1) DO ALSO (INSERT INTO b VALUES (new.n); INSERT INTO b VALUES ((new.n) + 1););
INSERT INTO a VALUES (2);
=== a rule without a list: 3
CREATE TABLE a (n int);
CREATE OR REPLACE RULE r AS ON DELETE TO a DO INSTEAD NOTHING;
INSERT INTO a VALUES (2);
=== a trigger: 4
CREATE TABLE a (n int);
CREATE FUNCTION t() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN NEW.n := NEW.n + 1; RETURN NEW; END $f$;
CREATE TRIGGER b BEFORE INSERT ON a FOR EACH ROW WHEN (NEW.n > CASE WHEN true THEN 0 END) EXECUTE FUNCTION t();
INSERT INTO a VALUES (1);
=== an anonymous block: 2
DO $do$
BEGIN
  CREATE TABLE a (n int);
  INSERT INTO a VALUES (1);
END
$do$;
DO LANGUAGE plpgsql 'BEGIN INSERT INTO a VALUES (2); END';
=== a transaction: 4
BEGIN;
CREATE TABLE a (n int);
INSERT INTO a VALUES (1);
COMMIT;
=== a transaction that ends with end: 4
BEGIN TRANSACTION ISOLATION LEVEL SERIALIZABLE;
CREATE TABLE a (n int);
INSERT INTO a VALUES (1);
END;
=== operators: 2
CREATE TABLE a AS SELECT '{"a":1}'::jsonb @> '{}' AS x, '{"a":1}'::jsonb #> '{a}' AS y, @ -1 AS z, |/ 4 AS w, 5 # 3 AS v, 1 <@E'[0,2]'::int4range AS u;
INSERT INTO a SELECT * FROM a WHERE (y ? 'a') IS NULL OR (y -> 'b') IS NULL;
=== an escape string right behind an operator: 2
CREATE TABLE a (t text[]);
INSERT INTO a SELECT ARRAY['x'] WHERE ARRAY['it''s; so'] <@E'{"it\'s; so"}'::text[];
=== casts and slices: 2
CREATE TABLE a AS SELECT (ARRAY[1,2,3])[1:2] AS s, '1'::int AS i, 'a'::text COLLATE "C" AS c;
INSERT INTO a SELECT s[2:], i, c FROM a;
=== a comment ended by a return: 3
CREATE TABLE a (n int); -- once;␍INSERT INTO a VALUES (1);
-- twice␍INSERT INTO a VALUES (2);
=== lines of windows: 3
CREATE TABLE a (n int); -- it's␍
INSERT INTO a␍
VALUES (1);␍
INSERT INTO a VALUES (2);
=== a cast behind a dollar quote: 2
CREATE TABLE a AS SELECT $$1;$$::text AS t,$b$2;$b$||$$3;$$ AS u;
INSERT INTO a VALUES ($$$$||'x', $c$$d$$c$);
=== comments on things: 3
CREATE TABLE a (n int);
COMMENT ON TABLE a IS 'it''s; so -- not a comment';
COMMENT ON COLUMN a.n IS E'a\nb;\'';
=== an enumeration and a domain: 3
CREATE TYPE e AS ENUM ('a;', 'b''', '$$');
CREATE DOMAIN d AS text CHECK (VALUE <> ';' AND VALUE ~ '^[^;]*$');
CREATE TABLE a (e e DEFAULT 'a;', d d DEFAULT 'x');
=== a view with a case: 2
CREATE TABLE a (n int);
CREATE VIEW v AS SELECT CASE WHEN n = 1 THEN ';' ELSE CASE n WHEN 2 THEN 'end' END END AS "end" FROM a;
=== a with and a returning: 3
CREATE TABLE a (n int);
WITH x AS (INSERT INTO a VALUES (1) RETURNING n) INSERT INTO a SELECT n + 1 FROM x;
WITH x AS (SELECT ';' AS t), y AS (SELECT $$;$$ AS t) SELECT * FROM x, y;
=== a policy and a grant: 5
CREATE TABLE a (n int, who text);
ALTER TABLE a ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON a USING (who = 'x;' OR who = current_user) WITH CHECK (n > 0);
GRANT SELECT ON a TO PUBLIC;
CREATE INDEX i ON a ((lower(who) || ';')) WHERE who <> ';';
=== a copy of a query in a comment: 2
/* COPY a FROM stdin; */
CREATE TABLE a (copy int, stdin int);
-- COPY a FROM stdin
INSERT INTO a (copy) VALUES (1);
=== a prepared statement: 4
CREATE TABLE a (n int, t text);
PREPARE q (int, text) AS INSERT INTO a VALUES ($1, $2||$$;$$);
EXECUTE q(1, ';');
DEALLOCATE q;
=== settings of a dump: 5
SET statement_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SET check_function_bodies = false;
CREATE TABLE a (n int);
=== long names with letters: 2
CREATE TABLE "größe;" ("ä" int, ñ int);
INSERT INTO "größe;" (ñ) VALUES (1);
=== json with everything: 2
CREATE TABLE a (j jsonb);
INSERT INTO a VALUES ('{"a": "it''s; \"so\"", "b": ["--", "/*", "$$"]}'), ($j${"c": "';"}$j$);
=== a string over lines: 2
CREATE TABLE a (t text);
INSERT INTO a VALUES ('a;
b; -- not a comment
'), ('c'
-- a comment;
'd;');
=== a schema with its things: 3
CREATE TABLE a (n int);
CREATE SCHEMA s CREATE TABLE b (n int) CREATE VIEW c AS SELECT ';' AS t;
DROP SCHEMA s CASCADE;
=== a partitioned table: 3
CREATE TABLE a (n int, t text) PARTITION BY LIST (t);
CREATE TABLE a1 PARTITION OF a FOR VALUES IN (';', '''');
INSERT INTO a VALUES (1, ';');
=== an aggregate and an operator: 3
CREATE FUNCTION plus(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2; ';
CREATE AGGREGATE total (int) (SFUNC = plus, STYPE = int, INITCOND = '0');
CREATE OPERATOR |-| (LEFTARG = int, RIGHTARG = int, FUNCTION = plus);
=== a function with both kinds of quotes: 2
CREATE OR REPLACE FUNCTION f(t text DEFAULT ';') RETURNS text AS
$fn$ SELECT CASE WHEN $1 = $x$;$x$ THEN 'it''s; ' ELSE E'\';' END; $fn$ LANGUAGE sql IMMUTABLE;
CREATE TABLE a AS SELECT f() AS t;
