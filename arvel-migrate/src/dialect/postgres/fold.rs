//! What the schema is after an operation, without a database: in the catalog's own words, so that it equals what an
//! inspection reads afterwards. Expressions written by hand stay as written; the server may spell them differently.

use crate::{
    dialect::Capability,
    operation::{
        ColumnDef, ForeignKeyAction, ForeignKeyDef, IndexDef, IndexKind, Operation, TableChange, TableDef,
        TableName,
    },
    schema::{Check, Column, DatabaseSchema, ForeignKey, Index, PrimaryKey, Table},
};

use super::{change, ddl, default, enumeration, types};
use crate::dialect::words;

pub(super) fn fold(_capability: &Capability, operation: &Operation, schema: &mut DatabaseSchema) -> bool {
    match operation {
        Operation::CreateTable(def) => {
            if !(def.if_not_exists && schema.tables.contains_key(&def.name)) {
                schema.tables.insert(def.name.clone(), create(def));
            }
        }
        Operation::AlterTable { table: name, changes } => {
            for change in changes {
                if let Some(table) = schema.tables.get_mut(name) {
                    self::change(name, table, change);
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

fn create(def: &TableDef) -> Table {
    let mut table = Table { comment: text(def.comment.as_ref()), ..Table::default() };
    for column in &def.columns {
        table.columns.push(self::column(&def.name, column));
    }
    if let Some(key) = ddl::primary_key(def) {
        primary_key(&mut table, &key.name, &key.columns);
    }
    table.indexes.extend(def.indexes.iter().map(index));
    table.foreign_keys.extend(def.foreign_keys.iter().map(foreign_key));
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
pub(super) fn change(name: &TableName, table: &mut Table, change: &TableChange) {
    match change {
        TableChange::AddColumn(def) => {
            table.columns.push(column(name, def));
            if def.auto_increment {
                let key = ddl::auto_key(name, def);
                primary_key(table, &key.name, &key.columns);
            }
        }
        TableChange::ChangeColumn(def) => change_column(name, table, def),
        TableChange::DropColumn { name } => drop_column(table, name),
        TableChange::RenameColumn { from, to } => {
            words::rename_column(table, from, to, super::QUOTE);
            for column in table.columns.iter_mut().filter(|column| &column.name == to) {
                let Some(extra) = &mut column.extra else { continue };
                if let Some(check) = enumeration::name_in(extra) {
                    *extra = enumeration::renamed(extra, &check, &enumeration::check_name(name, to));
                }
            }
        }
        TableChange::AddPrimaryKey(key) => primary_key(table, &key.name, &key.columns),
        TableChange::DropPrimaryKey { .. } => table.primary_key = None,
        TableChange::AddIndex(def) => table.indexes.push(index(def)),
        TableChange::DropIndex { name, .. } => table.indexes.retain(|index| &index.name != name),
        TableChange::RenameIndex { from, to } => {
            for index in table.indexes.iter_mut().filter(|index| &index.name == from) {
                index.name.clone_from(to);
            }
        }
        TableChange::AddForeignKey(key) => table.foreign_keys.push(foreign_key(key)),
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

fn column(table: &TableName, def: &ColumnDef) -> Column {
    Column {
        name: def.name.clone(),
        type_name: types::type_name(&def.kind),
        nullable: def.nullable == Some(true),
        default: default_of(def),
        auto_increment: def.auto_increment,
        comment: text(def.comment.as_ref()),
        extra: change::wanted_extra(table, def),
        ..Column::default()
    }
}

fn default_of(def: &ColumnDef) -> Option<String> {
    let value = def.default.as_ref()?;
    default::render(&def.kind, value).ok().flatten().map(|rendered| rendered.catalog)
}

fn change_column(name: &TableName, table: &mut Table, def: &ColumnDef) {
    let starts_counting =
        def.auto_increment && table.column(&def.name).is_some_and(|column| !column.auto_increment);
    if starts_counting && table.primary_key.is_none() {
        let key = ddl::auto_key(name, def);
        primary_key(table, &key.name, &key.columns);
    }
    let Some(column) = table.columns.iter_mut().find(|column| column.name == def.name) else { return };
    if def.default.is_some() {
        column.default = default_of(def);
    } else if starts_counting {
        column.default = None;
    } else if let Some(rendered) = change::said_again(def, Some(column)) {
        column.default = Some(rendered.catalog);
    }
    column.collation = change::kept_collation(def, Some(column)).map(str::to_owned);
    column.type_name = types::type_name(&def.kind);
    column.extra = change::wanted_extra(name, def);
    column.auto_increment |= def.auto_increment;
    column.nullable = def.nullable.unwrap_or(column.nullable && !starts_counting);
    if def.comment.is_some() {
        column.comment = text(def.comment.as_ref());
    }
}

/// A column takes everything that mentions it along.
fn drop_column(table: &mut Table, name: &String) {
    table.columns.retain(|column| &column.name != name);
    table.indexes.retain(|index| !index.columns.contains(name));
    table.foreign_keys.retain(|key| !key.columns.contains(name));
    table.checks.retain(|check| !words::mentions(&check.expression, name, super::QUOTE));
    if table.primary_key.as_ref().is_some_and(|key| key.columns.contains(name)) {
        table.primary_key = None;
    }
}

fn primary_key(table: &mut Table, name: &str, columns: &[String]) {
    for column in table.columns.iter_mut().filter(|column| columns.contains(&column.name)) {
        column.nullable = false;
    }
    table.primary_key = Some(PrimaryKey { name: Some(name.to_owned()), columns: columns.to_vec() });
}

fn index(def: &IndexDef) -> Index {
    Index {
        name: def.name.clone(),
        columns: def.columns.clone(),
        kind: def.kind,
        sql: None,
        constraint: def.kind == IndexKind::Unique,
    }
}

fn foreign_key(def: &ForeignKeyDef) -> ForeignKey {
    ForeignKey {
        name: Some(def.name.clone()),
        columns: def.columns.clone(),
        references: def.references.clone(),
        referenced_columns: def.referenced_columns.clone(),
        on_delete: def.on_delete.unwrap_or(ForeignKeyAction::NoAction),
        on_update: def.on_update.unwrap_or(ForeignKeyAction::NoAction),
    }
}

/// An empty comment is none.
fn text(comment: Option<&String>) -> Option<String> {
    comment.filter(|text| !text.is_empty()).cloned()
}
