//! What a schema is after an operation on an object, and what becomes of its objects when a table changes.
//!
//! Texts stay as written; the server may spell them differently. A rename of something that the text of another object
//! mentions is not foreseen: the server writes that text anew.

use crate::{
    dialect::words,
    operation::{
        EnumChange, EnumDef, EnumPlace, Object, ObjectId, ObjectKind, Operation, TableChange, TableName,
    },
    schema::DatabaseSchema,
};

/// Folds an operation. `catalog` says an object in the database's words, or
/// that nothing is left of it; `tables` does what concerns tables. Answers
/// whether the schema is known afterwards.
pub(crate) fn fold(
    operation: &Operation,
    schema: &mut DatabaseSchema,
    quote: char,
    catalog: impl FnOnce(&Object) -> Option<Object>,
    tables: impl FnOnce(&mut DatabaseSchema) -> bool,
) -> bool {
    match operation {
        Operation::Create(object) => {
            if let Some(object) = catalog(object) {
                create(schema, object);
            }
            true
        }
        Operation::Drop { object, .. } => {
            drop(schema, object);
            true
        }
        Operation::Rename { object, to } => rename(schema, object, to, quote),
        Operation::AlterEnum { name, change } => alter_enum(schema, name, change, quote),
        Operation::RefreshView { name, without_data, .. } => {
            let id = ObjectId::new(ObjectKind::MaterializedView, name.clone());
            if let Some(Object::View(view)) = schema.objects.get_mut(&id) {
                view.without_data = *without_data;
            }
            true
        }
        Operation::RenameTable { from, to } => {
            let known = !mentioned(schema, &from.name, quote);
            let moved = |name: &mut TableName| {
                if name == from {
                    name.clone_from(to);
                }
            };
            of_tables(schema, moved, |_| {});
            tables(schema) && known
        }
        Operation::DropTable { table, .. } => {
            schema.objects.retain(|id, object| owner(id, object) != Some(table));
            tables(schema)
        }
        Operation::AlterTable { table, changes } => {
            let mut known = true;
            for change in changes {
                known &= alter(schema, table, change, quote);
            }
            tables(schema) && known
        }
        _ => tables(schema),
    }
}

fn create(schema: &mut DatabaseSchema, object: Object) {
    let id = object.id();
    let kept = match &object {
        Object::Extension(extension) => extension.if_not_exists,
        Object::Namespace(space) => space.if_not_exists,
        _ => false,
    };
    if kept && schema.objects.contains_key(&id) {
        return;
    }
    // Triggers and partitions stand with their table where it is known.
    match &object {
        Object::Trigger(trigger) => {
            if let Some(table) = schema.tables.get_mut(&trigger.table) {
                table.triggers.retain(|(name, _)| *name != trigger.name);
                table.triggers.push((trigger.name.clone(), trigger.sql.clone()));
                table.triggers.sort();
                return;
            }
        }
        Object::Partition(partition) => {
            if let Some(table) = schema.tables.get_mut(&partition.of) {
                table.partitions.push((partition.name.clone(), partition.bounds.clone()));
                return;
            }
        }
        _ => {}
    }
    schema.objects.insert(id, object);
}

fn drop(schema: &mut DatabaseSchema, id: &ObjectId) {
    schema.objects.remove(id);
    match (id.kind, id.table.as_ref().and_then(|table| schema.tables.get_mut(table))) {
        (ObjectKind::Trigger, Some(table)) => table.triggers.retain(|(name, _)| *name != id.name.name),
        (ObjectKind::Partition, Some(table)) => table.partitions.retain(|(name, _)| *name != id.name),
        // Triggers of a view go with it.
        (ObjectKind::View, _) => schema.objects.retain(|_, object| match object {
            Object::Trigger(trigger) => trigger.table != id.name,
            _ => true,
        }),
        _ => {}
    }
}

fn rename(schema: &mut DatabaseSchema, id: &ObjectId, to: &TableName, quote: char) -> bool {
    let known = !mentioned(schema, &id.name.name, quote);
    let Some(mut object) = schema.object(id) else { return known };
    schema.objects.remove(id);
    if matches!(id.kind, ObjectKind::Trigger | ObjectKind::Partition) {
        drop(schema, id);
    }
    set_name(&mut object, to);
    create(schema, object);
    match id.kind {
        ObjectKind::View => {
            let moved = |name: &mut TableName| {
                if *name == id.name {
                    name.clone_from(to);
                }
            };
            of_tables(schema, moved, |_| {});
            known
        }
        // The types of columns, the names in texts.
        ObjectKind::Enum | ObjectKind::Namespace => known && schema.tables.is_empty(),
        _ => known,
    }
}

