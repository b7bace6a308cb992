//! What the schema is after an operation, without a database: in the catalog's own words, so that it equals what an
//! inspection reads afterwards. Expressions written by hand stay as written; the server may spell them differently.

use crate::{
    dialect::words,
    operation::{ColumnDef, ForeignKeyDef, IndexDef, IndexKind, Operation, TableChange, TableDef},
    schema::{Check, Column, DatabaseSchema, ForeignKey, Index, PrimaryKey, Table},
};

use super::{change, default, facts::Facts, types};

pub(super) fn fold(facts: &Facts, operation: &Operation, schema: &mut DatabaseSchema) -> bool {
    match operation {
        Operation::CreateTable(def) => {
            if !(def.if_not_exists && schema.tables.contains_key(&def.name)) {
                schema.tables.insert(def.name.clone(), create(facts, def));
            }
        }
        Operation::AlterTable { table: name, changes } => {
            for change in changes {
                if let Some(table) = schema.tables.get_mut(name) {
                    self::change(facts, table, change);
                }
                if let TableChange::RenameColumn { from, to } = change {
                    words::rename_referenced(schema, name, from, to);
                }
            }
        }
        Operation::RenameTable { from, to } => words::rename_table(schema, from, to),
        Operation::DropTable { table, .. } => {
            schema.tables.remove(table);
        }
        Operation::Sql(_) | Operation::Data(_) => return false,
    }
    true
}

fn create(facts: &Facts, def: &TableDef) -> Table {
    let mut table = Table { comment: text(def.comment.as_ref()), ..Table::default() };
    for column in &def.columns {
        add_column(facts, &mut table, column);
    }
    if let Some(key) = &def.primary_key {
        primary_key(&mut table, &key.columns);
    }
    for def in &def.indexes {
        add_index(&mut table, def);
    }
    for key in &def.foreign_keys {
        add_foreign_key(facts, &mut table, key);
    }
    table.checks.extend(
        def.checks
            .iter()
            .map(|check| Check { name: Some(check.name.clone()), expression: check.expression.clone() }),
    );
    sort(&mut table);
    table
}

/// The order of an inspection.
pub(super) fn sort(table: &mut Table) {
    table.indexes.sort_by(|a, b| a.name.cmp(&b.name));
    table.foreign_keys.sort_by(|a, b| a.name.cmp(&b.name));
    table.checks.sort_by(|a, b| a.name.cmp(&b.name));
}

/// A table after one change.
pub(super) fn change(facts: &Facts, table: &mut Table, change: &TableChange) {
    match change {
        TableChange::AddColumn(def) => add_column(facts, table, def),
        TableChange::ChangeColumn(def) => change_column(facts, table, def),
        TableChange::DropColumn { name } => drop_column(table, name),
        TableChange::RenameColumn { from, to } => {
            words::rename_column(table, from, to, super::QUOTE);
            for column in &mut table.columns {
                if let Some(extra) = &mut column.extra {
                    *extra = words::replace(extra, from, to, super::QUOTE);
                }
            }
        }
        TableChange::AddPrimaryKey(key) => primary_key(table, &key.columns),
        TableChange::DropPrimaryKey { .. } => table.primary_key = None,
        TableChange::AddIndex(def) => add_index(table, def),
        TableChange::DropIndex { name, .. } => table.indexes.retain(|index| &index.name != name),
        TableChange::RenameIndex { from, to } => {
            for index in table.indexes.iter_mut().filter(|index| &index.name == from) {
                index.name.clone_from(to);
            }
        }
        TableChange::AddForeignKey(key) => add_foreign_key(facts, table, key),
        TableChange::DropForeignKey { name, .. } => {
            table.foreign_keys.retain(|key| key.name.as_ref() != Some(name));
        }
        TableChange::AddCheck(def) => {
            table.checks.push(Check { name: Some(def.name.clone()), expression: def.expression.clone() });
        }
        TableChange::DropCheck { name } => table.checks.retain(|check| check.name.as_ref() != Some(name)),
        TableChange::Comment(comment) => table.comment = text(comment.as_ref()),
    }
    sort(table);
}

