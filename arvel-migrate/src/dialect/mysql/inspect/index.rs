//! Indexes of the catalog, one row for each of their parts.

use crate::{
    dialect::{Row, quote},
    operation::{IndexColumn, IndexKind},
    schema::{Index, Table},
};

use super::{
    super::{QUOTE, facts::Facts, index, objects::text::closing},
    expression, present, text,
};

/// Adds a part to the index or primary key that it belongs to.
pub(super) fn part(facts: &Facts, row: &Row, table: &mut Table) {
    let name = text(row, "name");
    let method = text(row, "method").to_lowercase();
    let kind = match method.as_str() {
        "fulltext" => IndexKind::FullText,
        "spatial" | "rtree" => IndexKind::Spatial,
        "vector" => IndexKind::Vector,
        _ if row.integer("plain") == Some(0) => IndexKind::Unique,
        _ => IndexKind::Index,
    };
    let ordered = matches!(kind, IndexKind::Index | IndexKind::Unique);
    // MariaDB shows a length for each part of a spatial index.
    let length = row.integer("prefix").and_then(|length| u32::try_from(length).ok()).filter(|_| ordered);
    if name == "PRIMARY" {
        let column = text(row, "column_name");
        let column = length.map_or(column.clone(), |length| format!("{column}({length})"));
        table.primary_key.get_or_insert_default().columns.push(column);
        return;
    }
    let part = match row.text("column_name") {
        Some(column) => IndexColumn::column(column),
        None => IndexColumn::expression(expression(facts, text(row, "expression"))),
    };
    let descending = row.text("direction") == Some("D");
    let part = IndexColumn { length, descending, ..part };
    if let Some(index) = table.indexes.iter_mut().find(|index| index.name == name) {
        index.columns.push(part);
        return;
    }
    let own = index::own_method(facts, table);
    table.indexes.push(Index {
        name,
        columns: vec![part],
        kind,
        method: (ordered && method != own).then_some(method),
        comment: present(row, "comment"),
        invisible: row.boolean("hidden"),
        ..Index::default()
    });
}

/// Whether an index is of a kind that may have parameters.
pub(super) fn has_parameters(index: &Index) -> bool {
    matches!(index.kind, IndexKind::FullText | IndexKind::Vector)
}

/// The parameters of an index in the text that makes its table: ``FULLTEXT KEY `x` (`a`) /*!50100 WITH PARSER `ngram` */``,
/// ``VECTOR KEY `v` (`a`) `m`=6 `distance`=cosine``.
pub(super) fn parameters(index: &Index, sql: &str) -> Vec<(String, String)> {
    let begins = format!("KEY {} (", quote::identifier(&index.name, QUOTE));
    let Some(line) = sql.lines().find_map(|line| line.split_once(&begins)).map(|(_, behind)| behind) else {
        return Vec::new();
    };
    let words = words(behind_the_columns(line));
    let mut found = Vec::new();
    for pair in words.windows(3) {
        let [first, second, third] = pair else { continue };
        match index.kind {
            IndexKind::FullText
                if first.eq_ignore_ascii_case("with") && second.eq_ignore_ascii_case("parser") =>
            {
                found.push(("parser".to_owned(), third.clone()));
            }
            IndexKind::Vector
                if second == "=" && ["m", "distance"].contains(&first.to_lowercase().as_str()) =>
            {
                found.push((first.to_lowercase(), third.clone()));
            }
            _ => {}
        }
    }
    found.sort();
    found
}

fn behind_the_columns(line: &str) -> &str {
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let end = if c == QUOTE { closing(rest, c) } else { c.len_utf8() };
        rest = &rest[end..];
        if c == ')' {
            break;
        }
    }
    rest
}

/// The words and names of a text, and the signs between them; without texts in quotes.
fn words(mut text: &str) -> Vec<String> {
    let mut out = Vec::new();
    while let Some(c) = text.chars().next() {
        let word = |c: char| c.is_alphanumeric() || c == '_';
        let end = match c {
            QUOTE | '\'' => closing(text, c),
            c if word(c) => text.find(|c| !word(c)).unwrap_or(text.len()),
            c => c.len_utf8(),
        };
        let (piece, rest) = text.split_at(end);
        match c {
            QUOTE => out.push(piece.trim_matches(QUOTE).to_owned()),
            '=' => out.push(piece.to_owned()),
            c if word(c) => out.push(piece.to_owned()),
            _ => {}
        }
        text = rest;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_read_in_the_text_of_a_table() {
        let sql = "CREATE TABLE `t` (\n  KEY `words` (`a`),\n  FULLTEXT KEY `w)` (`a`,`b)`) /*!50100 WITH PARSER `ngram` */ \
                   COMMENT 'WITH PARSER x',\n  FULLTEXT KEY `plain` (`a`),\n  VECTOR KEY `v` (`c`) `m`=6 `DISTANCE`=cosine\n)";
        for (name, kind, expected) in [
            ("w)", IndexKind::FullText, vec![("parser", "ngram")]),
            ("plain", IndexKind::FullText, vec![]),
            ("v", IndexKind::Vector, vec![("distance", "cosine"), ("m", "6")]),
        ] {
            let found = parameters(&Index { name: name.to_owned(), kind, ..Index::default() }, sql);
            let found: Vec<(&str, &str)> = found.iter().map(|(name, value)| (&**name, &**value)).collect();
            assert_eq!(found, expected, "{name}");
        }
    }
}
