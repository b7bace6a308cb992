//! Knows when a statement is inside a body, where semicolons end nothing: triggers (SQLite, MySQL), procedures,
//! functions and events (MySQL), `BEGIN ATOMIC` (PostgreSQL), compound statements (MariaDB), `CREATE RULE`.
//!
//! It follows only the words that open and close; whether the rest makes sense is for the database to say. `begin`
//! and `end` are names in most places, so a word counts only where a statement can begin.

use super::SqlRules;

/// An open construct: what its `END` closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Frame {
    Begin,
    If,
    Case,
    CaseExpression,
    Loop,
    Repeat,
    /// `REPEAT … UNTIL`: its `END` follows an expression, not a semicolon.
    Until,
    /// `WHILE`, and MariaDB's `FOR`.
    While,
}

/// What the statement creates, as far as it decides what its body looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject {
    /// Not known yet: the words so far may lead to a body.
    Open,
    Trigger,
    Routine,
    Event,
    /// PostgreSQL's `CREATE RULE`: semicolons in its parentheses end nothing.
    Rule,
    /// Nothing that has a body.
    Plain,
}

/// Where in an inner statement the next token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// A statement can begin here.
    Start,
    /// A statement can begin here or after some more words (characteristics of a routine, a handler's conditions).
    Header,
    /// Inside a statement or an expression.
    Inside,
}

/// Words that begin an ordinary statement: after them `IF` and `REPEAT` are functions.
const STARTERS: &[&str] = &[
    "ALTER",
    "ANALYZE",
    "CALL",
    "CHECK",
    "CLOSE",
    "COMMIT",
    "CREATE",
    "DEALLOCATE",
    "DELETE",
    "DO",
    "DROP",
    "EXECUTE",
    "FETCH",
    "FLUSH",
    "GET",
    "GRANT",
    "INSERT",
    "ITERATE",
    "KILL",
    "LEAVE",
    "LOCK",
    "OPEN",
    "OPTIMIZE",
    "PREPARE",
    "RENAME",
    "REPLACE",
    "RESIGNAL",
    "RETURN",
    "REVOKE",
    "ROLLBACK",
    "SAVEPOINT",
    "SELECT",
    "SET",
    "SHOW",
    "SIGNAL",
    "START",
    "TABLE",
    "TRUNCATE",
    "UNLOCK",
    "UPDATE",
    "VALUES",
    "WITH",
];

/// The state of one statement.
#[derive(Debug)]
pub(super) struct Body<'a> {
    rules: &'a SqlRules,
    subject: Subject,
    place: Place,
    frames: Vec<Frame>,
    /// Where the outermost open frame began.
    began: usize,
    /// Bare words so far.
    words: usize,
    /// The last two significant tokens, when they were words.
    previous: [String; 2],
    /// The last significant token, when it was a sign; else 0.
    sign: u8,
    parentheses: usize,
    /// Where a `BEGIN` stands that may turn out to open a body.
    last_begin: usize,
    /// `name :` makes the next word begin a statement.
    label: bool,
    /// In a `DECLARE`.
    declares: bool,
    /// The parentheses after the name of a procedure or function are behind us.
    parameters_read: bool,
}

impl<'a> Body<'a> {
    pub(super) fn new(rules: &'a SqlRules) -> Self {
        Self {
            rules,
            subject: Subject::Open,
            place: if rules.compound_bodies { Place::Start } else { Place::Inside },
            frames: Vec::new(),
            began: 0,
            words: 0,
            previous: [String::new(), String::new()],
            sign: 0,
            parentheses: 0,
            last_begin: 0,
            label: false,
            declares: false,
            parameters_read: false,
        }
    }

    /// Where the body began that is still open, if one is.
    pub(super) fn open_since(&self) -> Option<usize> {
        self.is_open().then_some(self.began)
    }

    fn is_open(&self) -> bool {
        !self.frames.is_empty() || (self.subject == Subject::Rule && self.parentheses > 0)
    }

    /// A semicolon. Answers whether it ends the statement.
    pub(super) fn semicolon(&mut self) -> bool {
        self.frames.retain(|frame| *frame != Frame::CaseExpression);
        self.forget(b';');
        self.declares = false;
        self.place = Place::Start;
        !self.is_open()
    }

    /// A quoted thing or a literal.
    pub(super) fn other(&mut self) {
        self.label = self.place == Place::Start;
        if self.place == Place::Start {
            self.place = Place::Inside;
        }
        self.forget_keeping_label();
    }

    /// Any other character.
    pub(super) fn sign(&mut self, sign: u8, at: usize) {
        match sign {
            b'(' => {
                if self.parentheses == 0 && self.frames.is_empty() {
                    self.began = at;
                }
                self.parentheses += 1;
            }
            b')' => {
                self.parentheses = self.parentheses.saturating_sub(1);
                let parameters_end =
                    self.subject == Subject::Routine && self.parentheses == 0 && !self.parameters_read;
                if parameters_end && self.rules.compound_bodies {
                    self.parameters_read = true;
                    self.place = Place::Header;
                }
            }
            _ => {}
        }
        if sign == b':' && self.label {
            self.place = Place::Start;
        } else if self.place == Place::Start {
            self.place = Place::Inside;
        }
        self.forget(sign);
    }

    /// A bare word.
    pub(super) fn word(&mut self, word: &str, at: usize) {
        let after_dot = self.sign == b'.';
        let upper = if after_dot { String::new() } else { word.to_ascii_uppercase() };
        if upper == "BEGIN" {
            self.last_begin = at;
        }
        self.label = false;
        if self.frames.is_empty() {
            self.outer_word(&upper, at);
        } else {
            self.inner_word(&upper, at);
        }
        self.words += 1;
        self.sign = 0;
        self.previous.rotate_left(1);
        self.previous[1] = upper;
    }

