//! Names as the server shows them: bare where they may stand bare, else quoted. What is sent is quoted always; this is
//! for what is folded, so that it equals what an inspection reads.

use crate::{dialect::quote, operation::TableName};

use super::QUOTE;

/// An identifier as `quote_ident()` shows it.
pub(super) fn shown(name: &str) -> String {
    let mut chars = name.bytes();
    let plain = chars.next().is_some_and(|first| first.is_ascii_lowercase() || first == b'_')
        && chars.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'_');
    match plain && !RESERVED.split(' ').any(|word| word == name) {
        true => name.to_owned(),
        false => quote::identifier(name, QUOTE),
    }
}

/// A name with its schema when one was written.
pub(super) fn shown_qualified(name: &TableName) -> String {
    match &name.schema {
        Some(schema) => format!("{}.{}", shown(schema), shown(&name.name)),
        None => shown(&name.name),
    }
}

/// A name with its schema, quoted.
pub(super) fn quoted(name: &TableName) -> String {
    let last = quote::identifier(&name.name, QUOTE);
    match &name.schema {
        Some(schema) => format!("{}.{last}", quote::identifier(schema, QUOTE)),
        None => last,
    }
}

/// The identifier with which a text of the server begins, and what follows it.
pub(super) fn read(text: &str) -> Option<(String, &str)> {
    let Some(mut rest) = text.strip_prefix(QUOTE) else {
        let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(text.len());
        let (word, rest) = text.split_at(end);
        return (shown(word) == word).then(|| (word.to_owned(), rest));
    };
    let mut name = String::new();
    loop {
        let (part, after) = rest.split_once(QUOTE)?;
        name.push_str(part);
        match after.strip_prefix(QUOTE) {
            Some(more) => {
                name.push(QUOTE);
                rest = more;
            }
            None => return Some((name, after)),
        }
    }
}

/// The words of `pg_get_keywords()` that are not of category U, in version 15.
const RESERVED: &str = "\
    all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both \
    case cast char character check coalesce collate collation column concurrently constraint create cross \
    current_catalog current_date current_role current_schema current_time current_timestamp current_user dec \
    decimal default deferrable desc distinct do else end except exists extract false fetch float for foreign \
    freeze from full grant greatest group grouping having ilike in initially inner inout int integer \
    intersect interval into is isnull join lateral leading least left like limit localtime localtimestamp \
    national natural nchar none normalize not notnull null nullif numeric offset on only or order out outer \
    overlaps overlay placing position precision primary real references returning right row select \
    session_user setof similar smallint some substring symmetric table tablesample then time timestamp to \
    trailing treat trim true union unique user using values varchar variadic verbose when where window with \
    xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize \
    xmltable";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_must_be_is_quoted() {
        for (name, expected) in [
            ("mood", "mood"),
            ("_a1", "_a1"),
            ("Mood", "\"Mood\""),
            ("1a", "\"1a\""),
            ("order", "\"order\""),
            ("a b", "\"a b\""),
            ("größe", "\"größe\""),
            ("a\"b", "\"a\"\"b\""),
            ("", "\"\""),
        ] {
            assert_eq!(shown(name), expected);
            assert_eq!(read(&format!("{expected}::text")), Some((name.to_owned(), "::text")));
        }
        assert_eq!(read("order by"), None);
    }
}
