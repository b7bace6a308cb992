//! Draws scripts from a grammar, so that their statements are known. Bytes decide; when they run out, everything is as
//! simple as can be.

use std::fmt::Write as _;

/// The decisions.
pub(super) struct Draw<'a> {
    bytes: std::slice::Iter<'a, u8>,
    family: &'static str,
    /// Bodies inside of bodies.
    depth: usize,
}

/// A script and its statements: the line of each, from 1, and its text with the comments before it.
pub(super) struct Drawn {
    pub(super) text: String,
    pub(super) pieces: Vec<(usize, String)>,
}

pub(super) fn script(family: &'static str, bytes: &[u8]) -> Drawn {
    let mut draw = Draw { bytes: bytes.iter(), family, depth: 0 };
    let mut drawn = Drawn { text: String::new(), pieces: Vec::new() };
    let mut delimiter = ";";
    while drawn.pieces.is_empty() || (draw.pick(8) > 0 && draw.left()) {
        if family == "mysql" && draw.pick(6) == 5 {
            delimiter = draw.one(&["//", ";", "$$", ";;", "go", "|"]);
            let word = draw.one(&["DELIMITER", "delimiter", "Delimiter"]);
            let _ = writeln!(drawn.text, "\n{word} {delimiter}{}", draw.one(&["", " ", " -- so", " # so"]));
        }
        // With a delimiter of its own, the semicolon before it belongs to nothing.
        let tail = if delimiter == ";" { "" } else { draw.one(&["", ";", " ; "]) };
        let before = draw.one(&["", " ", "\n", "\n\t\n", "\r\n", "-- a; comment\n", "/* it's; */ "]);
        if before.starts_with(['-', '/']) {
            // Not on the line of the statement before it, of which it would speak.
            drawn.text.push('\n');
        } else {
            drawn.text.push_str(before);
        }
        let line = 1 + drawn.text.matches('\n').count();
        let before = if before.starts_with(['-', '/']) { before } else { "" };
        let statement = format!("{before}{}", draw.statement());
        drawn.text.push_str(&statement);
        drawn.pieces.push((line, statement));
        drawn.text.push_str(tail);
        let space = if delimiter == "go" { "\n" } else { draw.one(&["", " ", "\n"]) };
        let after = draw.one(&["", " ", "\n", " -- so; it's\n", " /* so; */"]);
        let _ = write!(drawn.text, "{space}{delimiter}{}{after}", if delimiter == "go" { " " } else { "" });
    }
    drawn
}

