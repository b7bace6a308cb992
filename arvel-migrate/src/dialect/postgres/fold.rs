//! What the schema is after an operation, without a database: in the catalog's own words, so that it equals what an
//! inspection reads afterwards. Expressions written by hand stay as written; the server may spell them differently.

use crate::{
    dialect::{Capability, words},
    operation::{
        CheckDef, ColumnDef, ForeignKeyAction, ForeignKeyDef, Generated, Object, ObjectKind, Operation,
        TableChange, TableDef, TableName,
    },
    schema::{Check, Column, DatabaseSchema, ForeignKey, PrimaryKey, Table},
};

use super::{
    QUOTE, change, column, constraint, ddl, default, identity, index, name, normalize, options, partition,
    type_check, types,
};

/// In the catalog a name is quoted where it must be, and what was written bare is in lower case.
pub(super) const SPELLING: words::Spelling =
    words::Spelling { quote: QUOTE, lower: true, write: |_, name, _| name::shown(name) };

pub(super) fn fold(_capability: &Capability, operation: &Operation, schema: &mut DatabaseSchema) -> bool {
    let mut known = true;
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
                match change {
                    TableChange::RenameColumn { from, to } => {
                        words::rename_referenced(schema, name, from, to);
                    }
                    TableChange::AttachPartition { name: partition, bounds } => {
                        if let Some(table) = schema.tables.get_mut(partition) {
                            table.partition_of = Some((name.clone(), partition::bounds(bounds)));
                        }
                    }
                    // It becomes a table like others: known, if it was asked for by its name.
                    TableChange::DetachPartition { name: partition, .. } => {
                        match schema.tables.get_mut(partition) {
                            Some(table) => table.partition_of = None,
                            None => known = false,
                        }
                    }
                    _ => {}
                }
            }
        }
        Operation::RenameTable { from, to } => {
            words::rename_table(schema, from, to);
            for (_, sql) in schema.tables.get_mut(to).into_iter().flat_map(|table| &mut table.triggers) {
                *sql = on_table(sql, from, to);
            }
        }
        Operation::DropTable { table, .. } => {
            schema.tables.remove(table);
        }
        _ => return false,
    }
    known
}

/// Partitions under the name, or gone with the table, that an operation on tables gives them; in the order of an
/// inspection.
pub(super) fn partitions(operation: &Operation, schema: &mut DatabaseSchema) {
    let gone = match operation {
        Operation::DropTable { table, .. } => Some(table),
        Operation::Drop { object, .. } if object.kind == ObjectKind::Partition => Some(&object.name),
        _ => None,
    };
    if let Some(gone) = gone {
        let of_it = |table: &Table| table.partition_of.as_ref().is_some_and(|(of, _)| of == gone);
        schema.tables.retain(|name, table| name != gone && !of_it(table));
        for table in schema.tables.values_mut() {
            table.partitions.retain(|(name, _)| name != gone);
        }
    }
    match operation {
        Operation::RenameTable { from, to } => {
            for table in schema.tables.values_mut() {
                let own = table.partitions.iter_mut().map(|(name, _)| name);
                let whole = table.partition_of.iter_mut().map(|(name, _)| name);
                for name in own.chain(whole).filter(|name| *name == from) {
                    name.clone_from(to);
                }
                table.partitions.sort();
            }
        }
        Operation::Create(Object::Partition(partition)) => {
            if let Some(table) = schema.tables.get_mut(&partition.of) {
                table.partitions.sort();
            }
        }
        _ => {}
    }
}

/// The text of a trigger whose table takes another name. The catalog has the schema before the name.
fn on_table(sql: &str, from: &TableName, to: &TableName) -> String {
    let inside_a_name = |at: usize| sql[..at].matches(QUOTE).count() % 2 == 1;
    for (at, word) in sql.match_indices(" ON ").filter(|(at, _)| !inside_a_name(*at)) {
        let (head, mut tail) = sql.split_at(at + word.len());
        let mut schema = "";
        while let Some((name, rest)) = name::read(tail) {
            if let Some(rest) = rest.strip_prefix('.') {
                (schema, tail) = (&tail[..tail.len() - rest.len()], rest);
                continue;
            }
            if name == from.name {
                return format!("{head}{schema}{}{rest}", name::shown(&to.name));
            }
            break;
        }
    }
    sql.to_owned()
}

