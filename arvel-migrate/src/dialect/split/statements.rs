//! Puts tokens together to statements, as ranges of the text.

use std::ops::Range;

use super::{
    SplitError, SqlRules,
    body::Body,
    lexer::{Kind, Lexer, Token},
    line_at,
};

/// The byte ranges of the statements, in order and apart from each other. Between them are only white space,
/// comments, delimiters and `DELIMITER` lines.
pub(crate) fn statement_ranges(text: &str, rules: &SqlRules) -> Result<Vec<Range<usize>>, SplitError> {
    let mut lexer = Lexer::new(text, rules);
    let mut ranges = Vec::new();
    let mut statement = Open::new(rules);
    while let Some(token) = lexer.next()? {
        let standard = lexer.standard_delimiter();
        match token.kind {
            Kind::Space => {}
            Kind::Comment => statement.begin(&token),
            Kind::Delimiter if lexer.in_executable_comment() => {
                statement.body.semicolon();
                statement.extend(&token);
            }
            Kind::Delimiter => {
                // With a delimiter of its own the file says where bodies end.
                if !standard || statement.body.semicolon() {
                    ranges.extend(statement.range());
                    statement = Open::new(rules);
                } else {
                    statement.extend(&token);
                }
            }
            Kind::Word => {
                let word = &text[token.range.clone()];
                if rules.delimiter && !statement.has_code() && word.eq_ignore_ascii_case("delimiter") {
                    lexer.change_delimiter()?;
                    statement = Open::new(rules);
                    continue;
                }
                statement.extend(&token);
                statement.body.word(word, token.range.start);
                statement
                    .check_copy(word, rules)
                    .map_err(|problem| error(text, token.range.start, problem))?;
            }
            Kind::Sign(b'\\') if rules.psql_forms && !statement.has_code() => {
                return Err(client_command(text, token.range.start));
            }
            Kind::Sign(sign) => {
                statement.extend(&token);
                statement.sign(sign, token.range.start);
            }
            Kind::Quoted | Kind::Literal => {
                statement.extend(&token);
                statement.other();
            }
            Kind::ExecutableOpen | Kind::ExecutableClose => statement.extend(&token),
        }
    }
    if let (Some(began), true) = (statement.body.open_since(), lexer.standard_delimiter()) {
        return Err(unclosed_body(text, began, rules));
    }
    ranges.extend(statement.range());
    Ok(ranges)
}

/// The statement being read.
struct Open<'a> {
    body: Body<'a>,
    /// The first character, a comment's too.
    start: Option<usize>,
    /// The end of the last token that is not space or comment.
    end: Option<usize>,
    copy: CopyWords,
    depth: usize,
}

/// How far the words of `COPY … FROM STDIN` have come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CopyWords {
    Unknown,
    No,
    Copy,
    From,
}

impl<'a> Open<'a> {
    fn new(rules: &'a SqlRules) -> Self {
        Self { body: Body::new(rules), start: None, end: None, copy: CopyWords::Unknown, depth: 0 }
    }

    fn begin(&mut self, token: &Token) {
        self.start.get_or_insert(token.range.start);
    }

    fn extend(&mut self, token: &Token) {
        self.begin(token);
        self.end = Some(token.range.end);
    }

    fn has_code(&self) -> bool {
        self.end.is_some()
    }

    fn range(&self) -> Option<Range<usize>> {
        Some(self.start?..self.end?)
    }

    fn sign(&mut self, sign: u8, at: usize) {
        self.body.sign(sign, at);
        match sign {
            b'(' => self.depth += 1,
            b')' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        self.other_copy();
    }

    fn other(&mut self) {
        self.body.other();
        self.other_copy();
    }

    fn other_copy(&mut self) {
        self.copy = match self.copy {
            CopyWords::Unknown => CopyWords::No,
            CopyWords::From => CopyWords::Copy,
            other => other,
        };
    }

    fn check_copy(&mut self, word: &str, rules: &SqlRules) -> Result<(), String> {
        let is = |keyword: &str| word.eq_ignore_ascii_case(keyword);
        self.copy = match self.copy {
            CopyWords::Unknown if rules.psql_forms && is("copy") => CopyWords::Copy,
            CopyWords::Unknown | CopyWords::No => CopyWords::No,
            CopyWords::From if is("stdin") => {
                let problem = "`COPY … FROM STDIN` is followed by rows that only psql can send; write INSERT, or \
                               read a file of the server with `COPY … FROM '/path'`";
                return Err(problem.to_owned());
            }
            _ if is("from") && self.depth == 0 => CopyWords::From,
            _ => CopyWords::Copy,
        };
        Ok(())
    }
}

fn client_command(text: &str, at: usize) -> SplitError {
    let command = text[at..].split_ascii_whitespace().next().unwrap_or("\\");
    error(text, at, format!("`{command}` is a command of psql, not SQL; leave it out"))
}

fn error(text: &str, at: usize, problem: String) -> SplitError {
    SplitError { line: line_at(text, at), problem }
}

fn unclosed_body(text: &str, began: usize, rules: &SqlRules) -> SplitError {
    let opens = if text[began..].starts_with('(') { "parenthesis" } else { "body" };
    let way_out = if rules.delimiter {
        "; to say yourself where it ends, put `DELIMITER //` before it and `//` after it"
    } else {
        ""
    };
    error(text, began, format!("the {opens} that begins here is never closed{way_out}"))
}
