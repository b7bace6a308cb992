//! Tables, columns and options as inspection saw them, as definitions that make them again.

use crate::{
    dialect::Dialect,
    operation::{ColumnDef, Operation, SqlStep, TableName, TableOptions},
    schema::{Column, PrimaryKey, Table},
    undo,
};

use super::{charset, facts::Facts, partition, shape};

/// What the catalog shows behind the type is the moment of an UPDATE, and a check of the column's own.
pub(super) fn column(column: &Column) -> ColumnDef {
    let mut def = undo::column(column);
    let updates = column.extra.as_deref().is_some_and(|extra| extra.starts_with("on update "));
    def.use_current_on_update = updates.then_some(true);
    let check = shape::own_check(column).and_then(|check| check.strip_prefix("check (")?.strip_suffix(')'));
    def.check = check.map(str::to_owned);
    def
}

/// The operations that make a table again, split as it was.
pub(super) fn table(dialect: &dyn Dialect, name: &TableName, table: &Table) -> Vec<Operation> {
    let mut operations = undo::table(dialect, name, table);
    if let Some(Operation::CreateTable(def)) = operations.first_mut() {
        // What counts may have another key than the primary one.
        for column in def.columns.iter_mut().filter(|column| column.auto_increment) {
            let sole = |key: &PrimaryKey| key.columns == [column.name.clone()];
            column.primary = table.primary_key.as_ref().is_some_and(sole);
        }
    }
    let Some(text) = &table.partition_by else { return operations };
    match (partition::read(text, &table.partitions), operations.first_mut()) {
        (Some(by), Some(Operation::CreateTable(def))) => def.partition_by = Some(by),
        // `LINEAR HASH` has no word of its own.
        _ => operations.insert(1, Operation::Sql(SqlStep::everywhere(partition::alter(name, table, text)))),
    }
    operations
}

/// What a change keeps because it is not mentioned is said.
pub(super) fn back(facts: &Facts, before: &Table, now: &Column, then: &Column, def: &mut ColumnDef) {
    let updates =
        |column: &Column| column.extra.as_deref().is_some_and(|extra| extra.starts_with("on update "));
    if updates(now) && !updates(then) {
        def.use_current_on_update = Some(false);
    }
    if now.collation.is_some() && then.collation.is_none() && charset::is_text(&then.type_name) {
        def.collation = Some(shape::collation_of(facts, before).to_owned());
    }
}

/// The options that lead back: an engine or a collation that was the database's own, and parameters that were not said.
pub(super) fn options(facts: &Facts, now: &TableOptions, then: &TableOptions) -> TableOptions {
    let mut back = then.clone();
    if now.engine.is_some() && then.engine.is_none() {
        back.engine = Some(facts.own.engine.clone());
    }
    if now.collation != then.collation {
        back.charset = None;
        back.collation = Some(then.collation.clone().unwrap_or_else(|| facts.own.collation.clone()));
    }
    let said = |name: &str| then.parameters.iter().any(|(known, _)| known == name);
    let gone = now.parameters.iter().filter(|(name, _)| !said(name));
    back.parameters.extend(gone.map(|(name, _)| (name.clone(), "DEFAULT".to_owned())));
    back
}
