//! From a migration's bodies to operations. Recording runs the body against a recorder and touches nothing.

use super::{Direction, PlanError, Step};
use crate::{
    dsl::Schema,
    graph::file_of,
    history::RevisionState,
    migration::{Body, Migration, RevisionId},
    operation::{Operation, SqlStep, reverse},
};
use std::sync::Arc;

/// The step that applies a migration.
pub(super) fn up(migration: &Arc<Migration>, late: bool) -> Result<Step, PlanError> {
    Ok(Step {
        migration: Some(Arc::clone(migration)),
        revision: migration.revision.clone(),
        direction: Direction::Up,
        late,
        operations: operations(migration, &migration.up)?,
        transaction: migration.up_transaction,
    })
}

/// The step that undoes an applied migration: its `down` as written, else the reverse of its `up`.
pub(super) fn down(state: &RevisionState) -> Result<Step, PlanError> {
    let revision = row_revision(state);
    let Some(migration) = &state.migration else {
        return Err(PlanError::Missing { revisions: vec![revision] });
    };
    let (operations, transaction) = match &migration.down {
        Some(body) => (operations(migration, body)?, migration.down_transaction),
        None => {
            let up = operations(migration, &migration.up)?;
            let back = reverse(&up).map_err(|cause| PlanError::Irreversible {
                revision: migration.revision.clone(),
                file: file_of(migration),
                cause,
            })?;
            // What could not be made inside a transaction can not be undone inside one either.
            (back, migration.up_transaction)
        }
    };
    Ok(Step {
        migration: Some(Arc::clone(migration)),
        revision,
        direction: Direction::Down,
        late: false,
        operations,
        transaction,
    })
}

/// The revision under which history knows it.
pub(super) fn row_revision(state: &RevisionState) -> RevisionId {
    state.row.as_ref().map_or_else(|| state.revision.clone(), |row| row.revision.clone())
}

fn operations(migration: &Migration, body: &Body) -> Result<Vec<Operation>, PlanError> {
    match body {
        Body::Rust(body) => {
            let recorded = Schema::record(*body);
            if recorded.errors.is_empty() {
                return Ok(recorded.operations);
            }
            Err(PlanError::Recording {
                revision: migration.revision.clone(),
                file: file_of(migration),
                errors: recorded.errors,
            })
        }
        // An empty section is an empty migration, such as a merge.
        Body::Sql(section) if section.text.trim().is_empty() => Ok(Vec::new()),
        Body::Sql(section) => Ok(vec![Operation::Sql(SqlStep {
            first_line: Some(section.first_line),
            ..SqlStep::everywhere(&*section.text)
        })]),
    }
}
