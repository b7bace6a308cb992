//! Values as MySQL and MariaDB literals: a backslash escapes there, so it is doubled.

use crate::{
    dialect::{Value, quote},
    migration::hex,
};

use super::objects::text::closing;

pub(super) fn literal(value: &Value) -> String {
    match value {
        Value::Null => "NULL".to_owned(),
        Value::Bool(value) => i32::from(*value).to_string(),
        Value::Integer(value) => value.to_string(),
        Value::Float(value) => format!("{value:?}"),
        Value::Text(value) => text(value),
        Value::Bytes(value) => format!("x'{}'", hex(value)),
    }
}

/// A text literal: quotes and backslashes doubled.
pub(super) fn text(value: &str) -> String {
    quote::text(&value.replace('\\', "\\\\"))
}

/// A text literal as the catalog shows it: what can not be seen stands behind a backslash too. It can be said as it is.
pub(super) fn shown(value: &str) -> String {
    text(value).replace('\n', "\\n").replace('\r', "\\r").replace('\0', "\\0").replace('\u{1a}', "\\Z")
}

/// The values of `'a','b')`, as the catalog shows them behind the word `enum(`.
pub(super) fn list(mut text: &str) -> Option<Vec<String>> {
    let mut values = Vec::new();
    loop {
        let end = closing(text.strip_prefix('\'').map(|_| text)?, '\'');
        values.push(read(&text[..end])?);
        match text[end..].strip_prefix(',') {
            Some(more) => text = more,
            None => return (&text[end..] == ")").then_some(values),
        }
    }
}

/// The text of what is a literal as the catalog shows it, and nothing else.
pub(super) fn read(catalog: &str) -> Option<String> {
    let mut rest = catalog.strip_prefix('\'')?.chars();
    let mut text = String::with_capacity(catalog.len());
    loop {
        match rest.next()? {
            '\\' => text.push(match rest.next()? {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                '0' => '\0',
                'Z' => '\u{1a}',
                other => other,
            }),
            '\'' => match rest.next() {
                Some('\'') => text.push('\''),
                None => return Some(text),
                Some(_) => return None,
            },
            c => text.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_shown_and_read_as_it_was() {
        for text in ["it's", "a\nb\r\tc", "back\\slash", "\\n", "'", "nul\0 \u{1a}", ""] {
            assert_eq!(read(&shown(text)).as_deref(), Some(text));
        }
        let values = list("'it''s','a,b','')");
        assert_eq!(values, Some(vec!["it's".to_owned(), "a,b".to_owned(), String::new()]));
        assert_eq!(list("'a' 'b')"), None);
        for other in ["'a' + 'b'", "concat('a')", "'open", "5", "'a\\'"] {
            assert_eq!(read(other), None);
        }
    }
}