fn alter_enum(schema: &mut DatabaseSchema, name: &TableName, change: &EnumChange, quote: char) -> bool {
    let known = match change {
        EnumChange::AddValue { .. } => true,
        EnumChange::RenameValue { from, .. } => !says(schema, from, quote),
    };
    let id = ObjectId::new(ObjectKind::Enum, name.clone());
    if let Some(Object::Enum(def)) = schema.objects.get_mut(&id) {
        change_values(def, change);
    }
    known
}

/// An enum type after a change.
fn change_values(def: &mut EnumDef, change: &EnumChange) {
    match change {
        EnumChange::AddValue { value, place } => {
            let at = |value: &String| def.values.iter().position(|known| known == value);
            let place = match place {
                Some(EnumPlace::Before(other)) => at(other),
                Some(EnumPlace::After(other)) => at(other).map(|place| place + 1),
                None => None,
            };
            def.values.insert(place.unwrap_or(def.values.len()), value.clone());
        }
        EnumChange::RenameValue { from, to } => {
            for value in def.values.iter_mut().filter(|value| *value == from) {
                value.clone_from(to);
            }
        }
    }
}

/// A change of a table, in the objects around it.
fn alter(schema: &mut DatabaseSchema, table: &TableName, change: &TableChange, quote: char) -> bool {
    match change {
        TableChange::DropColumn { name } => {
            schema.objects.retain(|_, object| match object {
                Object::Sequence(sequence) => {
                    sequence.owned_by.as_ref().is_none_or(|(of, column)| of != table || column != name)
                }
                _ => true,
            });
            true
        }
        TableChange::RenameColumn { from, to } => {
            let renamed = |owned: &mut (TableName, String)| {
                if owned.0 == *table && owned.1 == *from {
                    owned.1.clone_from(to);
                }
            };
            of_tables(schema, |_| {}, renamed);
            !(mentioned(schema, &table.name, quote) && mentioned(schema, from, quote))
        }
        _ => true,
    }
}

/// The table with which an object goes.
fn owner<'o>(id: &'o ObjectId, object: &'o Object) -> Option<&'o TableName> {
    match object {
        Object::Sequence(sequence) => sequence.owned_by.as_ref().map(|(table, _)| table),
        _ => id.table.as_ref(),
    }
}

/// Changes the tables that objects belong to, and with them their ids.
fn of_tables(
    schema: &mut DatabaseSchema,
    table: impl Fn(&mut TableName),
    column: impl Fn(&mut (TableName, String)),
) {
    let objects = std::mem::take(&mut schema.objects);
    for (_, mut object) in objects {
        match &mut object {
            Object::Trigger(trigger) => table(&mut trigger.table),
            Object::Partition(partition) => {
                table(&mut partition.of);
                table(&mut partition.name);
            }
            Object::Sequence(sequence) => {
                if let Some(owned) = &mut sequence.owned_by {
                    table(&mut owned.0);
                    column(owned);
                }
            }
            _ => {}
        }
        schema.objects.insert(object.id(), object);
    }
}

fn set_name(object: &mut Object, to: &TableName) {
    match object {
        Object::View(view) => view.name.clone_from(to),
        Object::Sequence(sequence) => sequence.name.clone_from(to),
        Object::Enum(kind) => kind.name.clone_from(to),
        Object::Extension(extension) => extension.name.clone_from(&to.name),
        Object::Namespace(space) => space.name.clone_from(&to.name),
        Object::Routine(routine) => routine.name.clone_from(to),
        Object::Trigger(trigger) => trigger.name.clone_from(&to.name),
        Object::Partition(partition) => partition.name.clone_from(to),
    }
}

/// Whether the text of an object has a name anywhere.
fn mentioned(schema: &DatabaseSchema, name: &str, quote: char) -> bool {
    schema.objects.values().filter_map(text).any(|text| words::mentions(text, name, quote))
}

fn text(object: &Object) -> Option<&str> {
    match object {
        Object::View(view) => Some(&view.query),
        Object::Routine(routine) => Some(&routine.sql),
        Object::Trigger(trigger) => Some(&trigger.sql),
        _ => None,
    }
}

/// Whether a value stands anywhere as a literal.
fn says(schema: &DatabaseSchema, value: &str, _quote: char) -> bool {
    let literal = crate::dialect::quote::text(value);
    let in_tables = schema.tables.values().any(|table| {
        let columns = table.columns.iter().flat_map(|column| {
            column.default.iter().chain(column.generated.iter().map(|generated| &generated.expression))
        });
        let checks = table.checks.iter().map(|check| &check.expression);
        let indexes = table.indexes.iter().flat_map(|index| index.predicate.iter().chain(&index.sql));
        columns.chain(checks).chain(indexes).any(|text| text.contains(&literal))
    });
    in_tables || schema.objects.values().filter_map(text).any(|text| text.contains(&literal))
}
