//! Puts tokens together to statements, as ranges of the text.

use std::ops::Range;

use super::{
    SplitError, SqlRules,
    body::Body,
    lexer::{Kind, Lexer, Token},
    refused::{self, CopyWords},
};

/// The byte ranges of the statements, in order and apart from each other. Between them are only white space,
/// comments, delimiters and `DELIMITER` lines.
pub(crate) fn statement_ranges(text: &str, rules: &SqlRules) -> Result<Vec<Range<usize>>, SplitError> {
    if let Some(error) = refused::nul(text) {
        return Err(error);
    }
    let mut lexer = Lexer::new(text, rules);
    let mut ranges = Vec::new();
    let mut statement = Open::new(rules);
    while let Some(token) = lexer.next()? {
        let ends = match token.kind {
            Kind::Semicolon if lexer.in_executable_comment() => {
                statement.body.semicolon();
                statement.extend(&token);
                false
            }
            Kind::Semicolon => statement.semicolon(&token, lexer.delimiter().is_none()),
            Kind::Delimiter if lexer.in_executable_comment() => {
                statement.extend(&token);
                false
            }
            Kind::Delimiter => true,
            Kind::Word if rules.delimiter && !statement.has_code() && is_delimiter(text, &token) => {
                lexer.change_delimiter(token.range.start)?;
                statement = Open::new(rules);
                false
            }
            _ => {
                if !lexer.in_executable_comment()
                    && let Some(error) = statement.refused(text, &token)
                {
                    return Err(error);
                }
                statement.read(text, &token)?;
                false
            }
        };
        if statement.body.is_oracle() && lexer.delimiter().is_none() {
            return Err(statement.oracle(text, token.range.start));
        }
        if ends {
            ranges.extend(statement.finish(text)?);
            statement = Open { after_end: true, ..Open::new(rules) };
        }
    }
    if lexer.delimiter().is_none()
        && let Some(error) = statement.unclosed(text)
    {
        return Err(error);
    }
    ranges.extend(statement.finish(text)?);
    Ok(ranges)
}

fn is_delimiter(text: &str, token: &Token) -> bool {
    text[token.range.clone()].eq_ignore_ascii_case("delimiter")
}

/// The statement being read.
struct Open<'a> {
    rules: &'a SqlRules,
    body: Body<'a>,
    /// The first character, a comment's too.
    start: Option<usize>,
    /// The end of the last token that is not space or comment.
    end: Option<usize>,
    /// The position is still on the line on which the statement before it ended.
    after_end: bool,
    /// It is a `SET`.
    sets: bool,
    copy: CopyWords,
    depth: usize,
}

impl<'a> Open<'a> {
    fn new(rules: &'a SqlRules) -> Self {
        Self {
            rules,
            body: Body::new(rules),
            start: None,
            end: None,
            after_end: false,
            sets: false,
            copy: if rules.client.copies_rows { CopyWords::Unknown } else { CopyWords::No },
            depth: 0,
        }
    }

    fn extend(&mut self, token: &Token) {
        self.start.get_or_insert(token.range.start);
        self.end = Some(token.range.end);
    }

    fn has_code(&self) -> bool {
        self.end.is_some()
    }

    /// A semicolon outside of everything that hides one. Answers whether it ends the statement.
    fn semicolon(&mut self, token: &Token, is_delimiter: bool) -> bool {
        let over = self.body.semicolon();
        // With a delimiter of its own the file says where a body ends. What can have none ends here all the same, since
        // the server would run it as several statements; and a semicolon before a delimiter belongs to nothing.
        let ends = over && (is_delimiter || !self.body.can_have_body());
        if is_delimiter && !ends {
            self.extend(token);
        }
        ends
    }

