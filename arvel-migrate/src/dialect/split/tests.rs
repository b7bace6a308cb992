//! Tables of texts and their pieces, then what holds for any text.

use proptest::prelude::*;

use super::{SqlRules, split, statement_ranges};
use crate::dialect::driver_for;

fn rules(family: &str) -> SqlRules {
    *driver_for(family).expect("a scheme").offline_dialect().sql_rules()
}

const ALL: &[&str] = &["sqlite", "mysql", "postgres"];
const MYSQL: &[&str] = &["mysql"];
const POSTGRES: &[&str] = &["postgres"];
const SQLITE: &[&str] = &["sqlite"];

#[track_caller]
fn pieces(families: &[&str], text: &str, expected: &[(usize, &str)]) {
    for family in families {
        let found = split(text, &rules(family)).unwrap_or_else(|error| panic!("{family}: {error}\n{text}"));
        let found: Vec<(usize, &str)> = found.iter().map(|piece| (piece.line, piece.text.as_str())).collect();
        assert_eq!(found, expected, "{family}\n{text}");
    }
}

/// The text is one statement, whatever stands before and after it.
#[track_caller]
fn whole(families: &[&str], statement: &str) {
    pieces(families, statement, &[(1, statement)]);
    pieces(families, &format!("{statement};"), &[(1, statement)]);
    let line = 3 + statement.matches('\n').count();
    let text = format!("SELECT 0;\n{statement};\nSELECT 9");
    pieces(families, &text, &[(1, "SELECT 0"), (2, statement), (line, "SELECT 9")]);
}

#[track_caller]
fn error(families: &[&str], text: &str, line: usize, problem: &str) {
    for family in families {
        let error = split(text, &rules(family)).expect_err(text);
        assert_eq!((error.line, error.problem.as_str()), (line, problem), "{family}\n{text}");
    }
}

