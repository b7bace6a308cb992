//! The shortest sequence that still shows a mistake: operations, then changes within them, are left out as long as it
//! does.

use arvel_migrate::operation::Operation;

use super::{
    run::{Failure, sequence},
    world::World,
};

/// Tries until nothing more can go.
pub(super) async fn least(world: &mut World, mut failure: Failure) -> Failure {
    loop {
        let mut smaller = None;
        for candidate in candidates(&failure.operations) {
            let mut operations = candidate.into_iter();
            if let Err(found) = Box::pin(sequence(world, failure.by_hand, |_| operations.next())).await
                && kind(&found) == kind(&failure)
            {
                smaller = Some(found);
                break;
            }
        }
        match smaller {
            Some(found) => failure = found,
            None => return failure,
        }
    }
}

/// What went wrong, so that a shorter sequence shows the same and not something else.
fn kind(failure: &Failure) -> Vec<&str> {
    failure.what.split_whitespace().take(5).filter(|word| !word.contains('`')).collect()
}

/// Each with one thing less.
fn candidates(operations: &[Operation]) -> Vec<Vec<Operation>> {
    let without = |at: usize| {
        let mut all = operations.to_vec();
        all.remove(at);
        all
    };
    let mut out: Vec<Vec<Operation>> = (0..operations.len()).map(without).collect();
    for (at, operation) in operations.iter().enumerate() {
        for smaller in smaller(operation) {
            let mut all = operations.to_vec();
            all[at] = smaller;
            out.push(all);
        }
    }
    out
}

/// The operation with one thing less.
fn smaller(operation: &Operation) -> Vec<Operation> {
    let mut out = Vec::new();
    match operation {
        Operation::AlterTable { table, changes } if changes.len() > 1 => {
            for at in 0..changes.len() {
                let mut changes = changes.clone();
                changes.remove(at);
                out.push(Operation::AlterTable { table: table.clone(), changes });
            }
        }
        Operation::CreateTable(def) => {
            macro_rules! lists {
                ($($field:ident),*) => { $(
                    for at in 0..def.$field.len() {
                        let mut def = def.clone();
                        def.$field.remove(at);
                        out.push(Operation::CreateTable(def));
                    }
                )* };
            }
            lists!(foreign_keys, indexes, checks, exclusions);
            if def.columns.len() > 1 {
                lists!(columns);
            }
            if def.comment.is_some() {
                out.push(Operation::CreateTable(arvel_migrate::operation::TableDef {
                    comment: None,
                    ..def.clone()
                }));
            }
        }
        _ => {}
    }
    out
}
