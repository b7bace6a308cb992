//! What there is besides tables: one file for each kind, and the way from an operation to it.

mod inspect;
mod partition;
mod routine;
mod sequence;
mod space;
mod support;
mod types;
mod view;

use std::collections::BTreeSet;

use crate::{
    dialect::{CompileError, Probe, Statement, scope::Scope},
    operation::{
        ExtensionDef, NamespaceDef, Object, ObjectId, ObjectKind, Operation, PartitionDef, TableName,
    },
    schema::DatabaseSchema,
};

use super::partition as parts;

pub(super) use inspect::inspect;
pub(super) use routine::put_back;
pub(super) use support::support;

/// The objects whose present shape decides the statements: a view that others read meanwhile must be fit for it, and
/// what is dropped as a partition must be one.
pub(super) fn needs(operation: &Operation) -> BTreeSet<ObjectId> {
    match operation {
        Operation::RefreshView { name, online: true, .. } => BTreeSet::from([view::kept(name)]),
        Operation::Drop { object, .. } if object.kind == ObjectKind::Partition => {
            BTreeSet::from([object.clone()])
        }
        _ => BTreeSet::new(),
    }
}

/// The statements of an operation on an object.
pub(super) fn compile(
    scope: &Scope<'_>,
    operation: &Operation,
    before: &DatabaseSchema,
) -> Result<Vec<Statement>, CompileError> {
    match operation {
        Operation::Create(object) => match object {
            Object::View(def) => view::create(scope, def),
            Object::Sequence(def) => sequence::create(scope, def),
            Object::Enum(def) => types::create(scope, def),
            Object::Extension(def) => space::create_extension(scope, def),
            Object::Namespace(def) => space::create_schema(scope, def),
            Object::Routine(def) => routine::create(scope, object, &def.sql),
            Object::Trigger(def) => routine::create(scope, object, &def.sql),
            Object::Partition(def) => Ok(vec![parts::create(scope, def, "")?]),
        },
        Operation::Drop { object, if_exists } => {
            let name = match object.kind {
                ObjectKind::Partition => {
                    return parts::drop(scope, object, *if_exists, before.object(object).is_some());
                }
                ObjectKind::Function | ObjectKind::Procedure => routine::signature(scope, object)?,
                ObjectKind::Trigger => routine::on_table(scope, object)?,
                ObjectKind::Extension | ObjectKind::Namespace => scope.ident(&object.name.name)?,
                _ => scope.table(&object.name)?,
            };
            Ok(drop(object, *if_exists, &name))
        }
        Operation::Rename { object, to } => match object.kind {
            ObjectKind::Namespace => {
                let (from, to) = (scope.ident(&object.name.name)?, scope.ident(&to.name)?);
                let sql = format!("ALTER SCHEMA {from} RENAME TO {to}");
                Ok(vec![Statement::new(sql).probed(Probe::ObjectMissing(object.clone()))])
            }
            ObjectKind::View | ObjectKind::MaterializedView | ObjectKind::Sequence | ObjectKind::Enum => {
                rename(scope, object, to)
            }
            kind => Err(scope.unsupported(
                format!("a {} keeps its name", kind.word()),
                "drop it and create it under its new name",
            )),
        },
        Operation::AlterEnum { name, change } => types::alter(scope, name, change),
        Operation::RefreshView { name, online, without_data } => {
            view::refresh(scope, name, *online, *without_data, before)
        }
        // Those of tables, SQL and code are elsewhere.
        _ => Ok(Vec::new()),
    }
}

/// An object as the catalog shows it once it is made.
pub(super) fn catalog(object: &Object) -> Option<Object> {
    Some(match object {
        Object::View(view) => Object::View(view::catalog(view)),
        Object::Sequence(def) => Object::Sequence(sequence::catalog(def)),
        Object::Extension(def) => Object::Extension(ExtensionDef { if_not_exists: false, ..def.clone() }),
        Object::Namespace(def) => Object::Namespace(NamespaceDef { if_not_exists: false, ..def.clone() }),
        Object::Partition(def) => {
            Object::Partition(PartitionDef { bounds: parts::bounds(&def.bounds), ..def.clone() })
        }
        other => other.clone(),
    })
}

/// The word of a kind in SQL.
fn word(kind: ObjectKind) -> &'static str {
    match kind {
        ObjectKind::View => "VIEW",
        ObjectKind::MaterializedView => "MATERIALIZED VIEW",
        ObjectKind::Sequence => "SEQUENCE",
        ObjectKind::Enum => "TYPE",
        ObjectKind::Extension => "EXTENSION",
        ObjectKind::Namespace => "SCHEMA",
        ObjectKind::Function => "FUNCTION",
        ObjectKind::Procedure => "PROCEDURE",
        ObjectKind::Trigger => "TRIGGER",
        ObjectKind::Partition => "TABLE",
    }
}

/// `DROP … "name"`, never with CASCADE: what depends on it is named by the server's error.
fn drop(id: &ObjectId, if_exists: bool, name: &str) -> Vec<Statement> {
    let condition = if if_exists { "IF EXISTS " } else { "" };
    let sql = format!("DROP {} {condition}{name}", word(id.kind));
    vec![Statement::new(sql).probed(Probe::ObjectMissing(id.clone()))]
}

/// `ALTER … "name" RENAME TO "other"`, and into another schema when both names have one and they differ.
fn rename(scope: &Scope<'_>, id: &ObjectId, to: &TableName) -> Result<Vec<Statement>, CompileError> {
    if id.name.schema.is_some() != to.schema.is_some() {
        return Err(scope.unsupported(
            "one name has a schema and the other has not, so that it is open whether it moves",
            "write the schema in both names, or in neither",
        ));
    }
    let word = word(id.kind);
    let mut statements = Vec::new();
    let mut present = id.clone();
    if let Some(schema) = to.schema.as_ref().filter(|_| id.name.schema != to.schema) {
        let sql = format!("ALTER {word} {} SET SCHEMA {}", scope.table(&id.name)?, scope.ident(schema)?);
        statements.push(Statement::new(sql).probed(Probe::ObjectMissing(id.clone())));
        present.name.schema = Some(schema.clone());
    }
    if present.name.name != to.name {
        let sql =
            format!("ALTER {word} {} RENAME TO {}", scope.table(&present.name)?, scope.ident(&to.name)?);
        statements.push(Statement::new(sql).probed(Probe::ObjectMissing(present)));
    }
    Ok(statements)
}
