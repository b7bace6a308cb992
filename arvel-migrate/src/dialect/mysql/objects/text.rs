//! How the text of a routine or trigger begins, and the trigger behind it: what it makes, under which name, for whom.
//!
//! The body is left as it is written.

use crate::{dialect::quote, operation::TableName};

use super::super::QUOTE;

/// A word, a name, a string, or one other character.
#[derive(Clone, Copy)]
struct Token<'a> {
    text: &'a str,
    at: usize,
}

impl Token<'_> {
    fn is(&self, word: &str) -> bool {
        self.text.eq_ignore_ascii_case(word)
    }

    fn end(&self) -> usize {
        self.at + self.text.len()
    }

    /// The name without its quotes.
    fn name(&self) -> String {
        match self.text.chars().next() {
            Some(quote @ (QUOTE | '"' | '\'')) if self.text.len() >= 2 => {
                self.text[1..self.text.len() - 1].replace(&format!("{quote}{quote}"), &quote.to_string())
            }
            _ => self.text.to_owned(),
        }
    }
}

/// The tokens of a text from a place on, one by one.
struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    /// The next token, behind white space and comments.
    fn peek(&self) -> Option<Token<'a>> {
        let at = self.at + blank(&self.text[self.at..]);
        let rest = &self.text[at..];
        let first = rest.chars().next()?;
        let length = match first {
            QUOTE | '"' | '\'' => closing(rest, first),
            c if is_word(c) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            c => c.len_utf8(),
        };
        Some(Token { text: &rest[..length], at })
    }

    fn next(&mut self) -> Option<Token<'a>> {
        let token = self.peek()?;
        self.at = token.end();
        Some(token)
    }

    /// Whether the next word is this one; then it is behind us.
    fn takes(&mut self, word: &str) -> bool {
        let there = self.peek().is_some_and(|token| token.is(word));
        if there {
            self.next();
        }
        there
    }

    /// A name, with the schema before it when there is one.
    fn name(&mut self) -> Option<TableName> {
        let first = self.next()?.name();
        if !self.takes(".") {
            return Some(TableName { schema: None, name: first });
        }
        Some(TableName { schema: Some(first), name: self.next()?.name() })
    }

    /// The rest, from the next token on.
    fn rest(&self) -> &'a str {
        self.peek().map_or("", |token| &self.text[token.at..])
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

/// The length of the white space and the comments with which a text begins.
fn blank(text: &str) -> usize {
    let mut at = 0;
    loop {
        let rest = &text[at..];
        at += match rest {
            _ if rest.starts_with(char::is_whitespace) => rest.len() - rest.trim_start().len(),
            _ if rest.starts_with("/*") && !rest.starts_with("/*!") => {
                rest.find("*/").map_or(rest.len(), |end| end + 2)
            }
            _ if rest.starts_with('#') || rest.starts_with("-- ") || rest.starts_with("--\n") => {
                rest.find('\n').unwrap_or(rest.len())
            }
            _ => return at,
        };
    }
}

/// The end of the quoted piece with which a text begins.
pub(in crate::dialect::mysql) fn closing(text: &str, quote: char) -> usize {
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\\' && quote != QUOTE {
            chars.next();
        } else if c == quote {
            match chars.peek() {
                Some((_, next)) if *next == quote => {
                    chars.next();
                }
                _ => return at + c.len_utf8(),
            }
        }
    }
    text.len()
}

/// How a text begins: `CREATE OR REPLACE DEFINER = x@y AGGREGATE FUNCTION IF NOT EXISTS name`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Head<'a> {
    pub replaces: bool,
    /// The account, as written.
    pub definer: Option<&'a str>,
    pub aggregate: bool,
    /// `FUNCTION`, `PROCEDURE`, `TRIGGER`.
    pub kind: String,
    pub if_not_exists: bool,
    pub name: TableName,
    /// What stands behind the name.
    pub rest: &'a str,
}

/// Reads the beginning; `None` when it is not `CREATE … FUNCTION|PROCEDURE|TRIGGER name`.
pub(super) fn head(text: &str) -> Option<Head<'_>> {
    let mut reader = Reader { text, at: 0 };
    if !reader.takes("create") {
        return None;
    }
    let replaces = reader.takes("or") && reader.takes("replace");
    let definer = match reader.takes("definer") && reader.takes("=") {
        true => Some(account(&mut reader)?),
        false => None,
    };
    let aggregate = reader.takes("aggregate");
    let kind = reader.next()?.text.to_uppercase();
    if !["FUNCTION", "PROCEDURE", "TRIGGER"].contains(&kind.as_str()) {
        return None;
    }
    let if_not_exists = reader.takes("if") && reader.takes("not") && reader.takes("exists");
    let name = reader.name()?;
    let rest = text[reader.at..].trim_end();
    Some(Head { replaces, definer, aggregate, kind, if_not_exists, name, rest })
}