#[test]
fn statements_lines_and_comments() {
    pieces(ALL, "", &[]);
    pieces(ALL, " \n;;\n ; ", &[]);
    pieces(ALL, "-- nothing\n/* here */\n", &[]);
    pieces(ALL, "SELECT 1", &[(1, "SELECT 1")]);
    pieces(ALL, "\u{feff}SELECT 1;\r\n\r\nSELECT 2;\r\n", &[(1, "SELECT 1"), (3, "SELECT 2")]);
    pieces(
        ALL,
        "\n\nSELECT 1;SELECT 2 ;\n\n  SELECT 3\n;",
        &[(3, "SELECT 1"), (3, "SELECT 2"), (5, "SELECT 3")],
    );
    pieces(
        ALL,
        "-- first; of all\nSELECT 1; -- why;\n/* and; */ SELECT 2 -- end;\n",
        &[(1, "-- first; of all\nSELECT 1"), (2, "-- why;\n/* and; */ SELECT 2")],
    );
    pieces(ALL, "SELECT 'ä;ö', \"ü;\" ; SELECT 2", &[(1, "SELECT 'ä;ö', \"ü;\""), (1, "SELECT 2")]);
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

#[test]
fn quotes() {
    whole(ALL, "SELECT 'it''s; so', 'b;'");
    whole(ALL, "SELECT \"a;\"\"b;\"");
    whole(SQLITE, "SELECT [a;b], `c;``d`");
    whole(MYSQL, r#"SELECT 'it\'s; so', "a\";", `c;``d\`"#);
    whole(&["sqlite", "postgres"], r"SELECT 'C:\'");
    whole(POSTGRES, r"SELECT E'it\'s; so', e'\\'");
    whole(POSTGRES, "SELECT E'a' -- ;\n  'it\\'s; so'");
    whole(POSTGRES, "SELECT some_e'\\', ';'");
    whole(POSTGRES, "SELECT a[1], b[2:3]");
}

#[test]
fn dollar_quotes() {
    whole(POSTGRES, "CREATE FUNCTION f() RETURNS int AS $$ BEGIN; $a$; END; $$ LANGUAGE plpgsql");
    whole(POSTGRES, "DO $body$ DECLARE x int; BEGIN x := 1; PERFORM $$;$$; END $body$");
    whole(POSTGRES, "SELECT 1$$;$$, $é$;$é$");
    pieces(
        POSTGRES,
        "SELECT $1; SELECT a$b$;SELECT c$b$",
        &[(1, "SELECT $1"), (1, "SELECT a$b$"), (1, "SELECT c$b$")],
    );
    pieces(MYSQL, "SELECT $$; SELECT $$", &[(1, "SELECT $$"), (1, "SELECT $$")]);
}

#[test]
fn comments() {
    whole(POSTGRES, "SELECT /* a; /* b; */ c; */ 1");
    pieces(&["sqlite", "mysql"], "SELECT /* /* */ 1; SELECT 2", &[(1, "SELECT /* /* */ 1"), (1, "SELECT 2")]);
    pieces(
        MYSQL,
        "# all; of this\nSELECT 1--1; SELECT 2 -- ;\n+ 1",
        &[(1, "# all; of this\nSELECT 1--1"), (2, "SELECT 2 -- ;\n+ 1")],
    );
    whole(&["sqlite", "postgres"], "SELECT 1 --1;\n+ 1");
    whole(POSTGRES, "SELECT 5 # 3");
    pieces(
        MYSQL,
        "/*!40101 SET NAMES utf8 */;\n/*M! SELECT '*/;' */; /* nothing */;",
        &[(1, "/*!40101 SET NAMES utf8 */"), (2, "/*M! SELECT '*/;' */")],
    );
}

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
    pieces(MYSQL, "DELIMITER ;;\nSELECT 1;\nSELECT 2;;", &[(2, "SELECT 1;\nSELECT 2")]);
    pieces(&["sqlite", "postgres"], "DELIMITER //\nSELECT 1", &[(1, "DELIMITER //\nSELECT 1")]);
    error(MYSQL, "\nDELIMITER\nSELECT 1", 2, "DELIMITER needs a delimiter, such as `DELIMITER //`");
    error(MYSQL, "DELIMITER '", 1, "a delimiter can not contain a quote or a backslash");
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
fn what_only_psql_reads() {
    let copy = "`COPY … FROM STDIN` is followed by rows that only psql can send; write INSERT, or read a file of \
                the server with `COPY … FROM '/path'`";
    error(POSTGRES, "SELECT 1;\nCOPY public.a (b, c) FROM stdin;\n1\t2\n\\.\n", 2, copy);
    error(POSTGRES, "copy \"a\"\nfrom STDIN with csv", 2, copy);
    whole(POSTGRES, "COPY a FROM '/tmp/stdin'");
    whole(POSTGRES, "COPY (SELECT * FROM stdin) TO '/tmp/x'");
    whole(ALL, "SELECT copy FROM stdin");
    error(
        POSTGRES,
        "SELECT 1;\n\\restrict abc\n",
        2,
        "`\\restrict` is a command of psql, not SQL; leave it out",
    );
}

#[test]
fn what_is_never_closed() {
    error(ALL, "SELECT 1;\nSELECT 'a\n;\n", 2, "the quote ' is never closed");
    error(ALL, "SELECT \"a", 1, "the quote \" is never closed");
    error(ALL, "\n/* a\n", 2, "the comment /* is never closed");
    error(SQLITE, "SELECT [a", 1, "the quote [ is never closed");
    error(MYSQL, "SELECT 'a\\'", 1, "the quote ' is never closed");
    error(MYSQL, "/*! SELECT 1;", 1, "the comment /*! is never closed");
    error(POSTGRES, "/* /* */", 1, "the comment /* is never closed");
    error(POSTGRES, "SELECT $a$ $$ $b$", 1, "the quote $a$ is never closed");
    let body = "the body that begins here is never closed";
    error(SQLITE, "SELECT 1;\nCREATE TRIGGER t INSERT ON a\nBEGIN\nSELECT 1;\n", 3, body);
    error(POSTGRES, "CREATE FUNCTION f() RETURNS int\nBEGIN ATOMIC SELECT 1;", 2, body);
    error(
        POSTGRES,
        "CREATE RULE r AS ON INSERT TO a DO (x; y",
        1,
        "the parenthesis that begins here is never closed",
    );
    error(
        MYSQL,
        "CREATE PROCEDURE p()\nBEGIN IF a THEN SELECT 1; END;",
        2,
        "the body that begins here is never closed; to say yourself where it ends, put `DELIMITER //` before it and `//` after it",
    );
}

/// Texts made of the words and marks that the splitter looks at.
fn sql_like() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "'",
        "\"",
        "`",
        "[",
        "]",
        "$$",
        "$a$",
        "/*",
        "/*!",
        "*/",
        "--",
        "-- ",
        "#",
        "\n",
        "\r\n",
        " ",
        ";",
        ";",
        "//",
        "\\",
        "E'",
        "(",
        ")",
        ".",
        ":",
        "@",
        "=",
        ",",
        "é",
        "1",
        "x",
        "CREATE ",
        "TRIGGER ",
        "PROCEDURE ",
        "FUNCTION ",
        "EVENT ",
        "RULE ",
        "FOR EACH ROW ",
        "BEGIN ",
        "NOT ",
        "ATOMIC ",
        "END ",
        "IF ",
        "THEN ",
        "ELSE ",
        "CASE ",
        "WHEN ",
        "LOOP ",
        "WHILE ",
        "DO ",
        "REPEAT ",
        "UNTIL ",
        "DECLARE ",
        "HANDLER ",
        "DELIMITER ",
        "COPY ",
        "FROM ",
        "STDIN ",
    ]);
    prop::collection::vec(words, 0..40).prop_map(|words| words.concat())
}