    /// A word outside of any body: it may tell what is created, or open the body.
    fn outer_word(&mut self, word: &str, at: usize) {
        match self.subject {
            Subject::Open => self.subject_word(word, at),
            Subject::Trigger if self.rules.compound_bodies => {
                if self.place != Place::Inside {
                    self.statement_word(word, at);
                } else if word == "ROW" && self.after("EACH") {
                    // `FOLLOWS name` and `PRECEDES name` may stand before the body.
                    self.place = Place::Header;
                }
            }
            Subject::Trigger if word == "BEGIN" => self.open(Frame::Begin, at),
            Subject::Routine if self.rules.atomic_bodies && word == "ATOMIC" && self.after("BEGIN") => {
                self.open(Frame::Begin, self.last_begin);
            }
            Subject::Event if self.place == Place::Inside && word == "DO" => self.place = Place::Start,
            Subject::Routine | Subject::Event if self.place != Place::Inside => self.statement_word(word, at),
            _ => {}
        }
    }

    /// A word before it is known what the statement is about.
    fn subject_word(&mut self, word: &str, at: usize) {
        if self.words == 0 {
            self.place = Place::Inside;
            match word {
                "CREATE" | "BEGIN" => {}
                "ALTER" if self.rules.compound_bodies => {}
                // MariaDB runs these outside of stored programs too; nothing else begins with them.
                "IF" | "CASE" | "LOOP" | "REPEAT" | "WHILE" | "FOR" if self.rules.compound_bodies => {
                    self.place = Place::Start;
                    self.statement_word(word, at);
                }
                _ => self.subject = Subject::Plain,
            }
            return;
        }
        self.subject = match word {
            "TRIGGER" if self.rules.begin_end_bodies => Subject::Trigger,
            "PROCEDURE" | "FUNCTION" if self.rules.compound_bodies || self.rules.atomic_bodies => {
                Subject::Routine
            }
            "EVENT" if self.rules.compound_bodies => Subject::Event,
            "RULE" if self.rules.atomic_bodies => Subject::Rule,
            "ATOMIC" if self.rules.compound_bodies && self.words == 2 && self.after("NOT") => {
                self.open(Frame::Begin, self.last_begin);
                Subject::Plain
            }
            "OR" | "REPLACE" | "TEMP" | "TEMPORARY" | "AGGREGATE" | "DEFINER" => Subject::Open,
            "NOT" if self.after("BEGIN") => Subject::Open,
            // The user of `DEFINER = user@host`.
            _ if self.sign == b'=' => Subject::Open,
            _ => Subject::Plain,
        };
    }

    /// A word inside a body.
    fn inner_word(&mut self, word: &str, at: usize) {
        let top = self.frames.last().copied().unwrap_or(Frame::Begin);
        if self.place != Place::Inside {
            return self.statement_word(word, at);
        }
        match (word, top) {
            ("CASE", _) if !self.after("END") => self.frames.push(Frame::CaseExpression),
            ("END", Frame::CaseExpression | Frame::Until) => {
                self.frames.pop();
            }
            ("THEN", Frame::If | Frame::Case) | ("DO", Frame::While) => self.place = Place::Start,
            // `BEGIN NOT ATOMIC` inside another body.
            ("ATOMIC", Frame::Begin) if self.after("NOT") && self.previous[0] == "BEGIN" => {
                self.place = Place::Start;
            }
            ("HANDLER", _) if self.declares => self.place = Place::Header,
            _ => {}
        }
    }

    /// A word where a statement can begin.
    fn statement_word(&mut self, word: &str, at: usize) {
        let top = self.frames.last().copied();
        let header = self.place == Place::Header;
        self.place = Place::Inside;
        if self.rules.compound_bodies {
            match word {
                "BEGIN" => return self.open(Frame::Begin, at),
                "IF" => return self.open(Frame::If, at),
                "CASE" => return self.open(Frame::Case, at),
                "LOOP" => return self.open(Frame::Loop, at),
                "REPEAT" => return self.open(Frame::Repeat, at),
                "WHILE" => return self.open(Frame::While, at),
                "FOR" if !header => return self.open(Frame::While, at),
                _ => {}
            }
        }
        match (word, top) {
            ("END", Some(_)) => {
                self.frames.pop();
            }
            ("ELSE", Some(Frame::If | Frame::Case)) => self.place = Place::Start,
            ("ELSEIF", Some(Frame::If)) | ("WHEN", Some(Frame::Case)) => {}
            ("UNTIL", Some(Frame::Repeat)) => {
                self.frames.pop();
                self.frames.push(Frame::Until);
            }
            ("DECLARE", _) => self.declares = true,
            // `RETURNS SET(…)` and `CHARACTER SET` name types, not statements.
            ("SET", _) if header && (self.after("RETURNS") || self.after("CHARACTER")) => {
                self.place = Place::Header;
            }
            _ if header && !STARTERS.contains(&word) => self.place = Place::Header,
            _ => self.label = !header,
        }
    }

    fn open(&mut self, frame: Frame, at: usize) {
        if self.frames.is_empty() {
            self.began = at;
        }
        self.frames.push(frame);
        self.place = match frame {
            Frame::Begin | Frame::Loop | Frame::Repeat => Place::Start,
            _ => Place::Inside,
        };
    }

    /// Whether the token before this one was this word.
    fn after(&self, word: &str) -> bool {
        self.sign == 0 && self.previous[1] == word
    }

    fn forget(&mut self, sign: u8) {
        self.label = false;
        self.forget_keeping_label();
        self.sign = sign;
    }

    fn forget_keeping_label(&mut self) {
        self.sign = 0;
        self.previous = [String::new(), String::new()];
    }
}
