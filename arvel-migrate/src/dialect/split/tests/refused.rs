//! Texts that are refused, as a person is told: the place, what is open since where, and how to go on.

use super::*;

/// `line:column problem`, the other places, the hint.
fn told(family: &str, text: &str) -> String {
    let error = split(text, &rules(family)).expect_err(text);
    let notes: String =
        error.notes.iter().map(|note| format!("line {}: {}\n", note.line, note.text)).collect();
    format!("{}:{} {}\n{notes}hint: {}", error.line, error.column, error.problem, error.hint)
}

#[track_caller]
fn refused(families: &[&str], text: &str, expected: &str) {
    for family in families {
        assert_eq!(told(family, text), expected.trim(), "{family}\n{text}");
    }
}

#[test]
fn quotes_that_are_never_closed() {
    refused(
        ALL,
        "SELECT 1;\nSELECT 'a\n;\n",
        "
2:8 the quote ' that opens here is never closed
line 3: the text ends here, still inside of it
hint: close it; inside of it a ' is written twice: ''",
    );
    refused(
        &["sqlite", "postgres"],
        "SELECT \"a",
        "
1:8 the quote \" that opens here is never closed
hint: close it with `\"`",
    );
    refused(
        SQLITE,
        "SELECT [a",
        "
1:8 the quote [ that opens here is never closed
hint: close it with `]`",
    );
    refused(
        MYSQL,
        "SELECT 'a\\'",
        "
1:8 the quote ' that opens here is never closed
hint: close it; inside of it a ' is written twice: ''",
    );
    refused(
        POSTGRES,
        "SELECT $a$\n $$ $b$\n$A$ $a",
        "
1:8 the quote $a$ that opens here is never closed
line 3: the text ends here, still inside of it
line 3: `$A$` does not close it: the case of its letters counts
hint: write `$a$` where it ends",
    );
}

#[test]
fn the_mistake_stands_above_the_place_where_it_shows() {
    refused(
        ALL,
        "INSERT INTO a VALUES ('it's fine');\nINSERT INTO a VALUES ('b');\n",
        "
2:25 the quote ' that opens here is never closed
line 1: `VALUES ('it's fine');`: a string ends directly before a letter; an apostrophe inside of one is written twice
hint: close it; inside of it a ' is written twice: ''",
    );
    refused(
        POSTGRES,
        "SELECT 'it\\'s';\n",
        "
1:14 the quote ' that opens here is never closed
line 1: `SELECT 'it\\'s';`: a string ends behind a backslash, which escapes nothing in it
hint: close it; inside of it a ' is written twice: ''",
    );
    refused(
        MYSQL,
        "INSERT INTO a VALUES ('C:\\');\nSELECT 1;\n",
        "
1:23 the quote ' that opens here is never closed
line 1: `VALUES ('C:\\');`: the backslash escapes the quote behind it, which so does not end the string
line 2: the text ends here, still inside of it
hint: close it; inside of it a ' is written twice: ''",
    );
}

#[test]
fn comments_that_are_never_closed() {
    refused(
        ALL,
        "\n/* a\n",
        "
2:1 the comment /* that opens here is never closed
hint: write `*/` where it ends",
    );
    refused(
        POSTGRES,
        "/* a\n/* b */\nSELECT 1;",
        "
1:1 the comment /* that opens here is never closed
line 2: comments nest: this `/*` needs a `*/` of its own
line 3: the text ends here, still inside of it
hint: write `*/` where it ends",
    );
    refused(
        MYSQL,
        "/*! SELECT 1;",
        "
1:1 the comment /*! that opens here is never closed
hint: write `*/` where it ends",
    );
}

#[test]
fn bodies_that_are_never_closed() {
    refused(
        SQLITE,
        "SELECT 1;\nCREATE TRIGGER t INSERT ON a\nBEGIN\nUPDATE b SET c = 1 END;\n",
        "
3:1 the body that begins here is never closed
line 3: `BEGIN` waits for `END`
line 4: this `END` does not count: no semicolon stands before it
hint: write `END;` where it ends",
    );
    refused(
        POSTGRES,
        "CREATE FUNCTION f() RETURNS int\nBEGIN ATOMIC SELECT 1;",
        "
2:1 the body that begins here is never closed
line 2: `BEGIN` waits for `END`
hint: write `END;` where it ends",
    );
    refused(
        POSTGRES,
        "CREATE RULE r AS ON INSERT TO a DO (x; y",
        "
1:36 the parenthesis that opens here is never closed
hint: write `)` where it ends",
    );
    refused(
        MYSQL,
        "CREATE PROCEDURE p()\nBEGIN\n IF a THEN SELECT 1; END;\n WHILE 1 DO\n SELECT 2 END WHILE;\nEND;",
        "
2:1 the body that begins here is never closed
line 2: `BEGIN` waits for `END`
line 3: this `END` closes `IF`, which is closed by `END IF`
line 5: this `END` does not count: no semicolon stands before it
hint: write `END;` where it ends; or say yourself where: `DELIMITER //` on a line before it, `//` behind it",
    );
}

