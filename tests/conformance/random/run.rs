//! One sequence: forward operation by operation, then back again.

use std::collections::BTreeMap;

use arvel_migrate::{
    operation::{Feature, ObjectKind, Operation, TableChange, TableName, features},
    schema::DatabaseSchema,
    undo::{self, WayBack},
};

use super::world::{Outcome, World};
use crate::{difference::difference, spelling::loosely};

/// What a sequence did.
#[derive(Default)]
pub(super) struct Told {
    pub worked: usize,
    pub refused: usize,
    pub undone: usize,
    pub features: Vec<Feature>,
    pub refusals: Vec<String>,
}

/// A sequence that showed a mistake.
#[derive(Debug)]
pub(super) struct Failure {
    pub by_hand: bool,
    pub operations: Vec<Operation>,
    pub what: String,
}

/// An operation that worked: what was there before, and what leads back.
struct Undo {
    operation: Operation,
    before: DatabaseSchema,
    back: Vec<Operation>,
}

/// Runs the operations that `next` makes of what is there: nothing at first, or tables that somebody made by hand.
pub(super) async fn sequence(
    world: &mut World,
    by_hand: bool,
    mut next: impl FnMut(&DatabaseSchema) -> Option<Operation>,
) -> Result<Told, Failure> {
    world.wipe().await;
    let mut told = Told::default();
    let mut operations = Vec::new();
    let mut undos = Vec::new();
    let mut schema = DatabaseSchema::default();
    if by_hand {
        schema = world.by_hand().await;
    }
    while let Some(operation) = next(&schema) {
        operations.push(operation.clone());
        match forward(world, &operation, schema, &mut undos, &mut told).await {
            Ok(found) => schema = found,
            Err(what) => return Err(Failure { by_hand, operations, what }),
        }
    }
    match back(world, schema, undos).await {
        Ok(undone) => told.undone = undone,
        Err(what) => return Err(Failure { by_hand, operations, what }),
    }
    Ok(told)
}

async fn forward(
    world: &mut World,
    operation: &Operation,
    schema: DatabaseSchema,
    undos: &mut Vec<Undo>,
    told: &mut Told,
) -> Result<DatabaseSchema, String> {
    let statements = match world.dialect.compile(operation, &schema) {
        Ok(statements) => statements,
        Err(error) => {
            told.refused += 1;
            told.refusals.push(error.to_string());
            return Ok(schema);
        }
    };
    let counts = world.counts(&schema).await;
    let broken = loses_broken_view(world, operation, &schema).await;
    let outcome = world.execute(&statements).await;
    let found = world.inspect().await;
    let sql = || statements.iter().map(|one| format!("{};\n", one.sql)).collect::<String>();
    if let Outcome::Refused { sql: failed, error, rolled_back } = outcome {
        told.refused += 1;
        told.refusals.push(error.clone());
        // `invalid input syntax for type boolean` is about a row's value (class 22), not about the statement.
        if error.contains("syntax") && !error.contains("invalid input syntax") {
            return Err(format!("{failed}\nis not the database's language: {error}"));
        }
        let differences = difference(&schema, &found);
        if rolled_back && !differences.is_empty() {
            return Err(format!("{failed}\nwas refused ({error}) and changed\n{}", differences.join("\n")));
        }
        if !rolled_back {
            undos.clear();
        }
        return Ok(found);
    }
    told.worked += 1;
    told.features.extend(features(operation));
    if let Some(folded) = foreseen(world, operation, &schema)? {
        let differences = difference(&whole(folded), &found);
        if !differences.is_empty() {
            return Err(format!(
                "the fold is not what the database shows:\n{}\nafter\n{}",
                differences.join("\n"),
                sql()
            ));
        }
    }
    kept(operation, &counts, &world.counts(&found).await)?;
    match undo::way_back(std::slice::from_ref(operation), world.dialect.capability().family) {
        WayBack::Missing(_) => undos.clear(),
        _ if broken => undos.clear(),
        _ => match undo::resolve(&*world.dialect, std::slice::from_ref(operation), schema.clone()) {
            Ok(back) => undos.push(Undo { operation: operation.clone(), before: schema.clone(), back }),
            // It says that it has none.
            Err(_) => undos.clear(),
        },
    }
    let new: Vec<TableName> =
        found.tables.keys().filter(|name| !schema.tables.contains_key(*name)).cloned().collect();
    // A table that was renamed, or was a partition, has the rows that it had.
    if !new.is_empty() && matches!(operation, Operation::CreateTable(_)) {
        world.fill(&found, &new).await;
    }
    Ok(found)
}

