//! By what rows are split: as it is written, and as the catalog shows it.

use crate::operation::PartitionStrategy;

use super::super::{QUOTE, name};

/// What one key is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Key<'k> {
    Column(&'k str),
    /// Valid as it stands: a call, something in parentheses, a column with a collation or an operator class.
    AsWritten(&'k str),
    Expression(&'k str),
}

impl<'k> Key<'k> {
    pub(super) fn of(key: &'k str, is_column: &dyn Fn(&str) -> bool) -> Self {
        let text = key.trim();
        if is_column(key) {
            return Key::Column(key);
        }
        let column = name::read(text).filter(|(name, _)| is_column(name));
        let behind = match text.find('(') {
            Some(0) => closed(text),
            Some(at) if text[..at].chars().all(|c| c.is_alphanumeric() || c == '_' || c == '.') => {
                closed(&text[at..])
            }
            _ => column.map(|(_, rest)| rest).filter(|rest| rest.starts_with(char::is_whitespace)),
        };
        match behind.map(str::trim) {
            Some(rest) if is_suffix(rest) => Key::AsWritten(text),
            _ => Key::Expression(text),
        }
    }
}

/// Whether it is nothing, a collation, or the name of an operator class.
fn is_suffix(text: &str) -> bool {
    let word = |text: &str| name::read(text).is_some_and(|(_, rest)| rest.trim().is_empty());
    let collate = text.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("collate"));
    text.is_empty() || collate || word(text)
}

/// What follows the parenthesis with which the text begins.
fn closed(text: &str) -> Option<&str> {
    let (mut depth, mut quote) = (0_usize, None);
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '\'' | QUOTE) => quote = Some(c),
            (None, '(') => depth += 1,
            (None, ')') if depth == 1 => return text.get(at + 1..),
            (None, ')') => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
    None
}

/// The parts of a list, at the commas that stand in no parenthesis and no quotes.
fn parts(text: &str) -> Vec<&str> {
    let (mut found, mut start, mut depth, mut quote) = (Vec::new(), 0, 0_i32, None);
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '\'' | QUOTE) => quote = Some(c),
            (None, '(') => depth += 1,
            (None, ')') => depth -= 1,
            (None, ',') if depth == 0 => {
                found.push(text[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(text[start..].trim());
    found
}

/// `RANGE (a, lower(b))` taken apart; `None` where it is not of that form.
pub(super) fn read(text: &str) -> Option<(PartitionStrategy, Vec<&str>)> {
    let (strategy, keys) = text.split_once(" (")?;
    let strategy = match strategy {
        "RANGE" => PartitionStrategy::Range,
        "LIST" => PartitionStrategy::List,
        "HASH" => PartitionStrategy::Hash,
        _ => return None,
    };
    Some((strategy, parts(keys.strip_suffix(')')?)))
}

/// A key as it is written in a definition: a column without quotes.
pub(super) fn written(shown: &str, columns: &[&str]) -> String {
    match name::read(shown) {
        Some((name, "")) if columns.contains(&name.as_str()) => name,
        _ => shown.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_a_column_or_stands_by_itself_or_needs_parentheses() {
        let is_column = |name: &str| ["a", "Odd name"].contains(&name);
        for key in
            ["lower(a)", "(a + 1)", "date_trunc('day)', a)", "a COLLATE \"C\"", "a int4_ops", "f(a) int4_ops"]
        {
            assert!(Key::of(key, &is_column) == Key::AsWritten(key), "{key}");
        }
        for key in ["a + 1", "lower(a) || 'x'", "(a) + (1)", "a IS NULL", "Odd name || a"] {
            assert!(Key::of(key, &is_column) == Key::Expression(key), "{key}");
        }
        assert!(Key::of("Odd name", &is_column) == Key::Column("Odd name"));
    }

    #[test]
    fn what_the_catalog_shows_is_read() {
        let (strategy, keys) =
            read("RANGE (\"D, d\", lower(n) text_pattern_ops, ((x + 1)), f(a, b))").unwrap();
        assert_eq!(strategy, PartitionStrategy::Range);
        assert_eq!(keys, ["\"D, d\"", "lower(n) text_pattern_ops", "((x + 1))", "f(a, b)"]);
        assert_eq!(written("\"D, d\"", &["D, d"]), "D, d");
    }
}