#[test]
fn what_only_a_client_reads() {
    let from = "
2:32 `COPY … FROM STDIN` is followed by rows that only psql can send
hint: write INSERT (`pg_dump --inserts` does), or `COPY … FROM '/path'` for a file of the server";
    refused(POSTGRES, "SELECT 1;\nCOPY public.\"from\" (b, c) FROM stdin;\n1\t2\n\\.\n", from);
    refused(POSTGRES, "\ncopy a (\"b\", c, d)        from STDIN with csv", from);
    refused(
        POSTGRES,
        "COPY (SELECT 1 FROM stdin)\nTO stdout",
        "
2:4 `COPY … TO STDOUT` answers with rows that only psql can take
hint: leave it out, or write `COPY … TO '/path'` for a file of the server",
    );
    whole(POSTGRES, "COPY a FROM '/tmp/stdin'");
    whole(POSTGRES, "COPY (SELECT * FROM stdin) TO '/tmp/x'");
    whole(POSTGRES, "COPY a (stdin) FROM PROGRAM 'cat' WHERE stdin > 1");
    whole(ALL, "SELECT copy FROM stdin");

    let leave_out = "hint: leave it out, or write SQL that does the same";
    for (families, text, place) in [
        (POSTGRES, "SELECT 1;\n\\restrict abc\n", "2:1 `\\restrict` is a command of psql, not SQL"),
        (POSTGRES, "SELECT 1 \\gexec\n", "1:10 `\\gexec` is a command of psql, not SQL"),
        (POSTGRES, "SELECT 1\\; SELECT 2", "1:9 `\\` is a command of psql, not SQL"),
        (MYSQL, "SELECT 1\\G\n", "1:9 `\\G` is a command of the command line client, not SQL"),
        (
            MYSQL,
            "SELECT 1;\nsource other.sql\n",
            "2:1 `source` is a command of the command line client, not SQL",
        ),
        (SQLITE, "-- x\n.read other.sql\n", "2:1 `.read` is a command of the sqlite3 shell, not SQL"),
    ] {
        refused(families, text, &format!("{place}\n{leave_out}"));
    }
    whole(MYSQL, "INSERT INTO a VALUES (\\N, source)");
    whole(SQLITE, "SELECT .5, a . b");
    pieces(
        MYSQL,
        "/*M!999999\\- enable the sandbox mode */ \nSELECT 1;",
        &[(1, "/*M!999999\\- enable the sandbox mode */ \nSELECT 1")],
    );
}

#[test]
fn delimiters() {
    refused(
        MYSQL,
        "\nDELIMITER\nSELECT 1",
        "
2:1 DELIMITER needs a delimiter
hint: write it behind, such as `DELIMITER //`",
    );
    refused(
        MYSQL,
        "DELIMITER '",
        "
1:1 a delimiter can not contain a quote or a backslash
hint: choose another, such as `DELIMITER //`",
    );
    refused(
        MYSQL,
        "DELIMITER // SELECT 1//",
        "
1:1 `SELECT 1//` stands behind `DELIMITER //`, where no client reads it
hint: put it on a line of its own",
    );
    refused(
        MYSQL,
        "SELECT 1;\n--no blank\nSELECT 2;",
        "
2:1 `--` begins a comment only with a blank behind it
hint: write a blank behind `--`, or `#`",
    );
    whole(MYSQL, "SELECT 1\n--1");
}

#[test]
fn bodies_of_oracle_need_a_delimiter() {
    for (text, place) in [
        ("CREATE OR REPLACE PACKAGE p AS FUNCTION f RETURN INT; END;", "1:19"),
        ("CREATE PROCEDURE p AS x INT; BEGIN SELECT 1; END;", "1:20"),
        ("CREATE FUNCTION f(a INT) RETURN INT IS\nBEGIN RETURN 1; END;", "1:26"),
        ("DECLARE x INT; BEGIN SELECT 1; END;", "1:1"),
        ("CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW\nDECLARE x INT; BEGIN SET x = 1; END;", "2:1"),
    ] {
        let what = "a body as Oracle has them begins here, whose end is not known";
        let hint = "hint: say where it ends: `DELIMITER //` on a line before it, `//` behind it";
        refused(MYSQL, text, &format!("{place} {what}\n{hint}"));
        let body = text.trim_end_matches(';');
        pieces(MYSQL, &format!("DELIMITER //\n{text}\n//\n"), &[(2, body)]);
        pieces(
            MYSQL,
            &format!("DELIMITER //\n{body} // SELECT 1"),
            &[(2, body), (2 + body.matches('\n').count(), "SELECT 1")],
        );
    }
}

#[test]
fn settings_that_change_how_strings_are_read() {
    let told = |setting: &str, value: &str| {
        format!(
            "`{setting}` with `{value}` changes how strings and bodies are read, here and in later migrations\n\
             hint: leave it out, and write the SQL for the usual setting"
        )
    };
    let mysql = |place: &str, value: &str| format!("{place} {}", told("sql_mode", value));
    refused(MYSQL, "SET sql_mode = 'STRICT_ALL_TABLES,ansi_quotes';", &mysql("1:16", "ANSI_QUOTES"));
    refused(MYSQL, "-- x\nSET @a = 1, @@session.sql_mode=ORACLE;", &mysql("2:32", "ORACLE"));
    refused(
        MYSQL,
        "/*!40101 SET @OLD=@@SQL_MODE, SQL_MODE='NO_BACKSLASH_ESCAPES' */;",
        &mysql("1:40", "NO_BACKSLASH_ESCAPES"),
    );
    let off = format!("1:41 {}", told("standard_conforming_strings", "off"));
    refused(POSTGRES, "SET LOCAL standard_conforming_strings = OFF", &off);
    whole(POSTGRES, "SET standard_conforming_strings = on");
    whole(MYSQL, "/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */");
    whole(MYSQL, "SET sql_mode = @OLD_SQL_MODE, @x = 'ANSI_QUOTES'");
    whole(MYSQL, "UPDATE a SET sql_mode = 'ANSI'");
}

#[test]
fn a_nul_is_refused_wherever_it_stands() {
    refused(
        ALL,
        "SELECT 1;\nSELECT 'a\0b';",
        "
2:10 a NUL character, behind which some databases read no further
hint: take it out; in a string write it as an escape",
    );
}
