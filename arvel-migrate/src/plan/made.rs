//! What the applied migrations made, in the order in which they were applied.

use super::record;
use crate::{
    history::{Comparison, RevisionState},
    migration::Migration,
    operation::{Made, Operation, reverse},
    undo,
};

/// What the applied migrations made on a database of this family and left there. Of a migration without a file, what its
/// kept way back drops; of SQL as written nothing is known.
#[must_use]
pub fn made(comparison: &Comparison, family: &str) -> Made {
    let mut made = Made::default();
    for state in comparison.by_seq() {
        let kept = kept(state);
        match &state.migration {
            Some(migration) => {
                let up = record::operations(migration, &migration.up).unwrap_or_default();
                let up = undo::of_family(&up, family);
                let back = kept.unwrap_or_else(|| written(migration, &up, family));
                made.follow(&up, &back);
            }
            None => made.follow_back(&kept.unwrap_or_default()),
        }
    }
    made
}

fn kept(state: &RevisionState) -> Option<Vec<Operation>> {
    undo::read(state.row.as_ref()?.undo.as_deref()?).ok()
}

/// The `down` as written, else the reverse of `up`.
fn written(migration: &Migration, up: &[Operation], family: &str) -> Vec<Operation> {
    let back = match &migration.down {
        Some(body) => record::operations(migration, body).ok(),
        None => reverse(up).ok(),
    };
    undo::of_family(&back.unwrap_or_default(), family)
}