impl Draw<'_> {
    fn left(&self) -> bool {
        !self.bytes.as_slice().is_empty()
    }

    fn pick(&mut self, count: usize) -> usize {
        usize::from(self.bytes.next().copied().unwrap_or_default()) % count
    }

    fn one<'s>(&mut self, list: &[&'s str]) -> &'s str {
        list[self.pick(list.len())]
    }

    /// Words in any case, apart from each other.
    fn join(&mut self, words: &[&str]) -> String {
        let mut text = String::new();
        for word in words.iter().filter(|word| !word.is_empty()) {
            if !text.is_empty() {
                text.push_str(self.one(&[" ", "\n", "  ", " /* ; */ ", " -- it's;\n"]));
            }
            let keyword = word.bytes().all(|byte| byte.is_ascii_uppercase());
            match keyword && self.pick(3) == 2 {
                true => text.push_str(&word.to_lowercase()),
                false => text.push_str(word),
            }
        }
        text
    }

    fn statement(&mut self) -> String {
        match (self.pick(3), self.family) {
            (0, _) => self.plain(),
            (_, "sqlite") => self.trigger_of_sqlite(),
            (_, "postgres") => self.body_of_postgres(),
            _ => self.program(),
        }
    }

    /// Characters that mean something to a splitter, and letters.
    fn inside(&mut self) -> String {
        const MARKS: &[&str] = &[
            ";", "'", "\"", "`", "[", "]", "\\", "--", "-- ", "#", "/*", "*/", "$", "$$", "//", "\n", "END;",
            "é", "日", "x",
        ];
        (0..self.pick(6)).map(|_| self.one(MARKS)).collect()
    }

    /// Something whose inside is not looked at.
    fn hidden(&mut self) -> String {
        let inside = self.inside();
        let escaped = || inside.replace('\\', r"\\");
        match (self.pick(8), self.family) {
            (0, "mysql") => format!("'{}'", escaped().replace('\'', "''")),
            (0, _) => format!("'{}'", inside.replace('\'', "''")),
            (1, "mysql") => format!("\"{}\"", escaped().replace('"', r#"\""#)),
            (1, _) => format!("\"{}\"", inside.replace('"', "\"\"")),
            // Not at its end: a string on the next line would go on with it.
            // Not at the end: a string on the next line would go on with it.
            (2, "postgres") => format!("E'{}' + 0", escaped().replace('\'', r"\'")),
            (2, _) => format!("`{}`", inside.replace('`', "``")),
            (3, "postgres") => {
                let tag = self.one(&["$$", "$a$", "$é_1$"]);
                format!("{tag}{}x{tag}", inside.replace('$', ""))
            }
            (3, "sqlite") => format!("[{}]", inside.replace(']', "")),
            (3, _) => format!("'{}'", escaped().replace('\'', r"\'")),
            (4, "postgres") => format!("/* {} /* ; */ ' */ 1", inside.replace(['/', '*'], "")),
            (4, _) => format!("/* {} */ 1", inside.replace(['/', '*'], "")),
            (5, "mysql") => {
                self.one(&["/*!50003 + 1 */ 1", "/*M!100100 1 */", "/*!999999 it's; */ 1", "\\N"]).to_owned()
            }
            (5, "postgres") => format!("E'a'\n  '\\'{}' + 0", escaped().replace('\'', "''")),
            (6, "mysql") => format!("1 # {}\n", inside.replace('\n', "")),
            (6, _) => format!("1 -- {}\n", inside.replace('\n', "")),
            _ => {
                self.one(&["1", "x", "a.b", "1.5e3", "(SELECT 1)", "f(1, 2)", "é", "a . \"end\""]).to_owned()
            }
        }
    }

    /// A statement that nothing opens.
    fn plain(&mut self) -> String {
        const WORDS: &[&str] = &[
            "FROM",
            "begin",
            "end",
            "IF",
            "CASE",
            "loop",
            "trigger",
            "FUNCTION",
            "atomic",
            "delimiter",
            "THEN",
            "DO",
            "CREATE",
        ];
        let first = self.one(&[
            "SELECT",
            "INSERT INTO a VALUES",
            "UPDATE a SET",
            "CREATE TABLE",
            "DROP TABLE IF EXISTS",
        ]);
        let mut parts = vec![first.to_owned()];
        for _ in 0..self.pick(5) {
            let part = if self.pick(3) == 2 { self.one(WORDS).to_owned() } else { self.hidden() };
            parts.push(part);
        }
        parts.push("z".to_owned());
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        self.join(&parts)
    }

    fn expression(&mut self) -> String {
        match self.pick(5) {
            3 => {
                let (a, b, c) = (self.hidden(), self.hidden(), self.hidden());
                let inner = if self.pick(3) == 2 { self.expression() } else { "1".to_owned() };
                self.join(&["CASE", &a, "WHEN", &b, "THEN", &c, "ELSE", &inner, "END"])
            }
            4 => format!("IF({}, 2, REPEAT('a;', 3))", self.hidden()),
            _ => self.hidden(),
        }
    }

    /// A plain statement inside a body.
    fn inner(&mut self) -> String {
        let first = self.one(&[
            "SELECT",
            "UPDATE a SET n =",
            "INSERT INTO begin VALUES",
            "DELETE FROM a WHERE new.end =",
        ]);
        let expression = self.expression();
        self.join(&[first, &expression, "z"])
    }

    fn trigger_of_sqlite(&mut self) -> String {
        let temp = self.one(&["", "TEMP", "TEMPORARY"]);
        let name = self.one(&["t", "IF NOT EXISTS t", "\"t;\"", "begin", "main.[t;]"]);
        let when = if self.pick(2) == 1 { format!("WHEN {}", self.expression()) } else { String::new() };
        let body = self.statements(|draw| draw.inner());
        self.join(&["CREATE", temp, "TRIGGER", name, "AFTER INSERT ON a", &when, "BEGIN", &body, "END"])
    }

    fn body_of_postgres(&mut self) -> String {
        match self.pick(4) {
            0 => {
                let body = self.statements(|draw| draw.inner());
                let replace = self.one(&["", "OR REPLACE"]);
                let head = self.one(&["PROCEDURE p()", "FUNCTION f(a int) RETURNS int LANGUAGE sql"]);
                self.join(&["CREATE", replace, head, "BEGIN", "ATOMIC", &body, "END"])
            }
            1 => {
                let (one, two) = (self.inner(), self.inner());
                let tail = self.one(&["", ";"]);
                self.join(&["CREATE RULE r AS ON INSERT TO a DO ALSO", "(", &one, ";", &two, tail, ")"])
            }
            2 => {
                let body = self.statements(|draw| draw.inner()).replace('$', "");
                format!("CREATE FUNCTION f() RETURNS int AS $body$ BEGIN {body} END; $body$ LANGUAGE plpgsql")
            }
            _ => "CREATE FUNCTION f(begin int) RETURNS int LANGUAGE sql RETURN begin".to_owned(),
        }
    }

    /// Statements, each with its semicolon.
    fn statements(&mut self, one: fn(&mut Self) -> String) -> String {
        let count = 1 + self.pick(3);
        let parts: Vec<String> = (0..count).flat_map(|_| [one(self), ";".to_owned()]).collect();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        self.join(&parts)
    }

    /// A stored program, or a block that stands by itself.
    fn program(&mut self) -> String {
        let definer = self.one(&[
            "",
            "DEFINER = root@localhost",
            "DEFINER=`a;`@'%'",
            "OR REPLACE",
            "DEFINER = CURRENT_USER()",
        ]);
        let facts =
            self.one(&["", "COMMENT 'it''s;'", "DETERMINISTIC", "READS SQL DATA SQL SECURITY INVOKER"]);
        let (head, facts) = match self.pick(6) {
            0 => ("PROCEDURE p(IN a decimal(10, 2), OUT b int)", facts),
            1 => ("FUNCTION f() RETURNS char(5) CHARACTER SET utf8", facts),
            2 => (
                "TRIGGER t BEFORE INSERT ON a FOR EACH ROW",
                self.one(&["", "FOLLOWS begin", "PRECEDES `x;`"]),
            ),
            3 => ("EVENT e ON SCHEDULE EVERY IF(1, 2, 3) DAY COMMENT ';' DO", ""),
            4 => ("PROCEDURE p()", "main:"),
            _ => return self.block(),
        };
        let body = if facts == "main:" { self.block() } else { self.compound() };
        // A block of its own has no label.
        let body = if facts == "main:" { body.replacen("BEGIN NOT ATOMIC", "BEGIN", 1) } else { body };
        self.join(&["CREATE", definer, head, facts, &body])
    }

    /// A block that MariaDB runs outside of stored programs.
    fn block(&mut self) -> String {
        let body = self.statements(Self::compound);
        match self.pick(3) {
            0 => format!("BEGIN NOT ATOMIC {body} END"),
            1 => self.join(&["LOOP", &body, "END", "LOOP"]),
            _ => self.join(&["FOR i IN 1..2 DO", &body, "END", "FOR"]),
        }
    }

    /// A statement of a stored program.
    fn compound(&mut self) -> String {
        if self.depth > 3 {
            return self.inner();
        }
        self.depth += 1;
        let kind = self.pick(12);
        let (condition, body, other) =
            (self.expression(), self.statements(Self::compound), self.statements(Self::compound));
        let label = self.one(&["", "one:", "`two;`:"]);
        let end_label = label.trim_end_matches(':');
        let drawn = match kind {
            0 | 1 => self.inner(),
            2 => self.join(&[label, "BEGIN", &body, "END", end_label]),
            3 => self.join(&["IF", &condition, "THEN", &body, "END", "IF"]),
            4 => self.join(&[
                "IF", &condition, "THEN", &body, "ELSEIF", "x", "THEN", &other, "ELSE", &body, "END", "IF",
            ]),
            5 => self.join(&["CASE", &condition, "WHEN", "1", "THEN", &body, "ELSE", &other, "END", "CASE"]),
            6 => self.join(&["CASE", "WHEN", &condition, "THEN", &body, "END", "CASE"]),
            7 => self.join(&[label, "LOOP", &body, "END", "LOOP", end_label]),
            8 => self.join(&["REPEAT", &body, "UNTIL", &condition, "END", "REPEAT"]),
            9 => self.join(&[label, "WHILE", &condition, "DO", &body, "END", "WHILE", end_label]),
            10 => self.join(&["FOR i IN 1..2 DO", &body, "END", "FOR"]),
            _ => {
                let action = self.compound();
                let head = self.one(&[
                    "DECLARE EXIT HANDLER FOR NOT FOUND",
                    "DECLARE CONTINUE HANDLER FOR 1062, SQLSTATE '42000'",
                ]);
                // A handler stands inside of a block.
                self.join(&["BEGIN", head, &action, ";", &body, "END"])
            }
        };
        self.depth -= 1;
        drawn
    }
}