/// The schema without tables that are part of another one, beside which an inspection of everything shows them.
fn whole(mut schema: DatabaseSchema) -> DatabaseSchema {
    schema.tables.retain(|_, table| table.partition_of.is_none());
    schema
}

/// The schema behind an operation as the database will show it; `None` when nobody can foresee it.
///
/// A server rewrites an expression when it takes it, and a rename in the same operation meets it so: the spelling is
/// applied behind each change. The fold of all of them at once must be that of one after the other. SQLite writes no
/// expression anew, and its fold follows the order of a rebuild.
fn foreseen(
    world: &World,
    operation: &Operation,
    before: &DatabaseSchema,
) -> Result<Option<DatabaseSchema>, String> {
    let mut whole = before.clone();
    if !world.dialect.fold(operation, &mut whole) {
        return Ok(None);
    }
    let Operation::AlterTable { table, changes } = operation else {
        return Ok(Some(world.spelling.apply(whole)));
    };
    if world.dialect.capability().family == "sqlite" {
        return Ok(Some(whole));
    }
    let (mut plain, mut spelled) = (before.clone(), before.clone());
    for change in changes {
        let alone = Operation::AlterTable { table: table.clone(), changes: vec![change.clone()] };
        world.dialect.fold(&alone, &mut plain);
        world.dialect.fold(&alone, &mut spelled);
        spelled = world.spelling.apply(spelled);
    }
    let differences = difference(&plain, &whole);
    match differences.is_empty() {
        true => Ok(Some(spelled)),
        false => Err(format!(
            "the fold of all changes is not that of one after the other:\n{}",
            differences.join("\n")
        )),
    }
}

/// Every table that is still there has as many rows as before.
fn kept(
    operation: &Operation,
    before: &BTreeMap<TableName, i64>,
    after: &BTreeMap<TableName, i64>,
) -> Result<(), String> {
    // Rows move with the partition that they are in, or go with it.
    let parts = |change: &TableChange| {
        matches!(change, TableChange::AttachPartition { .. } | TableChange::DetachPartition { .. })
    };
    match operation {
        Operation::Drop { object, .. } if object.kind == ObjectKind::Partition => return Ok(()),
        Operation::AlterTable { changes, .. } if changes.iter().any(parts) => {
            let (had, has) = (before.values().sum::<i64>(), after.values().sum::<i64>());
            return if had == has { Ok(()) } else { Err(format!("there were {had} rows, and are {has}")) };
        }
        _ => {}
    }
    for (name, count) in before {
        let name = match operation {
            Operation::RenameTable { from, to } if from == name => to,
            _ => name,
        };
        if after.get(name).is_some_and(|found| found != count) {
            return Err(format!("{name} had {count} rows and has {:?}", after.get(name)));
        }
    }
    Ok(())
}