/// `user@host`, `role`, `CURRENT_USER()`.
fn account<'a>(reader: &mut Reader<'a>) -> Option<&'a str> {
    let first = reader.next()?;
    if reader.takes("@") {
        reader.next()?;
    } else if reader.takes("(") {
        reader.takes(")");
    }
    Some(&reader.text[first.at..reader.at])
}

/// Whether an account is the role that migrates, by another word.
pub(super) fn is_own(account: &str) -> bool {
    account.to_lowercase().starts_with("current_user")
}

/// A trigger, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::dialect::mysql) struct Trigger {
    pub name: String,
    /// The account in whose name it runs, when it is not the role that migrates.
    pub definer: Option<String>,
    /// `BEFORE`, `AFTER`.
    pub timing: String,
    /// `INSERT`, `UPDATE`, `DELETE`.
    pub event: String,
    /// `FOLLOWS` or `PRECEDES`, and the other trigger.
    pub place: Option<(String, String)>,
    pub body: String,
}

impl Trigger {
    /// Reads a whole text.
    pub fn read(text: &str) -> Option<Self> {
        let head = head(text).filter(|head| head.kind == "TRIGGER")?;
        let mut reader = Reader { text: head.rest, at: 0 };
        let timing = reader.next()?.text.to_uppercase();
        let start = reader.peek()?.at;
        while !reader.peek()?.is("on") {
            reader.next();
        }
        let event = head.rest[start..reader.at].to_uppercase();
        reader.next();
        reader.name()?;
        if !(reader.takes("for") && reader.takes("each") && reader.takes("row")) {
            return None;
        }
        let word = reader.peek().filter(|token| token.is("follows") || token.is("precedes"));
        let place = match word {
            Some(word) => {
                reader.next();
                Some((word.text.to_uppercase(), reader.next()?.name()))
            }
            None => None,
        };
        Some(Self {
            name: head.name.name,
            definer: head.definer.filter(|account| !is_own(account)).map(str::to_owned),
            timing,
            event,
            place,
            body: reader.rest().trim_end().trim_end_matches(';').trim_end().to_owned(),
        })
    }

    /// The text as an inspection shows it. In another schema than the connection's own, names say which.
    pub fn sql(&self, table: &TableName) -> String {
        let definer =
            self.definer.as_ref().map_or_else(String::new, |account| format!("DEFINER = {account} "));
        let place = self
            .place
            .as_ref()
            .map_or_else(String::new, |(word, other)| format!("{word} {} ", quote::identifier(other, QUOTE)));
        format!(
            "CREATE {definer}TRIGGER {} {} {} ON {} FOR EACH ROW {place}{}",
            named(&TableName { schema: table.schema.clone(), name: self.name.clone() }),
            self.timing,
            self.event,
            named(table),
            self.body,
        )
    }

    /// Whether it fires at the same moment as another, so that their order says which is first.
    pub fn beside(&self, other: &Self) -> bool {
        (&self.timing, &self.event) == (&other.timing, &other.event)
    }
}

/// A name, quoted, with its schema when it has one.
pub(in crate::dialect::mysql) fn named(name: &TableName) -> String {
    let quoted = |name: &str| quote::identifier(name, QUOTE);
    match &name.schema {
        Some(schema) => format!("{}.{}", quoted(schema), quoted(&name.name)),
        None => quoted(&name.name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_of_a_text_is_read() {
        for (text, name, definer, rest) in [
            (
                "create function twice(n int) returns int return n * 2",
                "twice",
                None,
                "(n int) returns int return n * 2",
            ),
            (
                "CREATE DEFINER=`a b`@`%` PROCEDURE `it``s` () SELECT 1 ",
                "it`s",
                Some("`a b`@`%`"),
                " () SELECT 1",
            ),
            (
                "/* x */ CREATE OR REPLACE DEFINER = current_user() AGGREGATE FUNCTION d.f(x int) …",
                "d.f",
                Some("current_user()"),
                "(x int) …",
            ),
            (
                "CREATE DEFINER = root@localhost TRIGGER -- x\n t BEFORE …",
                "t",
                Some("root@localhost"),
                " BEFORE …",
            ),
        ] {
            let head = head(text).unwrap();
            assert_eq!((head.name.to_string().as_str(), head.definer, head.rest), (name, definer, rest));
        }
        for text in ["CREATE VIEW v AS SELECT 1", "DROP FUNCTION f", "CREATE"] {
            assert_eq!(head(text), None, "{text}");
        }
    }

    #[test]
    fn a_trigger_is_read_and_written() {
        let text = "create trigger stamp before update on posts for each row follows other set new.n = 1;";
        let trigger = Trigger::read(text).unwrap();
        let expected = "CREATE TRIGGER `d`.`stamp` BEFORE UPDATE ON `d`.`posts` FOR EACH ROW FOLLOWS `other` set new.n = 1";
        assert_eq!(trigger.sql(&"d.posts".into()), expected);
        assert_eq!(Trigger::read(&trigger.sql(&"posts".into())), Some(trigger));
        assert_eq!(Trigger::read("CREATE TRIGGER t BEFORE"), None);
    }
}
