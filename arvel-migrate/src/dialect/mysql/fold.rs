//! What the schema is after an operation, without a database: in the catalog's own words, so that it equals what an
//! inspection reads afterwards. Expressions written by hand stay as written; the server may spell them differently.

use crate::{
    dialect::words,
    operation::{ColumnDef, ForeignKeyDef, IndexDef, Operation, Position, TableChange, TableDef, TableName},
    schema::{Check, Column, DatabaseSchema, ForeignKey, PrimaryKey, Table},
};

use super::{facts::Facts, index, key_index, options, partition, shape};

pub(super) fn fold(facts: &Facts, operation: &Operation, schema: &mut DatabaseSchema) -> bool {
    match operation {
        // It is not in the catalog, and goes with the connection.
        Operation::CreateTable(def) if def.options.temporary => {}
        Operation::CreateTable(def) => {
            if !(def.if_not_exists && schema.tables.contains_key(&def.name)) {
                schema.tables.insert(def.name.clone(), create(facts, def));
            }
        }
        Operation::AlterTable { table: name, changes } => {
            for change in changes {
                partition(schema, name, change);
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
        _ => return false,
    }
    true
}

/// A partition that becomes a table of the same shape, or a table that becomes a partition.
fn partition(schema: &mut DatabaseSchema, of: &TableName, change: &TableChange) {
    match change {
        TableChange::AttachPartition { name, .. } => {
            schema.tables.remove(name);
        }
        TableChange::DetachPartition { name, .. } => {
            if let Some(table) = schema.tables.get(of) {
                let alone = Table {
                    partition_by: None,
                    partitions: Vec::new(),
                    triggers: Vec::new(),
                    ..table.clone()
                };
                schema.tables.insert(name.clone(), alone);
            }
        }
        _ => {}
    }
}

/// A new table.
pub(super) fn create(facts: &Facts, def: &TableDef) -> Table {
    let mut table = Table { comment: text(def.comment.as_ref()), ..Table::default() };
    options::apply(facts, &mut table, &def.options);
    for column in &def.columns {
        add_column(facts, &mut table, column);
    }
    if let Some(key) = &def.primary_key {
        primary_key(&mut table, &key.columns);
    }
    for def in &def.indexes {
        add_index(facts, &mut table, def);
    }
    for key in &def.foreign_keys {
        add_foreign_key(facts, &mut table, key);
    }
    table.checks.extend(def.checks.iter().map(Check::of));
    partition::apply(def, &mut table);
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
            if let Some(by) = &mut table.partition_by {
                *by = words::replace(by, from, to, super::QUOTE);
            }
        }
        TableChange::AddPrimaryKey(key) => primary_key(table, &key.columns),
        TableChange::DropPrimaryKey { .. } => {
            table.primary_key = None;
            key_index::serve(table, None);
        }
        TableChange::AddIndex(def) => add_index(facts, table, def),
        TableChange::DropIndex { name, .. } => key_index::without(table, name),
        TableChange::RenameIndex { from, to } => {
            for index in table.indexes.iter_mut().filter(|index| &index.name == from) {
                index.name.clone_from(to);
            }
        }
        TableChange::AddForeignKey(key) => add_foreign_key(facts, table, key),
        TableChange::DropForeignKey { name, .. } => {
            let own = key_index::has_own(table, name);
            table.foreign_keys.retain(|key| key.name.as_ref() != Some(name));
            if own {
                key_index::without(table, name);
            }
        }
        TableChange::AddCheck(def) => {
            table.checks.push(Check::of(def));
        }
        TableChange::DropCheck { name } => table.checks.retain(|check| check.name.as_ref() != Some(name)),
        TableChange::Comment(comment) => table.comment = text(comment.as_ref()),
        TableChange::Options(said) => options::apply(facts, table, said),
        TableChange::AttachPartition { name, bounds } => {
            table.partitions.push((name.clone(), bounds.trim().to_owned()));
        }
        TableChange::DetachPartition { name, .. } => {
            table.partitions.retain(|(known, _)| known.name != name.name);
        }
        // Refused by the gate.
        TableChange::AddExclusion(_)
        | TableChange::DropExclusion { .. }
        | TableChange::ValidateConstraint { .. } => {}
    }
    sort(table);
}

fn add_column(facts: &Facts, table: &mut Table, def: &ColumnDef) {
    let Ok(shape) = shape::of(facts, def, None, table) else { return };
    table.columns.push(shape.column);
    place(table, def);
    if shape.is_key {
        primary_key(table, std::slice::from_ref(&def.name));
    }
}

/// Moves the column to where its definition wants it.
fn place(table: &mut Table, def: &ColumnDef) {
    let at = |columns: &[Column], name: &str| columns.iter().position(|column| column.name == name);
    let (Some(position), Some(from)) = (&def.position, at(&table.columns, &def.name)) else { return };
    let column = table.columns.remove(from);
    let to = match position {
        Position::First => 0,
        Position::After(name) => at(&table.columns, name).map_or(from, |place| place + 1),
    };
    table.columns.insert(to, column);
}

fn change_column(facts: &Facts, table: &mut Table, def: &ColumnDef) {
    let Some(at) = table.columns.iter().position(|column| column.name == def.name) else { return };
    let Ok(shape) = shape::of(facts, def, table.columns.get(at), table) else { return };
    if shape.is_key {
        primary_key(table, std::slice::from_ref(&def.name));
    }
    for part in table.indexes.iter_mut().flat_map(|index| &mut index.columns) {
        if part.name() == Some(&def.name) {
            part.length = index::kept_length(part.length, &shape.column);
        }
    }
    table.columns[at] = shape.column;
    place(table, def);
}

/// An index loses the column; one without columns goes.
fn drop_column(table: &mut Table, name: &String) {
    table.columns.retain(|column| &column.name != name);
    for index in &mut table.indexes {
        index.columns.retain(|column| column.name() != Some(name));
    }
    if let Some(key) = &mut table.primary_key {
        key.columns.retain(|column| column != name);
    }
    table.indexes.retain(|index| !index.columns.is_empty());
    // A check over this column alone goes with it; the server refuses to drop a column of another check.
    table.checks.retain(|check| !words::mentions(&check.expression, name, super::QUOTE));
    table.primary_key = table.primary_key.take().filter(|key| !key.columns.is_empty());
}

fn primary_key(table: &mut Table, columns: &[String]) {
    for column in table.columns.iter_mut().filter(|column| columns.contains(&column.name)) {
        column.nullable = false;
    }
    table.primary_key = Some(PrimaryKey { name: None, columns: columns.to_vec() });
}

fn add_index(facts: &Facts, table: &mut Table, def: &IndexDef) {
    let new = index::shape(facts, def, table);
    key_index::make_way(table, &new);
    table.indexes.push(new);
}

fn add_foreign_key(facts: &Facts, table: &mut Table, def: &ForeignKeyDef) {
    key_index::arrive(table, &def.name, &def.columns);
    table.foreign_keys.push(ForeignKey {
        name: Some(def.name.clone()),
        columns: def.columns.clone(),
        references: def.references.clone(),
        referenced_columns: def.referenced_columns.clone(),
        on_delete: def.on_delete.unwrap_or(facts.no_action),
        on_update: def.on_update.unwrap_or(facts.no_action),
        ..ForeignKey::default()
    });
}

/// An empty comment is none.
fn text(comment: Option<&String>) -> Option<String> {
    comment.filter(|text| !text.is_empty()).cloned()
}
