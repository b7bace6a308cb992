//! Quotes, comments and lines.

use super::*;

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
        &[(1, "-- first; of all\nSELECT 1"), (3, "/* and; */ SELECT 2")],
    );
    // A comment on the line of the statement before it speaks of that one, unless it goes on below.
    pieces(
        ALL,
        "SELECT 1; /* a */ -- b\n\n-- c\nSELECT 2; /* d\n*/ SELECT 3",
        &[(1, "SELECT 1"), (3, "-- c\nSELECT 2"), (4, "/* d\n*/ SELECT 3")],
    );
    pieces(ALL, "SELECT 'ä;ö', \"ü;\" ; SELECT 2", &[(1, "SELECT 'ä;ö', \"ü;\""), (1, "SELECT 2")]);
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
    // PostgreSQL 15 takes the letters behind a number as one token with it, to refuse it.
    pieces(POSTGRES, "SELECT 1a$$; SELECT 2$$;$$", &[(1, "SELECT 1a$$"), (1, "SELECT 2$$;$$")]);
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
fn a_text_can_end_anywhere() {
    let texts = [
        "/*!",
        "/*M!",
        "/*!99999",
        "E'",
        "$",
        "$a",
        "@",
        "@@",
        "--",
        "-",
        "/",
        "/*",
        "[",
        "\\",
        "\\N",
        "DELIMITER",
        "'a'\n--",
    ];
    for family in ALL {
        for text in texts {
            // Which of them are errors is another test's question.
            let _ = split(text, &rules(family));
            let _ = split(&format!("SELECT {text}"), &rules(family));
        }
    }
}

#[test]
fn a_return_alone_ends_a_comment_where_the_server_says_so() {
    pieces(POSTGRES, "SELECT 1 -- a\r; SELECT 2", &[(1, "SELECT 1"), (1, "SELECT 2")]);
    pieces(&["sqlite", "mysql"], "SELECT 1 -- a\r; SELECT 2", &[(1, "SELECT 1")]);
    whole(POSTGRES, "SELECT E'a' -- b\r'it\\'s; so'");
}

#[test]
fn an_at_sign_is_an_operator_or_begins_a_variable() {
    whole(POSTGRES, "SELECT a <@E'it\\'s; so', @$$;$$");
    pieces(MYSQL, "SET @end=1; SET @@x.begin=2", &[(1, "SET @end=1"), (1, "SET @@x.begin=2")]);
}

#[test]
fn executable_comments_end_with_the_first_mark_of_any() {
    pieces(
        MYSQL,
        "/*!50003 SELECT 1 /*!50004 + 1 */ + 5; SELECT 2",
        &[(1, "/*!50003 SELECT 1 /*!50004 + 1 */ + 5"), (1, "SELECT 2")],
    );
    whole(MYSQL, "/*!50003 SELECT 1 /* it's; so */ + 1 */");
    whole(MYSQL, "SELECT 1 /*!999999 it's; not run */ + /*M!999999 nor that's; */ 1");
}
