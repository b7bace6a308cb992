//! Names inside free text: what a rename does to the expressions and keys of a folded schema.
//!
//! Expressions stay text, so a name is found as a whole word or as a quoted identifier, never inside a literal.

use crate::{
    dialect::quote,
    operation::TableName,
    schema::{DatabaseSchema, Table},
};

/// Whether an expression mentions a column.
pub(crate) fn mentions(expression: &str, name: &str, quote: char) -> bool {
    replace(expression, name, "\0", quote) != expression
}

/// The expression with a column under another name. A bare word stays bare.
pub(crate) fn replace(expression: &str, from: &str, to: &str, quote: char) -> String {
    let quoted = quote::identifier(from, quote);
    let mut out = String::with_capacity(expression.len());
    let mut rest = expression;
    while let Some(c) = rest.chars().next() {
        if c == '\'' || c == quote {
            let end = closing(rest, c);
            let (piece, after) = rest.split_at(end);
            if c == quote && piece == quoted {
                out.push_str(&quote::identifier(to, quote));
            } else {
                out.push_str(piece);
            }
            rest = after;
        } else if is_word(c) {
            let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            out.push_str(if word == from { to } else { word });
            rest = after;
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

/// The end of the quoted piece with which `text` begins; a doubled quote stays inside.
fn closing(text: &str, quote: char) -> usize {
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if c == quote {
            if chars.peek().is_some_and(|(_, next)| *next == quote) {
                chars.next();
            } else {
                return at + c.len_utf8();
            }
        }
    }
    text.len()
}

/// A column of the table under another name, in its keys, indexes and expressions.
pub(crate) fn rename_column(table: &mut Table, from: &str, to: &str, quote: char) {
    let rename = |names: &mut Vec<String>| {
        for name in names.iter_mut().filter(|name| *name == from) {
            to.clone_into(name);
        }
    };
    for column in &mut table.columns {
        if column.name == from {
            to.clone_into(&mut column.name);
        }
        if let Some((expression, _)) = &mut column.generated {
            *expression = replace(expression, from, to, quote);
        }
    }
    if let Some(key) = &mut table.primary_key {
        rename(&mut key.columns);
    }
    for index in &mut table.indexes {
        rename(&mut index.columns);
        if let Some(sql) = &mut index.sql {
            *sql = replace(sql, from, to, quote);
        }
    }
    for key in &mut table.foreign_keys {
        rename(&mut key.columns);
    }
    for check in &mut table.checks {
        check.expression = replace(&check.expression, from, to, quote);
    }
}

/// A renamed column in the foreign keys that reference it.
pub(crate) fn rename_referenced(schema: &mut DatabaseSchema, table: &TableName, from: &str, to: &str) {
    let keys = schema.tables.values_mut().flat_map(|table| &mut table.foreign_keys);
    for key in keys.filter(|key| &key.references == table) {
        for name in key.referenced_columns.iter_mut().filter(|name| *name == from) {
            to.clone_into(name);
        }
    }
}

/// A table under another name, also in the foreign keys that reference it.
pub(crate) fn rename_table(schema: &mut DatabaseSchema, from: &TableName, to: &TableName) {
    if let Some(table) = schema.tables.remove(from) {
        schema.tables.insert(to.clone(), table);
    }
    let keys = schema.tables.values_mut().flat_map(|table| &mut table.foreign_keys);
    for key in keys.filter(|key| &key.references == from) {
        key.references = to.clone();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_names_outside_of_literals_are_replaced() {
        for (text, after) in [
            ("price > 0", "cost > 0"),
            ("(price)::text <> 'price'", "(cost)::text <> 'price'"),
            ("price_total + \"price\"", "price_total + \"cost\""),
            ("x = 'it''s price' AND price IS NULL", "x = 'it''s price' AND cost IS NULL"),
        ] {
            assert_eq!(replace(text, "price", "cost", '"'), after);
        }
        assert!(!mentions("prices > 0", "price", '"'));
    }
}
