//! A table as SQLite keeps it: the texts of the table, its indexes, triggers and views. Edits work on these texts, and
//! [`Shape::describe`] reads them as a [`Table`], so that folding needs no database.
//!
//! Virtual tables have no shape.

use super::{
    QUOTE,
    clause::{Clause, ClauseKind},
    definition::{Definition, Item},
    index,
    text::{self, Token, tokens},
};
use crate::{
    dialect::quote,
    operation::{Generated, TableOptions},
    schema::{Check, Column, ForeignKey, Index, PrimaryKey, Table},
};

/// The texts of one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    /// Whether it goes with the connection, which its text does not say.
    pub(super) temporary: bool,
    pub(super) definition: Definition,
    /// Indexes that have a text: name and text, new ones last.
    pub(super) indexes: Vec<(String, String)>,
    pub(super) triggers: Vec<(String, String)>,
    pub(super) views: Vec<(String, String)>,
}

impl Shape {
    /// The texts of an inspected table.
    pub(super) fn of(table: &Table) -> Option<Shape> {
        let text = |index: &Index| Some((index.name.clone(), index.sql.clone()?));
        Some(Shape {
            temporary: table.options.temporary,
            definition: Definition::parse(table.sql.as_deref()?)?,
            indexes: table.indexes.iter().filter_map(text).collect(),
            triggers: table.triggers.clone(),
            views: table.views.clone(),
        })
    }

    /// The statement that makes the table under another name.
    pub(super) fn create(&self, name: &str) -> String {
        let sql = self.definition.renamed(name).sql();
        if self.temporary { sql.replacen("CREATE", "CREATE TEMPORARY", 1) } else { sql }
    }

    /// Whether the table has the column.
    pub(super) fn has_column(&self, name: &str) -> bool {
        self.definition.column(name).is_some()
    }

    /// The position of an index that has a text.
    pub(super) fn index(&self, name: &str) -> Option<usize> {
        self.indexes.iter().position(|(index, _)| index.eq_ignore_ascii_case(name))
    }

    /// Takes away the indexes that are about nothing but this column, as they go with it, and answers with their names.
    pub(super) fn drop_indexes_of(&mut self, column: &str) -> Vec<String> {
        let definition = &self.definition;
        let (gone, kept) = std::mem::take(&mut self.indexes)
            .into_iter()
            .partition(|(_, sql)| index::is_about_only(definition, sql, column));
        self.indexes = kept;
        let gone: Vec<(String, String)> = gone;
        gone.into_iter().map(|(name, _)| name).collect()
    }

    /// The texts after a column took another name. Answers `false` when a trigger or view mentions the name: then only
    /// SQLite knows its new text.
    pub(super) fn rename_column(&mut self, from: &str, to: &str) -> bool {
        self.definition.rename_column(from, to);
        for (_, sql) in &mut self.indexes {
            *sql = index::rename_column(sql, from, to);
        }
        !self.triggers.iter().chain(&self.views).any(|(_, sql)| text::mentions(sql, from))
    }

    /// What an inspection of these texts would show.
    pub(super) fn describe(&self) -> Table {
        let definition = &self.definition;
        let mut indexes = index::automatic(definition);
        indexes.extend(self.indexes.iter().map(|(name, sql)| index::read(definition, name, sql)));
        indexes.sort_by(|a, b| a.name.cmp(&b.name));
        Table {
            options: TableOptions { temporary: self.temporary, ..definition.options() },
            columns: definition.columns().map(|(head, item)| column(definition, &head.name, item)).collect(),
            primary_key: definition
                .primary_key()
                .map(|(name, columns)| PrimaryKey { name, columns: definition.spelled(columns) }),
            indexes,
            foreign_keys: foreign_keys(definition),
            checks: checks(definition),
            sql: Some(definition.sql()),
            triggers: self.triggers.clone(),
            views: self.views.clone(),
            ..Table::default()
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
                out.generated = Some(Generated { expression: expression.clone(), stored: *stored });
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

/// The values in a column's `extra`: `check "posts_status_check" in ('a', 'b')`.
pub(super) fn values_in(extra: &str) -> Option<Vec<String>> {
    let tokens = tokens(extra);
    let open = tokens.iter().position(|token| token.symbol("("))?;
    let values = texts(&tokens[open..]);
    (!values.is_empty() && tokens.first().is_some_and(|token| token.is("check"))).then_some(values)
}

/// The values in an enumeration's check.
pub(super) fn enumeration_values(column: &str, expression: &str) -> Option<Vec<String>> {
    Some(texts(&tokens(enumeration(column, expression)?)))
}

/// The name of the check of which a column's `extra` speaks.
pub(super) fn check_name(extra: &str) -> Option<String> {
    let tokens = tokens(extra);
    tokens.get(1).filter(|token| token.kind == text::Kind::Quoted).map(Token::name)
}

/// The clause of which a column's `extra` speaks.
pub(super) fn check_of(extra: &str, column: &str) -> String {
    let tokens = tokens(extra);
    let open = tokens.iter().position(|token| token.symbol("(")).map_or(extra.len(), |at| tokens[at].start);
    let name = tokens.get(1).filter(|token| token.kind == text::Kind::Quoted);
    let name = name.map(|name| format!("CONSTRAINT {} ", name.text)).unwrap_or_default();
    format!("{name}CHECK ({column} IN {})", &extra[open..])
}

fn texts(tokens: &[Token<'_>]) -> Vec<String> {
    tokens.iter().filter(|token| token.kind == text::Kind::Text).map(Token::name).collect()
}

/// Every clause that is not an enumeration's check: those with a name by it, then the others as they stand.
fn checks(definition: &Definition) -> Vec<Check> {
    let mut out = Vec::new();
    for item in &definition.items {
        for clause in &item.clauses {
            if let ClauseKind::Check { expression } = &clause.kind {
                let column = item.column.as_ref();
                if column.is_none_or(|head| enumeration(&head.name, expression).is_none()) {
                    out.push(Check {
                        name: clause.name.clone(),
                        expression: expression.clone(),
                        not_valid: false,
                    });
                }
            }
        }
    }
    out.sort_by(|a, b| (a.name.is_none(), &a.name).cmp(&(b.name.is_none(), &b.name)));
    out
}

/// Foreign keys with their names, those with a name first and by it.
pub(super) fn foreign_keys(definition: &Definition) -> Vec<ForeignKey> {
    let mut out: Vec<ForeignKey> = definition
        .items
        .iter()
        .flat_map(|item| item.clauses.iter().filter_map(|clause| foreign_key(item, clause)))
        .map(|key| ForeignKey { columns: definition.spelled(key.columns), ..key })
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