/// The columns of a new table.
pub(super) fn columns(def: &TableDef) -> Vec<Column> {
    def.columns.iter().map(|column| self::column(&def.name, column)).collect()
}

fn create(def: &TableDef) -> Table {
    let mut table = Table {
        columns: columns(def),
        comment: text(def.comment.as_ref()),
        options: options::folded(&def.options),
        ..Table::default()
    };
    if let Some(key) = ddl::primary_key(def) {
        primary_key(&mut table, &key.name, &key.columns);
    }
    table.indexes = def.indexes.iter().map(|index| index::folded(index, &table.columns)).collect();
    table.foreign_keys = def.foreign_keys.iter().map(foreign_key).collect();
    table.checks = def.checks.iter().map(check).collect();
    table.exclusions =
        def.exclusions.iter().map(|def| constraint::folded_exclusion(def, &table.columns)).collect();
    partition::apply(def, &mut table);
    sort(&mut table);
    table
}

/// The order of an inspection.
pub(super) fn sort(table: &mut Table) {
    table.indexes.sort_by(|a, b| a.name.cmp(&b.name));
    table.foreign_keys.sort_by(|a, b| a.name.cmp(&b.name));
    table.checks.sort_by(|a, b| a.name.cmp(&b.name));
    table.exclusions.sort_by(|a, b| a.name.cmp(&b.name));
}

/// A table after one change.
pub(super) fn change(name: &TableName, table: &mut Table, change: &TableChange) {
    match change {
        TableChange::AddColumn(def) => {
            table.columns.push(column(name, def));
            if def.auto_increment {
                let key = column::auto_key(name, def);
                primary_key(table, &key.name, &key.columns);
            }
        }
        TableChange::ChangeColumn(def) => change_column(name, table, def),
        TableChange::DropColumn { name } => drop_column(table, name),
        TableChange::RenameColumn { from, to } => {
            words::rename_column(table, from, to, SPELLING);
            partition::rename_column(table, from, to, SPELLING);
            for column in table.columns.iter_mut().filter(|column| &column.name == to) {
                let Some(extra) = &mut column.extra else { continue };
                if let Some(check) = type_check::name_in(extra) {
                    *extra =
                        type_check::renamed(extra, &check, &type_check::followed(&check, name, from, to));
                }
            }
        }
        TableChange::AddPrimaryKey(key) => primary_key(table, &key.name, &key.columns),
        TableChange::DropPrimaryKey { .. } => table.primary_key = None,
        TableChange::AddIndex(def) => table.indexes.push(index::folded(def, &table.columns)),
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
        TableChange::AddCheck(def) => table.checks.push(check(def)),
        TableChange::DropCheck { name } => table.checks.retain(|check| check.name.as_ref() != Some(name)),
        TableChange::Comment(comment) => table.comment = text(comment.as_ref()),
        TableChange::AddExclusion(def) => {
            table.exclusions.push(constraint::folded_exclusion(def, &table.columns));
        }
        TableChange::DropExclusion { name } => table.exclusions.retain(|known| &known.name != name),
        TableChange::Options(said) => options::changed(&mut table.options, said),
        TableChange::ValidateConstraint { name } => validate(table, name),
        TableChange::AttachPartition { name, bounds } => {
            table.partitions.push((name.clone(), partition::bounds(bounds)));
            table.partitions.sort();
        }
        TableChange::DetachPartition { name, .. } => table.partitions.retain(|(known, _)| known != name),
    }
    sort(table);
}

/// A constraint that was held against the rows.
fn validate(table: &mut Table, name: &String) {
    for key in table.foreign_keys.iter_mut().filter(|key| key.name.as_ref() == Some(name)) {
        key.not_valid = false;
    }
    for check in table.checks.iter_mut().filter(|check| check.name.as_ref() == Some(name)) {
        check.not_valid = false;
    }
}

