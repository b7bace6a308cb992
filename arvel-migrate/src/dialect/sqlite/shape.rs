//! A table as SQLite keeps it: the texts of the table, its indexes, triggers and views. Edits work on these texts, and
//! [`Shape::describe`] reads them as a [`Table`], so that folding needs no database.
//!
//! Virtual tables have no shape.

use super::{
    QUOTE,
    clause::{Clause, ClauseKind},
    definition::{Definition, Item},
    text::{self, Token, by_commas, close, span, tokens},
};
use crate::{
    dialect::quote,
    operation::IndexKind,
    schema::{Check, Column, ForeignKey, Index, PrimaryKey, Table},
};

/// The texts of one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) definition: Definition,
    /// Indexes that have a text: name and text, new ones last.
    pub(super) indexes: Vec<(String, String)>,
    pub(super) triggers: Vec<(String, String)>,
    pub(super) views: Vec<(String, String)>,
}

/// The text of an index in parts.
pub(super) struct IndexText {
    pub(super) columns: Vec<String>,
    pub(super) unique: bool,
}

impl Shape {
    /// The texts of an inspected table.
    pub(super) fn of(table: &Table) -> Option<Shape> {
        let text = |index: &Index| Some((index.name.clone(), index.sql.clone()?));
        Some(Shape {
            definition: Definition::parse(table.sql.as_deref()?)?,
            indexes: table.indexes.iter().filter_map(text).collect(),
            triggers: table.triggers.clone(),
            views: table.views.clone(),
        })
    }

    /// Whether the table has the column.
    pub(super) fn has_column(&self, name: &str) -> bool {
        self.definition.column(name).is_some()
    }

    /// The position of an index that has a text.
    pub(super) fn index(&self, name: &str) -> Option<usize> {
        self.indexes.iter().position(|(index, _)| index.eq_ignore_ascii_case(name))
    }

    /// The texts after a column took another name. Answers `false` when a trigger or view mentions the name: then only
    /// SQLite knows its new text.
    pub(super) fn rename_column(&mut self, from: &str, to: &str) -> bool {
        self.definition.rename_column(from, to);
        for (_, sql) in &mut self.indexes {
            *sql = rename_in_index(sql, from, to);
        }
        !self.triggers.iter().chain(&self.views).any(|(_, sql)| text::mentions(sql, from))
    }

    /// What an inspection of these texts would show.
    pub(super) fn describe(&self) -> Table {
        let definition = &self.definition;
        let mut indexes = automatic_indexes(definition);
        indexes.extend(self.indexes.iter().map(|(name, sql)| {
            let parts = index_text(sql);
            Index {
                name: name.clone(),
                columns: parts.columns,
                kind: if parts.unique { IndexKind::Unique } else { IndexKind::Index },
                sql: Some(sql.clone()),
                constraint: false,
            }
        }));
        indexes.sort_by(|a, b| a.name.cmp(&b.name));
        Table {
            columns: definition.columns().map(|(head, item)| column(definition, &head.name, item)).collect(),
            primary_key: definition.primary_key().map(|(name, columns)| PrimaryKey { name, columns }),
            indexes,
            foreign_keys: foreign_keys(definition),
            checks: checks(definition),
            comment: None,
            sql: Some(definition.sql()),
            triggers: self.triggers.clone(),
            views: self.views.clone(),
        }
    }
}

fn column(definition: &Definition, name: &str, item: &Item) -> Column {
    let strict_or_plain = definition.option("strict") || definition.option("rowid");
    let in_key = definition
        .primary_key()
        .is_some_and(|(_, columns)| columns.iter().any(|column| column.eq_ignore_ascii_case(name)));
    let rowid = definition.rowid_column().is_some_and(|column| column.eq_ignore_ascii_case(name));
    let mut out = Column {
        name: name.to_owned(),
        type_name: type_name(item.column.as_ref().map_or("", |head| &head.type_text)),
        nullable: !(item.has(|kind| *kind == ClauseKind::NotNull) || rowid || (strict_or_plain && in_key)),
        auto_increment: rowid && definition.auto_increment(),
        ..Column::default()
    };
    for clause in &item.clauses {
        match &clause.kind {
            ClauseKind::Default(value) => out.default = Some(value.clone()),
            ClauseKind::Collate(name) => out.collation = Some(name.clone()),
            ClauseKind::Generated { expression, stored } => {
                out.generated = Some((expression.clone(), *stored));
            }
            ClauseKind::Check { expression } => {
                if let Some(values) = enumeration(name, expression) {
                    let check = clause.name.as_ref().map(|check| quote::identifier(check, QUOTE) + " ");
                    out.extra = Some(format!("check {}in {values}", check.unwrap_or_default()));
                }
            }
            _ => {}
        }
    }
    out
}

/// A type as one spelling: lower case, since SQLite itself shows `INTEGER` for `integer` but `varchar` as written.
pub(super) fn type_name(text: &str) -> String {
    text.to_lowercase()
}

/// The list of an enumeration's check at its column: `"status" IN ('a', 'b')`.
pub(super) fn enumeration<'a>(column: &str, expression: &'a str) -> Option<&'a str> {
    let tokens = tokens(expression);
    let [first, word, open, list @ .., last] = tokens.as_slice() else { return None };
    let texts = list.iter().all(|token| token.kind == text::Kind::Text || token.symbol(","));
    (first.names(column) && word.is("in") && open.symbol("(") && last.symbol(")") && texts)
        .then(|| &expression[open.start..])
}

