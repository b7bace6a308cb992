//! The part of the lexer that reads what semicolons can hide in: strings, quoted names, dollar quotes, comments.
//!
//! When one of them is never closed, the mistake often stands far above the place where that shows: so it remembers
//! quotes on the way that look wrong.

use super::{
    SplitError,
    lexer::{Lexer, is_space, is_word},
};

/// What looks wrong, though it can be right. The first of each kind.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Suspects {
    /// A string that ends directly before a letter: `'it's`.
    before_letter: Option<usize>,
    /// A string that ends behind a backslash, where a backslash escapes nothing.
    behind_backslash: Option<usize>,
    /// An escaped quote where a string seems to end: `'C:\')`.
    escaped: Option<usize>,
}

impl Lexer<'_> {
    /// The end of the quoted thing that begins here, if one does.
    pub(super) fn quoted(&mut self, start: usize) -> Result<Option<usize>, SplitError> {
        let byte = self.bytes[start];
        if byte == b'\'' || (byte == b'"' && self.rules.double_quoted_strings) {
            return self.string(start, start, self.rules.backslash_escapes).map(Some);
        }
        if let Some((open, close)) =
            self.rules.identifier_quotes.iter().find(|(open, _)| *open == char::from(byte))
        {
            let end = if open == close { self.doubled(start, byte) } else { self.bracketed(start, *close) };
            let hint = format!("close it with `{close}`");
            return end.map_or_else(
                || Err(self.unclosed(start, &format!("quote {open}"), &hint)),
                |end| Ok(Some(end)),
            );
        }
        if byte == b'$' && self.rules.dollar_quotes {
            return self.dollar_tag(start).map(|tag| self.dollar_quoted(start, tag)).transpose();
        }
        let escape_string = self.rules.escape_strings
            && byte.eq_ignore_ascii_case(&b'e')
            && self.bytes.get(start + 1) == Some(&b'\'');
        if escape_string { self.escape_string(start).map(Some) } else { Ok(None) }
    }

    /// The end of a string whose quote is at `quote`. What is never closed began at `start`.
    fn string(&mut self, start: usize, quote: usize, backslash: bool) -> Result<usize, SplitError> {
        let mark = self.bytes[quote];
        let mut at = quote + 1;
        while let Some(&byte) = self.bytes.get(at) {
            let next = self.bytes.get(at + 1).copied();
            if backslash && byte == b'\\' {
                if next == Some(mark) && matches!(self.bytes.get(at + 2), Some(b',' | b')' | b';')) {
                    self.suspects.escaped.get_or_insert(at);
                }
                at += 2;
            } else if byte != mark {
                at += 1;
            } else if next == Some(mark) {
                at += 2;
            } else {
                if next.is_some_and(|byte| byte.is_ascii_alphabetic()) {
                    self.suspects.before_letter.get_or_insert(at);
                }
                if !backslash && self.bytes[at - 1] == b'\\' {
                    self.suspects.behind_backslash.get_or_insert(at);
                }
                return Ok(at + 1);
            }
        }
        let mark = char::from(mark);
        let hint = format!("close it; inside of it a {mark} is written twice: {mark}{mark}");
        Err(self.with_suspects(self.unclosed(start, &format!("quote {mark}"), &hint)))
    }

    /// The end of what is closed by its own quote; a doubled quote stays inside.
    fn doubled(&self, start: usize, quote: u8) -> Option<usize> {
        let mut at = start + 1;
        loop {
            at = self.end_of(at, |byte| byte != quote);
            match (self.bytes.get(at), self.bytes.get(at + 1)) {
                (None, _) => return None,
                (_, Some(next)) if *next == quote => at += 2,
                _ => return Some(at + 1),
            }
        }
    }

    /// `[name]`: no doubling (SQLite).
    fn bracketed(&self, start: usize, close: char) -> Option<usize> {
        self.text[start..].find(close).map(|length| start + length + close.len_utf8())
    }

    /// `E'…'` with its continuations: a string on a later line goes on with the same rules (PostgreSQL manual, 4.1.2).
    fn escape_string(&mut self, start: usize) -> Result<usize, SplitError> {
        let mut end = self.string(start, start + 1, true)?;
        while let Some(next) = self.continuation(end) {
            end = self.string(start, next, true)?;
        }
        Ok(end)
    }

    /// The quote that continues a string which ended at `at`: only space and `--` comments between, and a new line.
    fn continuation(&self, at: usize) -> Option<usize> {
        let mut next = at;
        loop {
            let after_space = self.end_of(next, is_space);
            if !self.bytes[after_space..].starts_with(b"--") {
                let on_a_later_line =
                    self.bytes[at..after_space].iter().any(|byte| matches!(byte, b'\n' | b'\r'));
                return (on_a_later_line && self.bytes.get(after_space) == Some(&b'\''))
                    .then_some(after_space);
            }
            next = self.comment_line_end(after_space);
        }
    }

    /// The mark `$tag$` at `start`, if there is one; `$1` is not.
    fn dollar_tag(&self, start: usize) -> Option<&str> {
        let end = self.end_of(start + 1, |byte| byte != b'$' && is_word(byte));
        let digit = self.bytes.get(start + 1).is_some_and(u8::is_ascii_digit);
        (!digit && self.bytes.get(end) == Some(&b'$')).then(|| &self.text[start..=end])
    }

    fn dollar_quoted(&self, start: usize, tag: &str) -> Result<usize, SplitError> {
        let inside = start + tag.len();
        if let Some(length) = self.text[inside..].find(tag) {
            return Ok(inside + length + tag.len());
        }
        let error = self.unclosed(start, &format!("quote {tag}"), &format!("write `{tag}` where it ends"));
        let lower = self.text[inside..].to_ascii_lowercase();
        Err(match lower.find(&tag.to_ascii_lowercase()) {
            Some(length) => {
                let at = inside + length;
                let note = format!(
                    "`{}` does not close it: the case of its letters counts",
                    &self.text[at..at + tag.len()]
                );
                error.note(self.text, at, note)
            }
            None => error,
        })
    }

    /// The end of a comment `/* … */`.
    pub(super) fn block_comment(&self, start: usize) -> Result<usize, SplitError> {
        let mut open = vec![start];
        let mut nested = None;
        let mut at = start + 2;
        while at < self.bytes.len() {
            let rest = &self.bytes[at..];
            if rest.starts_with(b"*/") {
                open.pop();
                at += 2;
                if open.is_empty() {
                    return Ok(at);
                }
            } else if self.rules.nested_comments && rest.starts_with(b"/*") {
                nested = nested.or(Some(at));
                open.push(at);
                at += 2;
            } else {
                at += 1;
            }
        }
        let error = self.unclosed(start, "comment /*", "write `*/` where it ends");
        Err(match nested {
            Some(at) => error.note(self.text, at, "comments nest: this `/*` needs a `*/` of its own"),
            None => error,
        })
    }

    /// The error of what opens at a place and is never closed.
    pub(super) fn unclosed(&self, start: usize, what: &str, hint: &str) -> SplitError {
        let problem = format!("the {what} that opens here is never closed");
        let last = self.text.trim_end().len();
        let error = SplitError::new(self.text, start, problem, hint);
        let on_one_line = !self.text[start..].trim_end().contains('\n');
        if on_one_line {
            error
        } else {
            error.note(self.text, last, "the text ends here, still inside of it")
        }
    }

    fn with_suspects(&self, mut error: SplitError) -> SplitError {
        let Suspects { before_letter, behind_backslash, escaped } = self.suspects;
        let notes = [
            (
                before_letter.filter(|at| Some(*at) != behind_backslash),
                "a string ends directly before a letter; an apostrophe inside of one is written twice",
            ),
            (behind_backslash, "a string ends behind a backslash, which escapes nothing in it"),
            (escaped, "the backslash escapes the quote behind it, which so does not end the string"),
        ];
        for (at, note) in notes {
            if let Some(at) = at {
                error = error.note(self.text, at, format!("`{}`: {note}", self.around(at)));
            }
        }
        error
    }

    /// A few characters around a place, on its line, as they would be quoted in prose.
    fn around(&self, at: usize) -> String {
        const REACH: usize = 12;
        let (before, behind) = self.text.split_at(at);
        let before = before.rsplit('\n').next().unwrap_or_default();
        let behind = behind.lines().next().unwrap_or_default();
        let from = before.char_indices().rev().take(REACH).last().map_or(before.len(), |(at, _)| at);
        let to = behind.char_indices().nth(REACH).map_or(behind.len(), |(at, _)| at);
        format!("{}{}", &before[from..], &behind[..to]).trim().to_owned()
    }
}
