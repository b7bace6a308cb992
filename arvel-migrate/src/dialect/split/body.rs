//! Knows when a statement is inside a body, where semicolons end nothing: triggers (SQLite, MySQL), procedures,
//! functions and events (MySQL), `BEGIN ATOMIC` (PostgreSQL), compound statements (MariaDB), `CREATE RULE`.
//!
//! It follows only the words that open and close; whether the rest makes sense is for the database to say. `begin`
//! and `end` are names in most places, so a word counts only where a statement can begin.

use super::{
    SqlRules,
    frame::{Frame, Place, STARTERS, Subject},
};

/// The state of one statement.
#[derive(Debug)]
pub(super) struct Body<'a> {
    rules: &'a SqlRules,
    subject: Subject,
    place: Place,
    /// What is open, from the outside in, and where it opened.
    frames: Vec<(Frame, usize)>,
    /// Where the outermost open parenthesis is.
    parenthesis: usize,
    parentheses: usize,
    /// Bare words so far.
    words: usize,
    /// The last two significant tokens, when they were words.
    previous: [String; 2],
    /// The last significant token, when it was a sign; else 0.
    sign: u8,
    /// Where a `BEGIN` stands that may turn out to open a body.
    last_begin: usize,
    /// `name :` makes the next word begin a statement.
    label: bool,
    /// In a `DECLARE`.
    declares: bool,
    /// The parentheses after the name of a procedure or function are behind us.
    parameters_read: bool,
    /// So is `RETURNS`.
    returns_read: bool,
    /// An `END` inside a statement, when nothing but its second word came since.
    end: Option<usize>,
    /// The first such `END` with a semicolon behind it: probably one is missing before it.
    stray_end: Option<usize>,
    /// What the `END` before this token closed, and where it stands.
    closed: Option<(Frame, usize)>,
    /// The first `END` without the second word that what it closed has.
    wrong_end: Option<(Frame, usize)>,
}

impl<'a> Body<'a> {
    pub(super) fn new(rules: &'a SqlRules) -> Self {
        Self {
            rules,
            subject: Subject::Open,
            place: Place::Inside,
            frames: Vec::new(),
            parenthesis: 0,
            parentheses: 0,
            words: 0,
            previous: [String::new(), String::new()],
            sign: 0,
            last_begin: 0,
            label: false,
            declares: false,
            parameters_read: false,
            returns_read: false,
            end: None,
            stray_end: None,
            closed: None,
            wrong_end: None,
        }
    }

    /// What is open, from the outside in, and where it opened.
    pub(super) fn open_frames(&self) -> &[(Frame, usize)] {
        &self.frames
    }

    /// Where the parenthesis opened whose semicolons end nothing, if one is open.
    pub(super) fn open_parenthesis(&self) -> Option<usize> {
        (self.subject == Subject::Rule && self.parentheses > 0).then_some(self.parenthesis)
    }

    /// An `END` that was taken for a name, and does not look like one.
    pub(super) fn stray_end(&self) -> Option<usize> {
        self.stray_end.or(self.end)
    }

    /// An `END` whose second word is another than what it closed has, and what that is.
    pub(super) fn wrong_end(&self) -> Option<(Frame, usize)> {
        self.wrong_end
    }

    /// Whether a word was read.
    pub(super) fn has_words(&self) -> bool {
        self.words > 0
    }

    /// Whether it can have a body: where it does not, every semicolon ends it.
    pub(super) fn can_have_body(&self) -> bool {
        !matches!(self.subject, Subject::Open | Subject::Plain)
    }

    /// Whether its body is one of Oracle's kind, which is not followed.
    pub(super) fn is_oracle(&self) -> bool {
        self.subject == Subject::Oracle
    }

    fn is_open(&self) -> bool {
        !self.frames.is_empty() || self.open_parenthesis().is_some()
    }

    /// A semicolon. Answers whether it ends the statement.
    pub(super) fn semicolon(&mut self) -> bool {
        self.check_end(None);
        self.stray_end = self.stray_end.or(self.end);
        self.frames.retain(|(frame, _)| *frame != Frame::CaseExpression);
        self.forget(b';');
        self.declares = false;
        self.place = Place::Start;
        !self.is_open()
    }

    /// A quoted thing or a literal.
    pub(super) fn other(&mut self) {
        self.not_a_word();
        self.label = self.place == Place::Start;
        if self.place == Place::Start {
            self.place = Place::Inside;
        }
        self.forget_keeping_label();
    }

