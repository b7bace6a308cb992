//! How a schema changes with objects, where this database has its own ways: triggers fire in the order in which they were
//! made, and routines are known by their names.

use crate::{
    dialect::objects,
    operation::{Object, ObjectId, ObjectKind, Operation, PartitionDef, TriggerDef},
    schema::{DatabaseSchema, Table},
};

use super::{
    super::{QUOTE, facts::Facts, fold, partition as bounds},
    catalog, partition, routine,
    text::Trigger,
};

/// Folds an operation; whether the schema is known afterwards.
pub(in crate::dialect::mysql) fn fold(
    facts: &Facts,
    operation: &Operation,
    schema: &mut DatabaseSchema,
) -> bool {
    if let Operation::Create(Object::Trigger(def)) = operation
        && let Some(table) = schema.tables.get_mut(&def.table)
    {
        add(table, def);
        return true;
    }
    let named = match operation {
        Operation::Create(Object::Partition(def)) => {
            let by = schema.tables.get(&def.of).and_then(|table| table.partition_by.as_deref());
            let bounds = bounds::shown(by.unwrap_or_default(), &def.bounds);
            Some(Operation::Create(Object::Partition(PartitionDef { bounds, ..def.clone() })))
        }
        Operation::Drop { object, if_exists } => {
            Some(Operation::Drop { object: known_as(object), if_exists: *if_exists })
        }
        _ => None,
    };
    let known = objects::fold(
        named.as_ref().unwrap_or(operation),
        schema,
        QUOTE,
        |object| catalog(facts, object),
        |schema| fold::fold(facts, operation, schema),
    );
    if let Operation::RenameTable { to, .. } = operation
        && let Some(table) = schema.tables.get_mut(to)
    {
        for (_, sql) in &mut table.triggers {
            if let Some(trigger) = Trigger::read(sql) {
                *sql = trigger.sql(to);
            }
        }
    }
    known
}

/// By what an object is known: not by more than the server tells objects apart by.
pub(super) fn known_as(id: &ObjectId) -> ObjectId {
    match id.kind {
        ObjectKind::Partition => partition::known_as(id),
        _ => routine::known_as(id),
    }
}

/// Adds a trigger where it fires: behind those of its moment, unless its text says another place.
fn add(table: &mut Table, def: &TriggerDef) {
    let Some(mut trigger) = Trigger::read(&def.sql) else {
        table.triggers.push((def.name.clone(), def.sql.clone()));
        return;
    };
    table.triggers.retain(|(name, _)| *name != def.name);
    let place = trigger.place.take();
    let there: Vec<Option<Trigger>> = table.triggers.iter().map(|(_, sql)| Trigger::read(sql)).collect();
    let of = |name: &str| table.triggers.iter().position(|(known, _)| known.eq_ignore_ascii_case(name));
    let at = match &place {
        Some((word, other)) if word == "FOLLOWS" => of(other).map(|at| at + 1),
        Some((_, other)) => of(other),
        None => None,
    };
    let moment = |trigger: &Trigger| (trigger.timing.clone(), trigger.event.clone());
    let behind =
        there.iter().position(|other| other.as_ref().is_some_and(|other| moment(other) > moment(&trigger)));
    let at = at.or(behind).unwrap_or(table.triggers.len());
    table.triggers.insert(at, (def.name.clone(), trigger.sql(&def.table)));
}

/// What makes a trigger again at its place: before the one that fires after it.
pub(super) fn restore_trigger(id: &ObjectId, schema: &DatabaseSchema) -> Option<Vec<Operation>> {
    let of = id.table.as_ref()?;
    let triggers = &schema.table(of)?.triggers;
    let at = triggers.iter().position(|(name, _)| name.eq_ignore_ascii_case(&id.name.name))?;
    let (name, sql) = triggers.get(at)?;
    let mut sql = sql.clone();
    if let Some(mut trigger) = Trigger::read(&sql) {
        let next = triggers.get(at + 1).and_then(|(name, sql)| Some((name, Trigger::read(sql)?)));
        trigger.place = next
            .filter(|(_, next)| next.beside(&trigger))
            .map(|(name, _)| ("PRECEDES".to_owned(), name.clone()));
        sql = trigger.sql(of);
    }
    let def = TriggerDef { name: name.clone(), table: of.clone(), sql };
    Some(vec![Operation::Create(Object::Trigger(def))])
}