fn check_ranges(text: &str) {
    for family in ALL {
        let rules = rules(family);
        let Ok(ranges) = statement_ranges(text, &rules) else { continue };
        let pieces = split(text, &rules).unwrap();
        let (mut joined, mut at) = (String::new(), 0);
        for (range, piece) in ranges.iter().zip(&pieces) {
            assert!(range.start >= at && range.end > range.start);
            assert_eq!(piece.text.trim_ascii(), piece.text);
            assert_eq!(piece.line, text[..range.start].matches('\n').count() + 1);
            joined.push_str(&text[at..range.start]);
            joined.push_str(&piece.text);
            at = range.end;
        }
        joined.push_str(&text[at..]);
        assert_eq!((joined.as_str(), pieces.len()), (text, ranges.len()));
    }
}

proptest! {
    #[test]
    fn any_text_is_put_together_again(text in "\\PC*") {
        check_ranges(&text);
    }

    #[test]
    fn any_sql_is_put_together_again(text in sql_like()) {
        check_ranges(&text);
    }

    /// Whatever a quote or a comment holds, it ends no statement and moves no other.
    #[test]
    fn quoted_things_never_split(inside in "[^'\"`\\]\\\\$*/\n]*;[^'\"`\\]\\\\$*/\n]*", choice in 0_usize..5) {
        let (families, open, close) = [
            (ALL, "'", "'"),
            (ALL, "\"", "\""),
            // The space: `/*!` would be run by MySQL, quotes and `#` inside and all.
            (ALL, "/* ", "*/"),
            (POSTGRES, "$q$", "$q$"),
            (SQLITE, "[", "]"),
        ][choice];
        let statement = format!("SELECT {open}{inside}{close}, 1");
        pieces(families, &format!("{statement};\nSELECT 2"), &[(1, &statement), (2, "SELECT 2")]);
    }
}