    /// Any other character.
    pub(super) fn sign(&mut self, sign: u8, at: usize) {
        self.not_a_word();
        match sign {
            b'(' => {
                if self.parentheses == 0 {
                    self.parenthesis = at;
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

    /// A statement that does not begin with a word has no body.
    fn not_a_word(&mut self) {
        self.check_end(None);
        if self.words == 0 {
            self.subject = Subject::Plain;
        }
    }

    /// What stands behind an `END`.
    fn check_end(&mut self, word: Option<&str>) {
        let Some((frame, at)) = self.closed.take() else { return };
        let fits = match frame.second_word() {
            Some(second) => word == Some(second),
            // A label may stand there.
            None => word.is_none_or(|word| Frame::opened_by(word).is_none()),
        };
        if !fits {
            self.wrong_end.get_or_insert((frame, at));
        }
    }

    /// A bare word.
    pub(super) fn word(&mut self, word: &str, at: usize) {
        let after_dot = self.sign == b'.';
        let upper = if after_dot { String::new() } else { word.to_ascii_uppercase() };
        if upper == "BEGIN" {
            self.last_begin = at;
        }
        // `END IF`: the second word of an END says nothing about it.
        if !self.after("END") || Frame::opened_by(&upper).is_none() {
            self.end = None;
        }
        self.check_end(Some(&upper));
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
            Subject::Open if self.words == 0 => self.first_word(word, at),
            Subject::Open => self.subject_word(word),
            Subject::Trigger if self.rules.compound_bodies => {
                if self.place != Place::Inside {
                    self.body_word(word, at);
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
            Subject::Routine if self.rules.compound_bodies => {
                let head =
                    if self.parameters_read { self.place != Place::Inside } else { self.parentheses == 0 };
                // Oracle's functions say `RETURN` for `RETURNS`, and then `AS` or `IS`.
                let oracle = matches!(word, "AS" | "IS") || (word == "RETURN" && !self.returns_read);
                self.returns_read |= word == "RETURNS";
                if head && oracle {
                    self.subject = Subject::Oracle;
                } else if self.place != Place::Inside {
                    self.body_word(word, at);
                }
            }
            Subject::Event if self.place != Place::Inside => self.body_word(word, at),
            Subject::Compound if word == "ATOMIC" && self.after("NOT") => {
                self.open(Frame::Begin, self.last_begin);
            }
            _ => {}
        }
    }

    /// The first word of the statement.
    fn first_word(&mut self, word: &str, at: usize) {
        let compound = self.rules.compound_bodies;
        match word {
            "CREATE" | "BEGIN" => {}
            "ALTER" if compound => {}
            "EXPLAIN" if self.rules.begin_end_bodies => {}
            "DECLARE" if compound => self.subject = Subject::Oracle,
            // MariaDB runs these outside of stored programs too; nothing else begins with them.
            "IF" | "CASE" | "LOOP" | "REPEAT" | "WHILE" | "FOR" if compound => {
                self.subject = Subject::Compound;
                self.statement_word(word, at);
            }
            _ => self.subject = Subject::Plain,
        }
    }

    /// A word before it is known what the statement is about.
    fn subject_word(&mut self, word: &str) {
        let compound = self.rules.compound_bodies;
        self.subject = match word {
            "TRIGGER" if self.rules.begin_end_bodies => Subject::Trigger,
            "PROCEDURE" | "FUNCTION" if compound || self.rules.atomic_bodies => Subject::Routine,
            "EVENT" if compound => Subject::Event,
            "PACKAGE" if compound => Subject::Oracle,
            "RULE" if self.rules.atomic_bodies => Subject::Rule,
            "NOT" if compound && self.words == 1 && self.after("BEGIN") => Subject::Compound,
            "OR" | "REPLACE" | "TEMP" | "TEMPORARY" | "AGGREGATE" | "DEFINER" | "QUERY" | "PLAN"
            | "CREATE" => Subject::Open,
            // The user of `DEFINER = user@host`.
            _ if self.sign == b'=' => Subject::Open,
            _ => Subject::Plain,
        };
    }

    /// A word inside a body.
    fn inner_word(&mut self, word: &str, at: usize) {
        if self.place != Place::Inside {
            return self.statement_word(word, at);
        }
        let top = self.frames.last().map_or(Frame::Begin, |(frame, _)| *frame);
        match (word, top) {
            ("CASE", _) if !self.after("END") => self.frames.push((Frame::CaseExpression, at)),
            ("END", Frame::CaseExpression) => {
                self.frames.pop();
            }
            ("END", Frame::Until) => self.close(at),
            ("END", _) => self.end = Some(at),
            ("THEN", Frame::If | Frame::Case) | ("DO", Frame::While | Frame::For) => {
                self.place = Place::Start;
            }
            // `BEGIN NOT ATOMIC` inside another body.
            ("ATOMIC", Frame::Begin) if self.after("NOT") && self.previous[0] == "BEGIN" => {
                self.place = Place::Start;
            }
            ("HANDLER", _) if self.declares && ["CONTINUE", "EXIT", "UNDO"].iter().any(|w| self.after(w)) => {
                self.place = Place::Header;
            }
            _ => {}
        }
    }

    /// A word where the body of a trigger, a routine or an event can begin.
    fn body_word(&mut self, word: &str, at: usize) {
        if word == "DECLARE" {
            // Declarations stand before BEGIN only where Oracle is spoken.
            self.subject = Subject::Oracle;
        } else {
            self.statement_word(word, at);
        }
    }

    /// A word where a statement can begin.
    fn statement_word(&mut self, word: &str, at: usize) {
        let top = self.frames.last().map(|(frame, _)| *frame);
        let header = self.place == Place::Header;
        if header && (self.after("FOLLOWS") || self.after("PRECEDES")) {
            // The name of a trigger, whatever it is.
            return;
        }
        self.place = Place::Inside;
        if self.rules.compound_bodies
            && let Some(frame) = Frame::opened_by(word)
            // `HANDLER FOR` is no loop.
            && !(frame == Frame::For && self.after("HANDLER"))
        {
            return self.open(frame, at);
        }
        match (word, top) {
            ("END", Some(_)) => self.close(at),
            ("ELSE", Some(Frame::If | Frame::Case)) => self.place = Place::Start,
            ("ELSEIF", Some(Frame::If)) | ("WHEN", Some(Frame::Case)) => {}
            ("UNTIL", Some(Frame::Repeat)) => {
                if let Some((frame, _)) = self.frames.last_mut() {
                    *frame = Frame::Until;
                }
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
        self.frames.push((frame, at));
        self.place = if frame.begins_with_statements() { Place::Start } else { Place::Inside };
    }

    fn close(&mut self, at: usize) {
        self.closed = self.frames.pop().map(|(frame, _)| (frame, at));
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
        self.end = None;
        self.sign = 0;
        self.previous = [String::new(), String::new()];
    }
}
