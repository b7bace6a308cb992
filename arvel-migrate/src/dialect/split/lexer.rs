//! Cuts SQL into the few kinds of tokens that matter for finding the end of a statement.
//!
//! Every byte of the text is in exactly one token. All marks are ASCII, so every token ends at a character boundary;
//! what is not ASCII counts as a letter.

use std::ops::Range;

use super::{SplitError, SqlRules, line_at};

/// What a token is to the splitter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// White space.
    Space,
    /// A comment that is not run.
    Comment,
    /// A string, a quoted identifier or a dollar quote.
    Quoted,
    /// A bare word: a keyword or a name.
    Word,
    /// A number, a variable: a word that is never a keyword.
    Literal,
    /// The delimiter of statements.
    Delimiter,
    /// `/*!50003`: what follows is run.
    ExecutableOpen,
    /// The end of an executable comment.
    ExecutableClose,
    /// Any other character.
    Sign(u8),
}

/// One token and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) range: Range<usize>,
}

pub(super) struct Lexer<'a> {
    text: &'a str,
    bytes: &'a [u8],
    rules: &'a SqlRules,
    position: usize,
    /// What ends a statement; `DELIMITER` changes it.
    delimiter: String,
    /// Where the executable comment began that the position is in.
    executable: Option<usize>,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str, rules: &'a SqlRules) -> Self {
        let delimiter = ";".to_owned();
        Self { text, bytes: text.as_bytes(), rules, position: 0, delimiter, executable: None }
    }

    /// Whether statements end at `;`, as they do until `DELIMITER` says otherwise.
    pub(super) fn standard_delimiter(&self) -> bool {
        self.delimiter == ";"
    }

    /// Whether the position is in `/*! … */`, where a delimiter ends nothing.
    pub(super) fn in_executable_comment(&self) -> bool {
        self.executable.is_some()
    }

    /// The next token; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Token>, SplitError> {
        let start = self.position;
        if start >= self.bytes.len() {
            return match self.executable {
                Some(began) => Err(self.unclosed(began, "the comment /*! is never closed")),
                None => Ok(None),
            };
        }
        let (kind, end) = self.scan(start)?;
        self.position = end;
        Ok(Some(Token { kind, range: start..end }))
    }

    /// Reads the rest of a line that began with the word `DELIMITER`, and obeys it.
    pub(super) fn change_delimiter(&mut self) -> Result<(), SplitError> {
        let start = self.position;
        let end = self.line_end(start);
        let wanted = self.text[start..end].split_ascii_whitespace().next().unwrap_or("");
        if wanted.is_empty() {
            return Err(self.unclosed(start, "DELIMITER needs a delimiter, such as `DELIMITER //`"));
        }
        if wanted.contains(['\'', '"', '`', '\\']) {
            return Err(self.unclosed(start, "a delimiter can not contain a quote or a backslash"));
        }
        wanted.clone_into(&mut self.delimiter);
        self.position = end;
        Ok(())
    }

    fn scan(&mut self, start: usize) -> Result<(Kind, usize), SplitError> {
        let byte = self.bytes[start];
        let rest = &self.bytes[start..];
        if start == 0 && self.text.starts_with('\u{feff}') {
            return Ok((Kind::Space, '\u{feff}'.len_utf8()));
        }
        if byte.is_ascii_whitespace() {
            return Ok((Kind::Space, self.end_of(start, |byte| byte.is_ascii_whitespace())));
        }
        if self.delimiter_at(start) {
            return Ok((Kind::Delimiter, start + self.delimiter.len()));
        }
        if self.line_comment_at(start) {
            return Ok((Kind::Comment, self.line_end(start)));
        }
        if rest.starts_with(b"/*") {
            return self.block_comment(start);
        }
        if self.executable.is_some() && rest.starts_with(b"*/") {
            self.executable = None;
            return Ok((Kind::ExecutableClose, start + 2));
        }
        if byte == b'\'' {
            return Ok((Kind::Quoted, self.quoted(start, byte, self.rules.backslash_escapes)?));
        }
        if byte == b'"' && self.rules.double_quoted_strings {
            return Ok((Kind::Quoted, self.quoted(start, byte, self.rules.backslash_escapes)?));
        }
        if let Some((_, close)) =
            self.rules.identifier_quotes.iter().find(|(open, _)| *open == char::from(byte))
        {
            let end = if *close == char::from(byte) {
                self.quoted(start, byte, false)?
            } else {
                self.bracketed(start, *close)?
            };
            return Ok((Kind::Quoted, end));
        }
        if byte == b'$' && self.rules.dollar_quotes {
            return match self.dollar_tag(start) {
                Some(tag) => Ok((Kind::Quoted, self.dollar_quoted(start, tag)?)),
                None => Ok((Kind::Sign(byte), start + 1)),
            };
        }
        if is_word_start(byte) || byte == b'$' {
            let end = self.word_end(start);
            let escapes = self.rules.escape_strings
                && self.text[start..end].eq_ignore_ascii_case("e")
                && self.bytes.get(end) == Some(&b'\'');
            if escapes {
                return Ok((Kind::Quoted, self.escape_string(start, end)?));
            }
            return Ok((Kind::Word, end));
        }
        if byte == b'@' {
            let name = self.end_of(start, |byte| byte == b'@');
            let end = self.word_end(name);
            return Ok(if end > name { (Kind::Literal, end) } else { (Kind::Sign(byte), start + 1) });
        }
        if byte.is_ascii_digit() {
            return Ok((Kind::Literal, self.number_end(start)));
        }
        Ok((Kind::Sign(byte), start + 1))
    }

    fn end_of(&self, start: usize, belongs: impl Fn(u8) -> bool) -> usize {
        let length = self.bytes[start..].iter().take_while(|byte| belongs(**byte)).count();
        start + length
    }

    fn line_end(&self, start: usize) -> usize {
        self.end_of(start, |byte| byte != b'\n')
    }

    fn delimiter_at(&self, at: usize) -> bool {
        let Some(after) = self.bytes[at..].strip_prefix(self.delimiter.as_bytes()) else { return false };
        let ends_in_word = self.delimiter.bytes().last().is_some_and(is_word);
        let begins_in_word = self.delimiter.bytes().next().is_some_and(is_word_start);
        // `END$$` ends at `$$`, but with `DELIMITER go` the word `category` must stay whole.
        !(begins_in_word && ends_in_word && after.first().is_some_and(|byte| is_word(*byte)))
    }

    fn word_end(&self, start: usize) -> usize {
        self.run_end(start, is_word)
    }

    /// `$` ends a number, or `1$$` would swallow a dollar quote.
    fn number_end(&self, start: usize) -> usize {
        self.run_end(start, |byte| byte != b'$' && is_word(byte))
    }

    fn run_end(&self, start: usize, belongs: fn(u8) -> bool) -> usize {
        let delimiter_is_sign = !self.delimiter.bytes().next().is_some_and(is_word_start);
        let mut end = start;
        while end < self.bytes.len() && belongs(self.bytes[end]) {
            if delimiter_is_sign && end > start && self.delimiter_at(end) {
                break;
            }
            end += 1;
        }
        end
    }

    fn line_comment_at(&self, at: usize) -> bool {
        let rest = &self.bytes[at..];
        if self.rules.hash_comments && rest.first() == Some(&b'#') {
            return true;
        }
        let spaced = rest.get(2).is_none_or(|byte| byte.is_ascii_whitespace() || byte.is_ascii_control());
        rest.starts_with(b"--") && (spaced || !self.rules.dash_needs_space)
    }

    fn block_comment(&mut self, start: usize) -> Result<(Kind, usize), SplitError> {
        let inside = &self.bytes[start + 2..];
        let marked = inside.starts_with(b"!") || inside.starts_with(b"M!");
        if self.rules.executable_comments && marked && self.executable.is_none() {
            self.executable = Some(start);
            let mark = if inside.starts_with(b"!") { 3 } else { 4 };
            return Ok((Kind::ExecutableOpen, self.end_of(start + mark, |byte| byte.is_ascii_digit())));
        }
        let mut depth = 1;
        let mut at = start + 2;
        while at < self.bytes.len() {
            let rest = &self.bytes[at..];
            if rest.starts_with(b"*/") {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    return Ok((Kind::Comment, at));
                }
            } else if self.rules.nested_comments && rest.starts_with(b"/*") {
                depth += 1;
                at += 2;
            } else {
                at += 1;
            }
        }
        Err(self.unclosed(start, "the comment /* is never closed"))
    }

    /// The end of what `quote` opened at `start`; a doubled quote stays inside.
    fn quoted(&self, start: usize, quote: u8, backslash: bool) -> Result<usize, SplitError> {
        self.quoted_from(start, start + 1, quote, backslash)
    }

    fn quoted_from(
        &self,
        start: usize,
        from: usize,
        quote: u8,
        backslash: bool,
    ) -> Result<usize, SplitError> {
        let mut at = from;
        while at < self.bytes.len() {
            let byte = self.bytes[at];
            let doubled = byte == quote && self.bytes.get(at + 1) == Some(&quote);
            if doubled || (backslash && byte == b'\\') {
                at += 2;
            } else if byte == quote {
                return Ok(at + 1);
            } else {
                at += 1;
            }
        }
        Err(self.unclosed(start, &format!("the quote {} is never closed", char::from(quote))))
    }

    /// `E'…'` with its continuations: a string on a later line goes on with the same rules (PostgreSQL manual, 4.1.2).
    fn escape_string(&self, start: usize, quote: usize) -> Result<usize, SplitError> {
        let mut end = self.quoted_from(start, quote + 1, b'\'', true)?;
        while let Some(next) = self.continuation(end) {
            end = self.quoted_from(start, next + 1, b'\'', true)?;
        }
        Ok(end)
    }

    /// The quote that continues a string which ended at `at`: only space and `--` comments between, and a new line.
    fn continuation(&self, at: usize) -> Option<usize> {
        let mut next = at;
        loop {
            let after_space = self.end_of(next, |byte| byte.is_ascii_whitespace());
            if !self.bytes[after_space..].starts_with(b"--") {
                let on_a_later_line = self.bytes[at..after_space].contains(&b'\n');
                return (on_a_later_line && self.bytes.get(after_space) == Some(&b'\''))
                    .then_some(after_space);
            }
            next = self.line_end(after_space);
        }
    }

    /// `[name]`: no doubling (SQLite).
    fn bracketed(&self, start: usize, close: char) -> Result<usize, SplitError> {
        match self.text[start..].find(close) {
            Some(length) => Ok(start + length + close.len_utf8()),
            None => {
                Err(self
                    .unclosed(start, &format!("the quote {} is never closed", char::from(self.bytes[start]))))
            }
        }
    }

    /// The mark `$tag$` at `start`, if there is one; `$1` is not.
    fn dollar_tag(&self, start: usize) -> Option<&'a str> {
        let end = self.end_of(start + 1, |byte| byte != b'$' && is_word(byte));
        let digit = self.bytes.get(start + 1).is_some_and(u8::is_ascii_digit);
        (!digit && self.bytes.get(end) == Some(&b'$')).then(|| &self.text[start..=end])
    }

    fn dollar_quoted(&self, start: usize, tag: &str) -> Result<usize, SplitError> {
        let inside = start + tag.len();
        match self.text[inside..].find(tag) {
            Some(length) => Ok(inside + length + tag.len()),
            None => Err(self.unclosed(start, &format!("the quote {tag} is never closed"))),
        }
    }

    fn unclosed(&self, start: usize, problem: &str) -> SplitError {
        SplitError { line: line_at(self.text, start), problem: problem.to_owned() }
    }
}

fn is_word_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || !byte.is_ascii()
}

fn is_word(byte: u8) -> bool {
    is_word_start(byte) || byte.is_ascii_digit() || byte == b'$'
}
