//! From a migration's bodies to operations. Recording runs the body against a recorder and touches nothing.

use super::{Direction, PlanError, Step};
use crate::{
    dsl::{DslError, Schema},
    graph::file_of,
    history::RevisionState,
    migration::{Body, Migration, RevisionId},
    operation::{Operation, SqlStep, plain_where_unseen, reverse},
    undo::{self, WayBack},
};
use std::sync::Arc;

/// What applying a migration to a database of this family does: the step, recorded and not run.
///
/// # Errors
/// [`PlanError::Recording`] with the mistakes of the body.
pub fn recorded(migration: &Arc<Migration>, family: &str) -> Result<Step, PlanError> {
    up(migration, false, family)
}

/// The step that applies a migration.
pub(super) fn up(migration: &Arc<Migration>, late: bool, family: &str) -> Result<Step, PlanError> {
    let operations = operations(migration, &migration.up)?;
    let way_back = match &migration.down {
        Some(_) => WayBack::Known,
        // Another command line would record another way back: what was seen is kept.
        None => match undo::way_back(&operations, family) {
            WayBack::Known if !migration.reads.is_empty() => WayBack::Seen,
            way_back => way_back,
        },
    };
    Ok(Step {
        migration: Some(Arc::clone(migration)),
        revision: migration.revision.clone(),
        direction: Direction::Up,
        late,
        raises: None,
        operations,
        transaction: migration.up_transaction,
        way_back,
    })
}

/// The step that undoes an applied migration: its `down` as written, else the reverse of its `up`, else the way back
/// that its history row keeps.
pub(super) fn down(state: &RevisionState, family: &str) -> Result<Step, PlanError> {
    let revision = row_revision(state);
    let Some(migration) = &state.migration else {
        return Err(PlanError::Missing { revisions: vec![revision] });
    };
    let (operations, transaction, way_back) = match &migration.down {
        Some(body) => (operations(migration, body)?, migration.down_transaction, WayBack::Known),
        None => {
            let (back, way_back) = derived(state, migration, family)?;
            // What could not be made inside a transaction can not be undone inside one either.
            (back, migration.up_transaction, way_back)
        }
    };
    Ok(Step {
        migration: Some(Arc::clone(migration)),
        revision,
        direction: Direction::Down,
        late: false,
        raises: None,
        operations,
        transaction,
        way_back,
    })
}

/// The way back of a migration that wrote none. What was kept when it was applied counts first: an edit since then
/// does not change what ran.
fn derived(
    state: &RevisionState,
    migration: &Migration,
    family: &str,
) -> Result<(Vec<Operation>, WayBack), PlanError> {
    if let Some(kept) = state.row.as_ref().and_then(|row| row.undo.as_deref()) {
        let operations = undo::read(kept).map_err(|cause| PlanError::UnreadableUndo {
            revision: migration.revision.clone(),
            file: file_of(migration),
            cause,
        })?;
        return Ok((operations, WayBack::Seen));
    }
    let up = operations(migration, &migration.up)?;
    match reverse(&undo::of_family(&up, family)) {
        Ok(back) => Ok((back, WayBack::Known)),
        Err(cause) => Err(PlanError::Irreversible {
            revision: migration.revision.clone(),
            file: file_of(migration),
            cause,
        }),
    }
}

/// The revision under which history knows it.
pub(super) fn row_revision(state: &RevisionState) -> RevisionId {
    state.row.as_ref().map_or_else(|| state.revision.clone(), |row| row.revision.clone())
}

/// What a body records, without the `online` of what it makes itself.
pub(super) fn operations(migration: &Migration, body: &Body) -> Result<Vec<Operation>, PlanError> {
    match body {
        Body::Rust(body) => {
            let recorded = Schema::record_with(*body, &migration.reads, &migration.given);
            if recorded.errors.is_empty() {
                return Ok(plain_where_unseen(recorded.operations));
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
            ..SqlStep::everywhere(filled(migration, &section.text)?)
        })]),
    }
}

/// SQL with the values of what it declares to read: `${tenant}`, `${--tag}`.
fn filled(migration: &Migration, text: &str) -> Result<String, PlanError> {
    let mut filled = text.to_owned();
    let mut errors = Vec::new();
    for entry in &migration.reads {
        let mark = format!("${{{entry}}}");
        if !text.contains(&mark) {
            continue;
        }
        match migration.given.read(entry) {
            Some(value) => filled = filled.replace(&mark, value),
            None => errors.push(DslError::NotGiven { entry: entry.clone() }),
        }
    }
    match errors.is_empty() {
        true => Ok(filled),
        false => Err(PlanError::Recording {
            revision: migration.revision.clone(),
            file: file_of(migration),
            errors,
        }),
    }
}
