//! Other names in a `CREATE TABLE` text, written as SQLite's own renames write them.

use super::{
    QUOTE,
    definition::{Definition, Item},
    text::{self, Token},
};
use crate::dialect::quote;

impl Definition {
    /// The text after a column took another name, written as SQLite's own rename writes it.
    pub(super) fn rename_column(&mut self, from: &str, to: &str) {
        let table = self.table();
        let quoted = quote::identifier(to, QUOTE);
        for item in &mut self.items {
            let own_name = item.is_column(from);
            let raw = text::replace(&item.raw, &quoted, |tokens, index| {
                let group = reference_group(tokens, index);
                match (index, group) {
                    (0, _) => own_name,
                    (_, Some(parent)) => tokens[index].names(from) && parent.eq_ignore_ascii_case(&table),
                    (_, None) => depth(tokens, index) > 0 && text::is_column(tokens, index, from),
                }
            });
            *item = Item::parse(&raw);
        }
    }

    /// The text after the parent of foreign keys, or a column of it, took another name.
    pub(super) fn rename_parent(&mut self, table: &str, to: Option<&str>, column: Option<(&str, &str)>) {
        for item in &mut self.items {
            let mut raw = item.raw.clone();
            if let Some((from, to)) = column {
                raw = text::replace(&raw, &quote::identifier(to, QUOTE), |tokens, index| {
                    tokens[index].nameable()
                        && tokens[index].name().eq_ignore_ascii_case(from)
                        && reference_group(tokens, index)
                            .is_some_and(|parent| parent.eq_ignore_ascii_case(table))
                });
            }
            if let Some(to) = to {
                raw = text::replace(&raw, &quote::identifier(to, QUOTE), |tokens, index| {
                    index > 0
                        && tokens[index - 1].is("references")
                        && tokens[index].nameable()
                        && tokens[index].name().eq_ignore_ascii_case(table)
                });
            }
            if raw != item.raw {
                *item = Item::parse(&raw);
            }
        }
    }
}

/// How many parentheses are open before a token.
fn depth(tokens: &[Token<'_>], index: usize) -> usize {
    let before = &tokens[..index];
    let count = |symbol| before.iter().filter(|token| token.symbol(symbol)).count();
    count("(").saturating_sub(count(")"))
}

/// The parent, when the token stands in the column list of a `REFERENCES parent (…)`.
fn reference_group(tokens: &[Token<'_>], index: usize) -> Option<String> {
    let open = tokens[..index].iter().rposition(|token| token.symbol("(") || token.symbol(")"))?;
    let is_reference = tokens[open].symbol("(") && open >= 2 && tokens[open - 2].is("references");
    is_reference.then(|| tokens[open - 1].name())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rename_touches_columns_only() {
        let mut d = Definition::parse(
            "CREATE TABLE t (a int, b int CHECK (b > a AND a(b) <> 'a'), c REFERENCES t (a), d REFERENCES u (a))",
        )
        .unwrap();
        d.rename_column("A", "z");
        assert_eq!(
            d.sql(),
            "CREATE TABLE t (\"z\" int, b int CHECK (b > \"z\" AND a(b) <> 'a'), c REFERENCES t (\"z\"), \
             d REFERENCES u (a))"
        );
    }
}