/// Back through all that can be undone, each step held against what was there.
async fn back(world: &mut World, mut schema: DatabaseSchema, mut undos: Vec<Undo>) -> Result<usize, String> {
    let mut undone = 0;
    while let Some(Undo { operation, before, back }) = undos.pop() {
        let mut sent = String::new();
        for operation in &back {
            if needs_values(operation) {
                empty(world, &schema).await;
            }
            let refused = |error| format!("the way back `{}` is refused: {error}", operation.describe());
            let statements = world.dialect.compile(operation, &schema).map_err(refused)?;
            let counts = world.counts(&schema).await;
            statements.iter().for_each(|one| sent.push_str(&format!("{};\n", one.sql)));
            let mut outcome = world.execute(&statements).await;
            if matches!(&outcome, Outcome::Refused { rolled_back: true, .. }) {
                // The rows may be others than those that were there: a shape comes back without them.
                empty(world, &schema).await;
                outcome = world.execute(&statements).await;
            }
            if let Outcome::Refused { sql, error, .. } = outcome {
                return Err(format!("the way back stops at\n{sql}\n{error}"));
            }
            schema = world.inspect().await;
            let found = world.counts(&schema).await;
            if found.values().any(|count| *count > 0) {
                kept(operation, &counts, &found)?;
            }
        }
        let before = without_attached(&operation, lasting(before), &schema);
        let expected = loosely(crate::live::in_order_of(&*world.dialect, &schema, before));
        let differences = difference(&expected, &loosely(lasting(schema.clone())));
        if !differences.is_empty() {
            let differences = differences.join("\n");
            return Err(format!(
                "the way back of `{}` leads to\n{differences}\nafter\n{sent}",
                operation.describe()
            ));
        }
        undone += 1;
    }
    Ok(undone)
}

/// A table that was a partition for a while is taken as it is found: PostgreSQL gave it the indexes and keys of the
/// table under names of its own choice, which are nowhere before it does, and leaves them when it is detached.
fn without_attached(
    operation: &Operation,
    mut before: DatabaseSchema,
    found: &DatabaseSchema,
) -> DatabaseSchema {
    let Operation::AlterTable { changes, .. } = operation else { return before };
    for change in changes {
        if let TableChange::AttachPartition { name, .. } = change
            && let (Some(expected), Some(found)) = (before.tables.get_mut(name), found.table(name))
        {
            expected.clone_from(found);
        }
    }
    before
}

/// The schema without what goes with the connection, which no way back is about.
fn lasting(mut schema: DatabaseSchema) -> DatabaseSchema {
    schema.tables.retain(|_, table| !table.options.temporary);
    schema
}

/// Whether a view goes that can not be read any more: MariaDB takes a column or a table from under a view, and will not
/// make such a view again.
async fn loses_broken_view(world: &mut World, operation: &Operation, schema: &DatabaseSchema) -> bool {
    let id = match operation {
        Operation::Drop { object, .. } => object.clone(),
        Operation::Create(object) => object.id(),
        _ => return false,
    };
    if id.kind != ObjectKind::View || !schema.objects.contains_key(&id) {
        return false;
    }
    let sql = format!("SELECT 1 FROM {} LIMIT 0", crate::rows::quoted(&*world.dialect, &id.name));
    world.connection.query(&sql).await.is_err()
}

/// Whether a column comes back whose values are gone, or a key whose column got others meanwhile: what stands further
/// back may ask for them.
fn needs_values(operation: &Operation) -> bool {
    let Operation::AlterTable { changes, .. } = operation else { return false };
    changes.iter().any(|change| matches!(change, TableChange::AddColumn(_) | TableChange::AddForeignKey(_)))
}

async fn empty(world: &mut World, schema: &DatabaseSchema) {
    let own = world.dialect.capability().foreign_key_switch.map(|switch| (switch.off, switch.on));
    let switch = match world.dialect.capability().family {
        // A row may point at itself, or at one of a table that is emptied later.
        "mysql" => Some(("SET foreign_key_checks = 0", "SET foreign_key_checks = 1")),
        _ => own,
    };
    if let Some((off, _)) = switch {
        world.sql(off).await;
    }
    for name in crate::rows::parents_first(schema).into_iter().rev() {
        world.sql(&format!("DELETE FROM {}", crate::rows::quoted(&*world.dialect, name))).await;
    }
    if let Some((_, on)) = switch {
        world.sql(on).await;
    }
}