fn add_column(facts: &Facts, table: &mut Table, def: &ColumnDef) {
    table.columns.push(Column {
        name: def.name.clone(),
        type_name: types::catalog_name(facts, def),
        nullable: def.nullable == Some(true),
        default: default_of(facts, def),
        auto_increment: def.auto_increment,
        comment: text(def.comment.as_ref()),
        ..Column::default()
    });
    if def.auto_increment {
        primary_key(table, std::slice::from_ref(&def.name));
    }
}

fn default_of(facts: &Facts, def: &ColumnDef) -> Option<String> {
    let value = def.default.as_ref()?;
    default::render(facts, &def.kind, value).ok().flatten().map(|rendered| rendered.catalog)
}

fn change_column(facts: &Facts, table: &mut Table, def: &ColumnDef) {
    if def.auto_increment && table.primary_key.is_none() {
        primary_key(table, std::slice::from_ref(&def.name));
    }
    let Some(column) = table.columns.iter_mut().find(|column| column.name == def.name) else { return };
    column.collation = change::kept_collation(def, column).map(str::to_owned);
    column.extra = change::kept_extra(facts, def, column);
    column.nullable = change::nullable(def, column);
    column.auto_increment |= def.auto_increment;
    if def.default.is_some() {
        column.default = default_of(facts, def);
    } else if column.auto_increment {
        column.default = None;
    } else if let Some(text) = &column.default {
        column.default = Some(default::carried(facts, &def.kind, text).catalog);
    }
    column.type_name = types::catalog_name(facts, def);
    if def.comment.is_some() {
        column.comment = text(def.comment.as_ref());
    }
}

/// An index loses the column; one without columns goes.
fn drop_column(table: &mut Table, name: &String) {
    table.columns.retain(|column| &column.name != name);
    let indexes = table.indexes.iter_mut().map(|index| &mut index.columns);
    let key = table.primary_key.iter_mut().map(|key| &mut key.columns);
    for columns in indexes.chain(key) {
        columns.retain(|column| column != name);
    }
    table.indexes.retain(|index| !index.columns.is_empty());
    table.primary_key = table.primary_key.take().filter(|key| !key.columns.is_empty());
}

fn primary_key(table: &mut Table, columns: &[String]) {
    for column in table.columns.iter_mut().filter(|column| columns.contains(&column.name)) {
        column.nullable = false;
    }
    table.primary_key = Some(PrimaryKey { name: None, columns: columns.to_vec() });
}

/// The server makes an index for a foreign key that has none, under the key's name, and drops it in silence when
/// another one can serve.
fn add_index(table: &mut Table, def: &IndexDef) {
    let keys = &table.foreign_keys;
    table.indexes.retain(|index| {
        let made =
            keys.iter().any(|key| key.name.as_ref() == Some(&index.name) && key.columns == index.columns);
        !(made && index.kind == IndexKind::Index && def.columns.starts_with(&index.columns))
    });
    table.indexes.push(Index {
        name: def.name.clone(),
        columns: def.columns.clone(),
        kind: def.kind,
        sql: None,
        constraint: false,
    });
}

fn add_foreign_key(facts: &Facts, table: &mut Table, def: &ForeignKeyDef) {
    let indexes = table.indexes.iter().map(|index| &index.columns);
    let primary = table.primary_key.iter().map(|key| &key.columns);
    if !indexes.chain(primary).any(|columns| columns.starts_with(&def.columns)) {
        table.indexes.push(Index {
            name: def.name.clone(),
            columns: def.columns.clone(),
            kind: IndexKind::Index,
            sql: None,
            constraint: false,
        });
    }
    table.foreign_keys.push(ForeignKey {
        name: Some(def.name.clone()),
        columns: def.columns.clone(),
        references: def.references.clone(),
        referenced_columns: def.referenced_columns.clone(),
        on_delete: def.on_delete.unwrap_or(facts.no_action),
        on_update: def.on_update.unwrap_or(facts.no_action),
    });
}

/// An empty comment is none.
fn text(comment: Option<&String>) -> Option<String> {
    comment.filter(|text| !text.is_empty()).cloned()
}