fn column(table: &TableName, def: &ColumnDef) -> Column {
    let type_name = types::type_name(&def.kind);
    let identity = identity::wanted(def);
    Column {
        name: def.name.clone(),
        nullable: def.nullable == Some(true),
        default: default_of(def),
        auto_increment: identity.is_some(),
        identity: identity.map(|identity| identity::plain(&identity, &type_name)),
        generated: def.generated.as_ref().map(generated),
        collation: change::collated(def),
        comment: text(def.comment.as_ref()),
        extra: change::wanted_extra(table, def),
        type_name,
        ..Column::default()
    }
}

fn default_of(def: &ColumnDef) -> Option<String> {
    let value = def.default.as_ref()?;
    default::render(&def.kind, value).ok().flatten().map(|rendered| rendered.catalog)
}

fn change_column(table_name: &TableName, table: &mut Table, def: &ColumnDef) {
    let Some(at) = table.columns.iter().position(|column| column.name == def.name) else { return };
    let present = table.columns[at].clone();
    let starts = change::starts_counting(def, &present);
    if starts.is_some() && def.auto_increment && table.primary_key.is_none() {
        let key = column::auto_key(table_name, def);
        primary_key(table, &key.name, &key.columns);
    }
    let type_name = types::type_name(&def.kind);
    let column = &mut table.columns[at];
    if def.default.is_some() {
        column.default = default_of(def);
    } else if starts.is_some() {
        column.default = None;
    } else if let Some(rendered) = change::said_again(def, &present) {
        column.default = Some(rendered.catalog);
    }
    column.collation = match &def.collation {
        Some(_) => change::collated(def),
        None => change::kept_collation(def, &present).map(str::to_owned),
    };
    column.auto_increment |= starts.is_some();
    column.identity = match &starts {
        Some(identity) => Some(identity::plain(identity, &type_name)),
        None => change::counted(def, &present),
    };
    column.generated = def.generated.as_ref().map(generated).or(present.generated);
    column.nullable = def.nullable.unwrap_or(present.nullable && starts.is_none());
    column.extra = change::wanted_extra(table_name, def);
    column.type_name = type_name;
    if def.comment.is_some() {
        column.comment = text(def.comment.as_ref());
    }
    // What an index says of its own accord depends on the column.
    for index in &mut table.indexes {
        *index = index::canonical(std::mem::take(index), &table.columns);
    }
}

/// A column takes everything that mentions it along.
fn drop_column(table: &mut Table, name: &String) {
    let mentions = |text: &str| words::mentions(text, name, SPELLING);
    table.columns.retain(|column| &column.name != name);
    table.indexes.retain(|index| {
        let expression = index.columns.iter().any(|part| part.name().is_none() && mentions(part.text()));
        !index.covers(name) && !expression && !index.predicate.as_deref().is_some_and(mentions)
    });
    table.foreign_keys.retain(|key| !key.columns.contains(name));
    table.checks.retain(|check| !mentions(&check.expression));
    table.exclusions.retain(|exclusion| !mentions(&exclusion.definition));
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

fn check(def: &CheckDef) -> Check {
    Check { expression: normalize::expression(&def.expression), ..Check::of(def) }
}

fn generated(def: &Generated) -> Generated {
    Generated { expression: normalize::expression(&def.expression), stored: def.stored }
}

fn foreign_key(def: &ForeignKeyDef) -> ForeignKey {
    ForeignKey {
        name: Some(def.name.clone()),
        columns: def.columns.clone(),
        references: def.references.clone(),
        referenced_columns: def.referenced_columns.clone(),
        on_delete: def.on_delete.unwrap_or(ForeignKeyAction::NoAction),
        on_update: def.on_update.unwrap_or(ForeignKeyAction::NoAction),
        deferrable: def.deferrable,
        match_full: def.match_full,
        not_valid: def.mode.not_valid,
    }
}

/// An empty comment is none.
fn text(comment: Option<&String>) -> Option<String> {
    comment.filter(|text| !text.is_empty()).cloned()
}