    /// Any other token.
    fn read(&mut self, text: &str, token: &Token) -> Result<(), SplitError> {
        let part = &text[token.range.clone()];
        match token.kind {
            Kind::Space => {
                self.after_end &= !part.contains('\n');
                return Ok(());
            }
            Kind::Comment => {
                // Behind a statement, on its last line, it speaks of that one.
                self.after_end &= !part.contains('\n');
                if !self.after_end {
                    self.start.get_or_insert(token.range.start);
                }
                return Ok(());
            }
            Kind::Word => {
                self.sets |= !self.body.has_words() && part.eq_ignore_ascii_case("set");
                self.body.word(part, token.range.start);
                self.copy = self
                    .copy
                    .word(part, self.depth == 0)
                    .map_err(|(problem, hint)| SplitError::new(text, token.range.start, problem, hint))?;
            }
            Kind::Sign(sign) => {
                self.body.sign(sign, token.range.start);
                match sign {
                    b'(' => self.depth += 1,
                    b')' => self.depth = self.depth.saturating_sub(1),
                    _ => {}
                }
                self.copy = self.copy.other();
            }
            Kind::Quoted | Kind::Literal => {
                self.body.other();
                self.copy = self.copy.other();
            }
            Kind::Semicolon | Kind::Delimiter | Kind::ExecutableOpen | Kind::ExecutableClose => {}
        }
        self.after_end = false;
        self.extend(token);
        Ok(())
    }

    /// A token that no SQL has here.
    fn refused(&self, text: &str, token: &Token) -> Option<SplitError> {
        let at = token.range.start;
        let (client, first) = (&self.rules.client, !self.has_code());
        let command = match token.kind {
            Kind::Sign(sign) => char::from(sign) == client.mark && (first || client.mark_anywhere),
            Kind::Word if first => {
                client.words.iter().any(|word| text[token.range.clone()].eq_ignore_ascii_case(word))
            }
            _ => false,
        };
        if command {
            return Some(refused::client_command(text, at, client));
        }
        let dashes = first && self.rules.dash_needs_space && token.kind == Kind::Sign(b'-');
        (dashes && text[at..].starts_with("--")).then(|| refused::no_comment(text, at))
    }

    fn range(&self) -> Option<Range<usize>> {
        Some(self.start?..self.end?)
    }

    /// Its range, unless it is empty.
    fn finish(&self, text: &str) -> Result<Option<Range<usize>>, SplitError> {
        let Some(range) = self.range() else { return Ok(None) };
        match self.sets.then(|| refused::changes_lexing(text, range.clone(), self.rules)).flatten() {
            Some(error) => Err(error),
            None => Ok(Some(range)),
        }
    }

    /// A body that is not followed.
    fn oracle(&self, text: &str, at: usize) -> SplitError {
        SplitError::new(
            text,
            at,
            "a body as Oracle has them begins here, whose end is not known",
            "say where it ends: `DELIMITER //` on a line before it, `//` behind it",
        )
    }

    /// The error of a body that is still open at the end of the text.
    fn unclosed(&self, text: &str) -> Option<SplitError> {
        let way_out = |plain: &str| match self.rules.delimiter {
            true => {
                format!("{plain}; or say yourself where: `DELIMITER //` on a line before it, `//` behind it")
            }
            false => plain.to_owned(),
        };
        if let Some(at) = self.body.open_parenthesis() {
            let problem = "the parenthesis that opens here is never closed";
            return Some(SplitError::new(text, at, problem, way_out("write `)` where it ends")));
        }
        let (_, began) = *self.body.open_frames().first()?;
        let problem = "the body that begins here is never closed";
        let mut error = SplitError::new(text, began, problem, way_out("write `END;` where it ends"));
        for (frame, at) in self.body.open_frames() {
            let (word, end) = frame.words();
            error = error.note(text, *at, format!("`{word}` waits for `{end}`"));
        }
        if let Some((frame, at)) = self.body.wrong_end() {
            let (word, end) = frame.words();
            error = error.note(text, at, format!("this `END` closes `{word}`, which is closed by `{end}`"));
        }
        match self.body.stray_end() {
            Some(at) => {
                Some(error.note(text, at, "this `END` does not count: no semicolon stands before it"))
            }
            None => Some(error),
        }
    }
}
