//! What there is besides tables: one file for each kind, and the way from an operation to it.

mod fold;
mod inspect;
pub(super) mod partition;
mod routine;
mod sequence;
mod support;
pub(super) mod text;
mod view;

use std::collections::BTreeSet;

use crate::{
    dialect::{CompileError, Probe, Statement, scope::Scope},
    operation::{Object, ObjectId, ObjectKind, Operation, TableName},
    schema::DatabaseSchema,
    undo,
};

use super::facts::Facts;

pub(super) use fold::fold;
pub(super) use inspect::inspect;
pub(super) use support::support;

/// The tables whose present shape decides the statements: those of partitions.
pub(super) fn needs(operation: &Operation) -> BTreeSet<TableName> {
    match operation {
        Operation::Create(Object::Partition(def)) => BTreeSet::from([def.of.clone()]),
        Operation::Drop { object, .. } if object.kind == ObjectKind::Partition => {
            object.table.iter().cloned().collect()
        }
        _ => BTreeSet::new(),
    }
}

/// The statements of an operation on an object. What the gate refuses has none.
pub(super) fn compile(
    scope: &Scope<'_>,
    facts: &Facts,
    operation: &Operation,
    before: &DatabaseSchema,
) -> Result<Vec<Statement>, CompileError> {
    match operation {
        Operation::Create(object) => match object {
            Object::View(def) => view::create(scope, facts, def),
            Object::Sequence(def) => sequence::create(scope, facts, def),
            Object::Routine(def) => routine::create(scope, facts, object, &def.sql),
            Object::Trigger(def) => routine::create(scope, facts, object, &def.sql),
            Object::Partition(def) => partition::create(scope, facts, def, before),
            // The columns hold the values.
            Object::Enum(_) | Object::Extension(_) | Object::Namespace(_) => Ok(Vec::new()),
        },
        Operation::Drop { object, if_exists } => match object.kind {
            ObjectKind::View | ObjectKind::Sequence => {
                let condition = if *if_exists { "IF EXISTS " } else { "" };
                let sql = format!("DROP {} {condition}{}", word(object.kind), scope.table(&object.name)?);
                Ok(vec![Statement::new(sql).probed(Probe::ObjectMissing(object.clone()))])
            }
            ObjectKind::Function | ObjectKind::Procedure | ObjectKind::Trigger => {
                routine::drop(scope, object, *if_exists)
            }
            ObjectKind::Partition => partition::drop(scope, object, *if_exists, before),
            ObjectKind::Enum
            | ObjectKind::MaterializedView
            | ObjectKind::Extension
            | ObjectKind::Namespace => Ok(Vec::new()),
        },
        Operation::Rename { object, to } => match object.kind {
            ObjectKind::Enum => Ok(Vec::new()),
            ObjectKind::View | ObjectKind::Sequence => {
                let sql = format!("RENAME TABLE {} TO {}", scope.table(&object.name)?, scope.table(to)?);
                Ok(vec![Statement::new(sql).probed(Probe::ObjectMissing(object.clone()))])
            }
            kind => Err(scope.unsupported(
                format!("a {} keeps its name", kind.word()),
                "drop it and create it under its new name",
            )),
        },
        _ => Ok(Vec::new()),
    }
}

/// An object as the catalog shows it once it is made; `None` where nothing is left of it.
fn catalog(_facts: &Facts, object: &Object) -> Option<Object> {
    match object {
        Object::View(def) => Some(Object::View(view::catalog(def))),
        Object::Sequence(def) => Some(Object::Sequence(sequence::catalog(def))),
        Object::Routine(def) => Some(Object::Routine(routine::catalog(def))),
        Object::Trigger(def) => Some(Object::Trigger(routine::trigger_catalog(def))),
        Object::Partition(def) => Some(Object::Partition(partition::catalog(def))),
        Object::Enum(_) | Object::Extension(_) | Object::Namespace(_) => None,
    }
}

/// The operations that make an inspected object again, exactly.
pub(super) fn restore(id: &ObjectId, schema: &DatabaseSchema) -> Result<Vec<Operation>, &'static str> {
    let id = fold::known_as(id);
    let of_table = match id.kind {
        ObjectKind::Partition => partition::restore(&id, schema),
        ObjectKind::Trigger => fold::restore_trigger(&id, schema),
        _ => None,
    };
    match of_table {
        Some(operations) => undo::with_texts(operations),
        None => undo::object(&id, schema),
    }
}

/// The word of a kind in SQL.
fn word(kind: ObjectKind) -> &'static str {
    match kind {
        ObjectKind::Sequence => "SEQUENCE",
        ObjectKind::Function => "FUNCTION",
        ObjectKind::Procedure => "PROCEDURE",
        ObjectKind::Trigger => "TRIGGER",
        _ => "VIEW",
    }
}
