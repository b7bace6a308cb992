//! What `db doctor` finds: each check with its level, what was seen, and the command that mends it.
//!
//! A dialect contributes questions: SQL, and a judge of the rows. Both are values, so that a judge is tested without a
//! database, and the engine asks them all in the same way.

use crate::{dialect::Row, history::BookkeepingNames};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// As it should be.
    Ok,
    /// It works, and it is worth a look.
    Warn,
    /// Something will not work.
    Fail,
}

impl Level {
    /// `ok`, `warn` or `fail`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Ok => "ok",
            Level::Warn => "warn",
            Level::Fail => "fail",
        }
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Finding {
    /// What was looked at: a word, stable for programs.
    pub check: &'static str,
    /// How bad it is.
    pub level: Level,
    /// What was seen.
    pub text: String,
    /// What mends it.
    pub hint: Option<String>,
}

impl Finding {
    /// As it should be.
    #[must_use]
    pub fn ok(check: &'static str, text: impl Into<String>) -> Self {
        Self { check, level: Level::Ok, text: text.into(), hint: None }
    }

    /// Worth a look.
    #[must_use]
    pub fn warn(check: &'static str, text: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { check, level: Level::Warn, text: text.into(), hint: Some(hint.into()) }
    }

    /// Something will not work.
    #[must_use]
    pub fn fail(check: &'static str, text: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { check, level: Level::Fail, text: text.into(), hint: Some(hint.into()) }
    }
}

/// What a dialect is told before it says what to ask.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances<'a> {
    /// The names of the bookkeeping tables.
    pub names: &'a BookkeepingNames,
    /// Whether the server is on another machine.
    pub remote: bool,
}

/// Makes a finding of the rows of an answer.
pub type Judge = Box<dyn Fn(&[Row]) -> Finding + Send + Sync>;

/// One thing to ask of a live database.
pub struct Question {
    /// The check that it belongs to.
    pub check: &'static str,
    /// The query. It leaves nothing changed.
    pub sql: String,
    /// How bad it is when the database refuses to answer.
    pub refused: Level,
    /// What the answer means.
    pub judge: Judge,
}

impl Question {
    /// A question whose refusal is only worth a warning.
    pub fn new(
        check: &'static str,
        sql: impl Into<String>,
        judge: impl Fn(&[Row]) -> Finding + Send + Sync + 'static,
    ) -> Self {
        Self { check, sql: sql.into(), refused: Level::Warn, judge: Box::new(judge) }
    }
}

/// Judges a version against the oldest that works and the oldest that is tested, each as major and minor.
pub(crate) fn version(product: &str, said: &str, works: (u32, u32), tested: (u32, u32)) -> Finding {
    let mut numbers = said.split(|c: char| !c.is_ascii_digit()).map(|part| part.parse::<u32>().unwrap_or(0));
    let found = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    let (major, minor) = works;
    if found < works {
        let text = format!("{product} {said} is too old: what migrations use begins with {major}.{minor}");
        return Finding::fail("version", text, "update the server");
    }
    if found < tested {
        let text = format!("{product} {said} is older than what is tested, {}.{}", tested.0, tested.1);
        return Finding::warn(
            "version",
            text,
            "update the server, or try your migrations on a copy of it first",
        );
    }
    Finding::ok("version", format!("{product} {said}"))
}

/// The finding about an encrypted connection.
pub(crate) fn tls(encrypted: bool, remote: bool, parameter: &str) -> Finding {
    match (encrypted, remote) {
        (true, _) => Finding::ok("tls", "the connection is encrypted"),
        (false, false) => Finding::ok("tls", "not encrypted, and it does not leave this machine"),
        (false, true) => Finding::warn(
            "tls",
            "the connection to another machine is not encrypted: the password and every row can be read on the way",
            format!("add `{parameter}` to the URL"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        let level = |said: &str| version("X", said, (10, 2), (10, 11)).level;
        let cases = [
            ("10.1.9", Level::Fail),
            ("9.11", Level::Fail),
            ("10.2.0", Level::Warn),
            ("10.9.3-MariaDB", Level::Warn),
            ("10.11.6-MariaDB-0+deb12u1", Level::Ok),
            ("11.4", Level::Ok),
            ("", Level::Fail),
        ];
        for (said, expected) in cases {
            assert_eq!(level(said), expected, "{said}");
        }
    }

    #[test]
    fn only_what_leaves_the_machine_must_be_encrypted() {
        let level = |encrypted, remote| tls(encrypted, remote, "sslmode=require").level;
        assert_eq!(
            [level(true, true), level(true, false), level(false, false), level(false, true)],
            [Level::Ok, Level::Ok, Level::Ok, Level::Warn]
        );
    }
}
