//! What there is besides tables: views and triggers, whose texts SQLite keeps as written.

mod inspect;
mod support;
mod trigger;
mod view;

use std::collections::BTreeSet;

use crate::{
    dialect::{CompileError, Probe, Statement, quote},
    operation::{Object, ObjectId, ObjectKind, Operation, TableName},
    schema::DatabaseSchema,
};

use super::{QUOTE, compile::Context, text};

pub(super) use inspect::inspect;
pub(super) use support::support;

/// The objects whose present texts decide the statements: a view that takes another name or definition is made anew,
/// and its triggers with it.
pub(super) fn needs(operation: &Operation) -> BTreeSet<ObjectId> {
    match operation {
        Operation::Create(object @ Object::View(view)) if view.replace => BTreeSet::from([object.id()]),
        Operation::Rename { object, .. } if object.kind == ObjectKind::View => {
            BTreeSet::from([object.clone()])
        }
        _ => BTreeSet::new(),
    }
}

/// The statements of an operation on an object.
pub(super) fn compile(
    context: &Context<'_>,
    operation: &Operation,
    before: &DatabaseSchema,
) -> Result<Vec<Statement>, CompileError> {
    match operation {
        Operation::Create(Object::View(view)) => view::create(context, view, before),
        Operation::Create(Object::Trigger(trigger)) => trigger::create(context, trigger),
        // The columns hold the values.
        Operation::Create(Object::Enum(_)) => Ok(Vec::new()),
        Operation::Drop { object, if_exists } => match object.kind {
            ObjectKind::View | ObjectKind::Trigger => drop(context, object, *if_exists),
            ObjectKind::Enum => Ok(Vec::new()),
            // Refused by the gate.
            _ => Ok(Vec::new()),
        },
        Operation::Rename { object, to } => match object.kind {
            ObjectKind::View => view::rename(context, object, to, before),
            ObjectKind::Enum => Ok(Vec::new()),
            _ => Err(context.unsupported(
                &format!("a {} keeps its name", object.kind.word()),
                "drop it and create it under its new name",
            )),
        },
        // Refused by the gate.
        _ => Ok(Vec::new()),
    }
}

/// An object as the catalog shows it once it is made; `None` where nothing is left of it.
pub(super) fn catalog(object: &Object) -> Option<Object> {
    match object {
        Object::View(view) => Some(Object::View(view::catalog(view))),
        Object::Trigger(trigger) => Some(Object::Trigger(trigger::catalog(trigger))),
        _ => None,
    }
}

/// The texts of views at the tables that they mention, and of the triggers on a view that took another name.
pub(super) fn follow(operation: &Operation, schema: &mut DatabaseSchema) {
    let (gone, made) = match operation {
        Operation::Create(Object::View(view)) => (&view.name, Some(&view.name)),
        Operation::Drop { object, .. } if object.kind == ObjectKind::View => (&object.name, None),
        Operation::Rename { object, to } if object.kind == ObjectKind::View => (&object.name, Some(to)),
        // A view may have been there before its table.
        Operation::CreateTable(def) => return waiting(&def.name, schema),
        _ => return,
    };
    let made = made.and_then(|name| match schema.object(&ObjectId::new(ObjectKind::View, name.clone())) {
        Some(Object::View(view)) => Some((view.name.name.clone(), view::sql(&view))),
        _ => None,
    });
    if let Operation::Rename { to, .. } = operation {
        for object in schema.objects.values_mut() {
            if let Object::Trigger(trigger) = object
                && trigger.table == *to
            {
                trigger.sql = view::on_table(&trigger.sql, &to.name);
            }
        }
    }
    for (table, shown) in &mut schema.tables {
        shown.views.retain(|(name, _)| !name.eq_ignore_ascii_case(&gone.name));
        shown.views.extend(made.clone().filter(|(_, sql)| text::mentions(sql, &table.name)));
        shown.views.sort();
    }
}

/// The texts of views that mention a new table.
fn waiting(table: &TableName, schema: &mut DatabaseSchema) {
    let views = schema.objects.values().filter_map(|object| match object {
        Object::View(view) => Some((view.name.name.clone(), view::sql(view))),
        _ => None,
    });
    let mut views: Vec<_> = views.filter(|(_, sql)| text::mentions(sql, &table.name)).collect();
    views.sort();
    if let Some(made) = schema.tables.get_mut(table) {
        made.views = views;
    }
}

/// `DROP VIEW "name"`.
fn drop(context: &Context<'_>, id: &ObjectId, if_exists: bool) -> Result<Vec<Statement>, CompileError> {
    let condition = if if_exists { "IF EXISTS " } else { "" };
    let word = if id.kind == ObjectKind::Trigger { "TRIGGER" } else { "VIEW" };
    let name = quote::identifier(context.table(&id.name)?, QUOTE);
    let sql = format!("DROP {word} {condition}{name}");
    Ok(vec![Statement::new(sql).probed(Probe::ObjectMissing(id.clone()))])
}
