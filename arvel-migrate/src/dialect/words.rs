//! Names inside free text: what a rename does to the expressions and keys of a folded schema.
//!
//! Expressions stay text, so a name is found as a whole word or as a quoted identifier, never inside a literal.

use crate::{
    dialect::quote,
    operation::{IndexKey, TableName},
    schema::{DatabaseSchema, Table},
};

/// How names stand in the text of a database.
#[derive(Clone, Copy)]
pub(crate) struct Spelling {
    /// The quote of identifiers.
    pub quote: char,
    /// Whether a bare word is read in lower case.
    pub lower: bool,
    /// The new name, where the old one stood bare (`false`) or quoted.
    pub write: fn(&Self, &str, bool) -> String,
}

/// A quoted name stays quoted, and a bare word bare where the new name can be said so.
impl From<char> for Spelling {
    fn from(quote: char) -> Self {
        let write = |spelling: &Self, name: &str, quoted| match quoted || needs_quotes(name) {
            true => quote::identifier(name, spelling.quote),
            false => name.to_owned(),
        };
        Self { quote, lower: false, write }
    }
}

/// Whether an expression mentions a column.
pub(crate) fn mentions(expression: &str, name: &str, spelling: impl Into<Spelling>) -> bool {
    let spelling = Spelling { write: |_, name, _| name.to_owned(), ..spelling.into() };
    replace(expression, name, "\0", spelling).contains('\0')
}

/// The expression with a column under another name.
pub(crate) fn replace(expression: &str, from: &str, to: &str, spelling: impl Into<Spelling>) -> String {
    let spelling = spelling.into();
    let quoted = quote::identifier(from, spelling.quote);
    let same = |word: &str| word == from || spelling.lower && word.to_lowercase() == from;
    let mut out = String::with_capacity(expression.len());
    let mut rest = expression;
    while let Some(c) = rest.chars().next() {
        if c == '\'' || c == spelling.quote {
            let end = closing(rest, c);
            let (piece, after) = rest.split_at(end);
            if c == spelling.quote && piece == quoted {
                out.push_str(&(spelling.write)(&spelling, to, true));
            } else {
                out.push_str(piece);
            }
            rest = after;
        } else if is_word(c) {
            let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            match same(word) {
                true => out.push_str(&(spelling.write)(&spelling, to, false)),
                false => out.push_str(word),
            }
            rest = after;
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

/// Whether a bare word would be read as something else: a letter of another case, a space.
fn needs_quotes(name: &str) -> bool {
    let first = |c: char| c.is_ascii_lowercase() || c == '_';
    !(name.starts_with(first) && name.chars().all(|c| first(c) || c.is_ascii_digit()))
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
pub(crate) fn rename_column(table: &mut Table, from: &str, to: &str, spelling: impl Into<Spelling>) {
    let spelling = spelling.into();
    let renamed = |text: &str| replace(text, from, to, spelling);
    let rename = |names: &mut Vec<String>| {
        for name in names.iter_mut().filter(|name| *name == from) {
            to.clone_into(name);
        }
    };
    for column in &mut table.columns {
        if column.name == from {
            to.clone_into(&mut column.name);
        }
        if let Some(generated) = &mut column.generated {
            generated.expression = renamed(&generated.expression);
        }
    }
    if let Some(key) = &mut table.primary_key {
        rename(&mut key.columns);
    }
    for index in &mut table.indexes {
        for part in &mut index.columns {
            match &mut part.key {
                IndexKey::Column(name) if name == from => to.clone_into(name),
                IndexKey::Column(_) => {}
                IndexKey::Expression(text) => *text = renamed(text),
            }
        }
        rename(&mut index.include);
        if let Some(predicate) = &mut index.predicate {
            *predicate = renamed(predicate);
        }
        if let Some(sql) = &mut index.sql {
            *sql = renamed(sql);
        }
    }
    for key in &mut table.foreign_keys {
        rename(&mut key.columns);
    }
    for check in &mut table.checks {
        check.expression = renamed(&check.expression);
    }
    for exclusion in &mut table.exclusions {
        exclusion.definition = renamed(&exclusion.definition);
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
        assert_eq!(replace("price > 0", "price", "Price tag", '"'), "\"Price tag\" > 0");
        assert!(!mentions("prices > 0", "price", '"'));
    }
}
