//! Cuts SQL into the few kinds of tokens that matter for finding the end of a statement.
//!
//! Every byte of the text is in exactly one token. All marks are ASCII, so every token ends at a character boundary;
//! what is not ASCII counts as a letter.

use std::ops::Range;

use super::{SplitError, SqlRules, quoted::Suspects};

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
    /// `;`
    Semicolon,
    /// What `DELIMITER` said.
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
    pub(super) text: &'a str,
    pub(super) bytes: &'a [u8],
    pub(super) rules: &'a SqlRules,
    pub(super) suspects: Suspects,
    position: usize,
    /// What ends a statement, once `DELIMITER` has said it.
    delimiter: Option<String>,
    /// Where the executable comment began that the position is in.
    executable: Option<usize>,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str, rules: &'a SqlRules) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            rules,
            suspects: Suspects::default(),
            position: 0,
            delimiter: None,
            executable: None,
        }
    }

    /// What ends a statement; `None` where a semicolon does.
    pub(super) fn delimiter(&self) -> Option<&str> {
        self.delimiter.as_deref()
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
                Some(began) => Err(self.unclosed(began, "comment /*!", "write `*/` where it ends")),
                None => Ok(None),
            };
        }
        let (kind, end) = self.scan(start)?;
        self.position = end;
        Ok(Some(Token { kind, range: start..end }))
    }

    /// Reads the rest of a line that began with the word `DELIMITER`, and obeys it.
    pub(super) fn change_delimiter(&mut self, word: usize) -> Result<(), SplitError> {
        let start = self.position;
        let end = self.line_end(start);
        let line = self.text[start..end].trim_ascii();
        let (wanted, rest) = line.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((line, ""));
        let error = |problem: String, hint: &str| Err(SplitError::new(self.text, word, problem, hint));
        if wanted.is_empty() {
            return error("DELIMITER needs a delimiter".into(), "write it behind, such as `DELIMITER //`");
        }
        if wanted.contains(['\'', '"', '`', '\\']) {
            let problem = "a delimiter can not contain a quote or a backslash";
            return error(problem.into(), "choose another, such as `DELIMITER //`");
        }
        let rest = rest.trim_ascii();
        if !(rest.is_empty() || rest.starts_with('#') || rest.starts_with("--") || rest.starts_with("/*")) {
            let problem = format!("`{rest}` stands behind `DELIMITER {wanted}`, where no client reads it");
            return error(problem, "put it on a line of its own");
        }
        self.delimiter = (wanted != ";").then(|| wanted.to_owned());
        self.position = end;
        Ok(())
    }

    fn scan(&mut self, start: usize) -> Result<(Kind, usize), SplitError> {
        let byte = self.bytes[start];
        let rest = &self.bytes[start..];
        if start == 0 && self.text.starts_with('\u{feff}') {
            return Ok((Kind::Space, '\u{feff}'.len_utf8()));
        }
        if is_space(byte) {
            return Ok((Kind::Space, self.end_of(start, is_space)));
        }
        if let Some(delimiter) = self.delimiter().filter(|delimiter| self.is_at(start, delimiter)) {
            return Ok((Kind::Delimiter, start + delimiter.len()));
        }
        if byte == b';' {
            return Ok((Kind::Semicolon, start + 1));
        }
        if self.line_comment_at(start) {
            return Ok((Kind::Comment, self.comment_line_end(start)));
        }
        if rest.starts_with(b"/*") {
            if let Some(marks) = self.executable_marks(start) {
                self.executable.get_or_insert(start);
                return Ok((Kind::ExecutableOpen, self.end_of(start + marks, |byte| byte.is_ascii_digit())));
            }
            return self.block_comment(start).map(|end| (Kind::Comment, end));
        }
        if self.executable.is_some() && rest.starts_with(b"*/") {
            self.executable = None;
            return Ok((Kind::ExecutableClose, start + 2));
        }
        if let Some(end) = self.quoted(start)? {
            return Ok((Kind::Quoted, end));
        }
        if self.rules.backslash_null && rest.starts_with(b"\\N") {
            return Ok((Kind::Literal, start + 2));
        }
        if is_word_start(byte) || (byte == b'$' && !self.rules.dollar_quotes) {
            return Ok((Kind::Word, self.word_end(start)));
        }
        if byte == b'@' && self.rules.at_variables {
            let name = self.end_of(start, |byte| byte == b'@');
            let end = self.word_end(name);
            return Ok(if end > name { (Kind::Literal, end) } else { (Kind::Sign(byte), start + 1) });
        }
        if byte.is_ascii_digit() {
            return Ok((Kind::Literal, self.number_end(start)));
        }
        Ok((Kind::Sign(byte), start + 1))
    }

    pub(super) fn end_of(&self, start: usize, belongs: impl Fn(u8) -> bool) -> usize {
        let rest = self.bytes.get(start..).unwrap_or_default();
        start + rest.iter().take_while(|byte| belongs(**byte)).count()
    }

    fn line_end(&self, start: usize) -> usize {
        self.end_of(start, |byte| byte != b'\n')
    }

    /// The end of a `--` comment.
    pub(super) fn comment_line_end(&self, start: usize) -> usize {
        let at_return = self.rules.return_ends_comment;
        self.end_of(start, |byte| byte != b'\n' && !(at_return && byte == b'\r'))
    }

    fn is_at(&self, at: usize, delimiter: &str) -> bool {
        let Some(after) = self.bytes[at..].strip_prefix(delimiter.as_bytes()) else { return false };
        let ends_in_word = delimiter.bytes().last().is_some_and(is_word);
        let begins_in_word = delimiter.bytes().next().is_some_and(is_word_start);
        // `END$$` ends at `$$`, but with `DELIMITER go` the word `category` must stay whole.
        !(begins_in_word && ends_in_word && after.first().is_some_and(|byte| is_word(*byte)))
    }

    pub(super) fn word_end(&self, start: usize) -> usize {
        self.run_end(start, is_word)
    }

    /// `$` ends a number, or `1$$` would swallow a dollar quote; but letters behind it are a name, and `1a$$` is one.
    fn number_end(&self, start: usize) -> usize {
        let end = self.end_of(start, |byte| byte.is_ascii_digit());
        if self.bytes.get(end).copied().is_some_and(is_word_start) { self.word_end(end) } else { end }
    }

    /// The end of a run of characters, or where a delimiter that is none of letters cuts it.
    fn run_end(&self, start: usize, belongs: fn(u8) -> bool) -> usize {
        let end = self.end_of(start, belongs);
        let cuts = |delimiter: &&str| !delimiter.bytes().next().is_some_and(is_word_start);
        let Some(delimiter) = self.delimiter().filter(cuts) else { return end };
        (start + 1..end).find(|at| self.is_at(*at, delimiter)).unwrap_or(end)
    }

    fn line_comment_at(&self, at: usize) -> bool {
        let rest = &self.bytes[at..];
        if self.rules.hash_comments && rest.first() == Some(&b'#') {
            return true;
        }
        let spaced = rest.get(2).is_none_or(|byte| is_space(*byte) || byte.is_ascii_control());
        rest.starts_with(b"--") && (spaced || !self.rules.dash_needs_space)
    }

    /// How long the mark of an executable comment is, where one begins. Inside of one they do not nest: the first `*/`
    /// closes all. A version that no server will ever have makes it a comment like others.
    fn executable_marks(&self, start: usize) -> Option<usize> {
        let inside = &self.bytes[start + 2..];
        let (length, version) = match inside {
            _ if !self.rules.executable_comments => return None,
            [b'!', version @ ..] => (3, version),
            [b'M', b'!', version @ ..] => (4, version),
            _ => return None,
        };
        (!version.starts_with(b"99999")).then_some(length)
    }
}

pub(super) fn is_space(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == b'\x0b'
}

fn is_word_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || !byte.is_ascii()
}

pub(super) fn is_word(byte: u8) -> bool {
    is_word_start(byte) || byte.is_ascii_digit() || byte == b'$'
}