/// Every clause that is not an enumeration's check.
fn checks(definition: &Definition) -> Vec<Check> {
    let mut out = Vec::new();
    for item in &definition.items {
        for clause in &item.clauses {
            if let ClauseKind::Check { expression } = &clause.kind {
                let column = item.column.as_ref();
                if column.is_none_or(|head| enumeration(&head.name, expression).is_none()) {
                    out.push(Check { name: clause.name.clone(), expression: expression.clone() });
                }
            }
        }
    }
    out
}

/// Foreign keys with their names, those with a name first and by it.
pub(super) fn foreign_keys(definition: &Definition) -> Vec<ForeignKey> {
    let mut out: Vec<ForeignKey> = definition
        .items
        .iter()
        .flat_map(|item| item.clauses.iter().filter_map(|clause| foreign_key(item, clause)))
        .collect();
    sort_foreign_keys(&mut out);
    out
}

/// By name where there is one, else in the order of the text.
pub(super) fn sort_foreign_keys(keys: &mut [ForeignKey]) {
    keys.sort_by(|a, b| (a.name.is_none(), &a.name).cmp(&(b.name.is_none(), &b.name)));
}

/// A clause as a foreign key.
pub(super) fn foreign_key(item: &Item, clause: &Clause) -> Option<ForeignKey> {
    let ClauseKind::Foreign(key) = &clause.kind else { return None };
    let mut key = key.clone();
    key.name = clause.name.clone();
    if let Some(head) = &item.column {
        key.columns = vec![head.name.clone()];
    }
    Some(key)
}

/// The indexes that SQLite makes for constraints, numbered as it numbers them. The one of the primary key counts but is
/// not shown.
pub(super) fn automatic_indexes(definition: &Definition) -> Vec<Index> {
    let table = definition.table();
    let mut seen: Vec<Vec<String>> = Vec::new();
    let mut out = Vec::new();
    for item in &definition.items {
        for clause in &item.clauses {
            let (columns, primary) = match &clause.kind {
                ClauseKind::Unique { columns } => (columns, false),
                ClauseKind::PrimaryKey { columns, .. } => (columns, true),
                _ => continue,
            };
            let columns = match &item.column {
                Some(head) => vec![head.name.clone()],
                None => columns.clone(),
            };
            if primary && definition.rowid_column().is_some() {
                continue;
            }
            let key: Vec<String> = columns.iter().map(|name| name.to_ascii_lowercase()).collect();
            if seen.contains(&key) {
                continue;
            }
            seen.push(key);
            if !primary {
                out.push(Index {
                    name: format!("sqlite_autoindex_{table}_{}", seen.len()),
                    columns,
                    kind: IndexKind::Unique,
                    sql: None,
                    constraint: true,
                });
            }
        }
    }
    out
}

/// Reads `CREATE [UNIQUE] INDEX name ON table (…)`.
pub(super) fn index_text(sql: &str) -> IndexText {
    let tokens = tokens(sql);
    let unique = tokens.get(1).is_some_and(|token| token.is("unique"));
    let columns = match index_group(&tokens) {
        Some(group) => by_commas(group).iter().map(|part| index_column(sql, part)).collect(),
        None => Vec::new(),
    };
    IndexText { columns, unique }
}

fn index_group<'t, 'a>(tokens: &'t [Token<'a>]) -> Option<&'t [Token<'a>]> {
    let open = tokens.iter().position(|token| token.symbol("("))?;
    Some(&tokens[open + 1..close(tokens, open)?])
}

/// A column's name, or an expression as text without its direction.
fn index_column(sql: &str, part: &[Token<'_>]) -> String {
    let mut part = part;
    while let [rest @ .., last] = part
        && (last.is("asc") || last.is("desc"))
        && !rest.is_empty()
    {
        part = rest;
    }
    if let [rest @ .., collate, _] = part
        && collate.is("collate")
        && !rest.is_empty()
    {
        part = rest;
    }
    match part {
        [only] if only.nameable() => only.name(),
        _ => span(sql, part).to_owned(),
    }
}

/// The text of an index after a column took another name.
fn rename_in_index(sql: &str, from: &str, to: &str) -> String {
    text::replace(sql, &quote::identifier(to, QUOTE), |tokens, index| {
        tokens[..index].iter().any(|token| token.symbol("(")) && text::is_column(tokens, index, from)
    })
}

/// The text of an index with another name, or of another table.
pub(super) fn rename_index(sql: &str, to: Option<&str>, table: Option<&str>) -> String {
    let on = |tokens: &[Token<'_>]| tokens.iter().position(|token| token.is("on"));
    let mut sql = sql.to_owned();
    if let Some(to) = to {
        sql = text::replace(&sql, &quote::identifier(to, QUOTE), |tokens, index| {
            on(tokens).is_some_and(|on| index + 1 == on)
        });
    }
    if let Some(table) = table {
        sql = text::replace(&sql, &quote::identifier(table, QUOTE), |tokens, index| {
            on(tokens).is_some_and(|on| index == on + 1)
        });
    }
    sql
}

/// Whether an index's text uses a column.
pub(super) fn index_uses(sql: &str, column: &str) -> bool {
    let tokens = tokens(sql);
    let Some(open) = tokens.iter().position(|token| token.symbol("(")) else { return false };
    (open..tokens.len()).any(|index| text::is_column(&tokens, index, column))
}
