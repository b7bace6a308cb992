//! What is refused though its end could be found: what only a command line client reads, and settings that would
//! change how the rest is read.

use std::ops::Range;

use super::{
    ClientForms, SplitError, SqlRules,
    lexer::{Kind, Lexer},
};

/// A command of the client, such as `\d`, at a place.
pub(super) fn client_command(text: &str, at: usize, client: &ClientForms) -> SplitError {
    let command = text[at..].split(|c: char| c.is_ascii_whitespace() || c == ';').next().unwrap_or_default();
    let problem = format!("`{command}` is a command of {}, not SQL", client.name);
    SplitError::new(text, at, problem, "leave it out, or write SQL that does the same")
}

/// `--x` where `--` begins a comment only before white space.
pub(super) fn no_comment(text: &str, at: usize) -> SplitError {
    let problem = "`--` begins a comment only with a blank behind it";
    SplitError::new(text, at, problem, "write a blank behind `--`, or `#`")
}

/// A byte that ends the text for the servers that read it as a C string.
pub(super) fn nul(text: &str) -> Option<SplitError> {
    let at = text.find('\0')?;
    let problem = "a NUL character, behind which some databases read no further";
    Some(SplitError::new(text, at, problem, "take it out; in a string write it as an escape"))
}

/// How far the words of `COPY … FROM STDIN` and `COPY … TO STDOUT` have come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CopyWords {
    Unknown,
    No,
    Copy,
    From,
    To,
}

impl CopyWords {
    /// After anything but a word.
    pub(super) fn other(self) -> Self {
        match self {
            Self::Unknown => Self::No,
            Self::From | Self::To => Self::Copy,
            other => other,
        }
    }

    /// After a word; `outside` of parentheses.
    pub(super) fn word(self, word: &str, outside: bool) -> Result<Self, (&'static str, &'static str)> {
        let is = |keyword: &str| word.eq_ignore_ascii_case(keyword);
        Ok(match self {
            Self::Unknown if is("copy") => Self::Copy,
            Self::Unknown | Self::No => Self::No,
            Self::From if is("stdin") => {
                return Err((
                    "`COPY … FROM STDIN` is followed by rows that only psql can send",
                    "write INSERT (`pg_dump --inserts` does), or `COPY … FROM '/path'` for a file of the server",
                ));
            }
            Self::To if is("stdout") => {
                return Err((
                    "`COPY … TO STDOUT` answers with rows that only psql can take",
                    "leave it out, or write `COPY … TO '/path'` for a file of the server",
                ));
            }
            _ if is("from") && outside => Self::From,
            _ if is("to") && outside => Self::To,
            _ => Self::Copy,
        })
    }
}

/// A statement `SET …` that would change how strings are read, from there on and in later migrations.
pub(super) fn changes_lexing(text: &str, statement: Range<usize>, rules: &SqlRules) -> Option<SplitError> {
    let (setting, values) = rules.lexing_setting?;
    let mut lexer = Lexer::new(&text[statement.clone()], rules);
    let mut named = false;
    while let Ok(Some(token)) = lexer.next() {
        let word = &text[statement.clone()][token.range.clone()];
        let found = |value: &&&str| {
            let mut words = word.split(|c: char| !(c.is_alphanumeric() || c == '_'));
            words.any(|word| word.eq_ignore_ascii_case(value))
        };
        match token.kind {
            Kind::Sign(b',') => named = false,
            Kind::Word | Kind::Literal if word.trim_start_matches("@@").eq_ignore_ascii_case(setting) => {
                named = true;
            }
            Kind::Word | Kind::Literal | Kind::Quoted if named => {
                if let Some(value) = values.iter().find(found) {
                    let problem = format!(
                        "`{setting}` with `{value}` changes how strings and bodies are read, here and in later migrations"
                    );
                    let hint = "leave it out, and write the SQL for the usual setting";
                    return Some(SplitError::new(text, statement.start + token.range.start, problem, hint));
                }
            }
            _ => {}
        }
    }
    None
}
