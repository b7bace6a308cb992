//! What is in the database where a script begins, and how it changes with each step: folded, never looked at.

use std::{collections::BTreeSet, sync::Arc};

use super::ScriptError;
use crate::{
    Error,
    dialect::SharedDialect,
    exec::{Piece, RunError, pieces_from, refuse_own_transaction, refuse_split},
    graph::Graph,
    history::{HistoryRow, versions},
    migration::{Checksum, Migration, RevisionId, TransactionMode},
    operation::Operation,
    plan::{self, Direction, PlanError, Step},
    schema::DatabaseSchema,
    undo::{self, WayBack},
};

/// What is known of the database.
pub(crate) struct Base {
    dialect: SharedDialect,
    schema: DatabaseSchema,
    /// What made the rest unknown, in words.
    unknown: Option<String>,
    /// The rows of the history, in the order of the graph.
    pub(crate) rows: Vec<HistoryRow>,
}

/// A step as it is written.
pub(super) struct Compiled {
    pub(super) pieces: Vec<Piece>,
    /// The way back that its row keeps.
    pub(super) undo: Option<String>,
    /// Whether there should be one, and nobody can know it.
    pub(super) undo_is_unknown: bool,
}

impl Base {
    /// What these revisions leave, applied in the order of the graph.
    ///
    /// # Errors
    /// When a migration has mistakes.
    pub(crate) fn of(
        dialect: SharedDialect,
        graph: &Graph,
        applied: &BTreeSet<RevisionId>,
    ) -> Result<Self, PlanError> {
        let mut base = Self { dialect, schema: DatabaseSchema::default(), unknown: None, rows: Vec::new() };
        let is_applied = |of: &&Arc<Migration>| applied.contains(&of.revision) && !of.is_follow_up();
        for migration in graph.iter().filter(is_applied) {
            let step = plan::recorded(migration, base.dialect.capability().family)?;
            let undo = base.way_back(&step);
            base.fold(&step.revision, &step.operations);
            base.rows.push(row(migration, base.rows.len(), undo));
        }
        Ok(base)
    }

    /// The statements of a step, whose effect is then part of the base.
    pub(super) fn step(&mut self, step: &Step) -> Result<Compiled, Error> {
        let path = || step.migration.as_ref().and_then(|migration| migration.path.clone());
        let refused =
            |error| Error::from(RunError::Compile { revision: step.revision.clone(), path: path(), error });
        let undo = self.way_back(step);
        let before = self.unknown.is_none().then(|| self.schema.clone());
        let mut exact = self.unknown.is_none();
        let pieces = pieces_from(&self.dialect, &step.operations, &mut self.schema, &mut exact);
        let pieces = pieces.map_err(refused)?;
        if let (false, Some(mut before)) = (exact, before) {
            self.unknown = first_unknown(&self.dialect, &step.operations, &mut before)
                .map(|operation| because(&step.revision, operation));
        }
        for (_, piece) in &pieces {
            match piece {
                Piece::Statement(_) => {}
                Piece::Data(crate::operation::DataStep { name, .. }) => {
                    return Err(code(step, name));
                }
                Piece::Batched(batch) => return Err(code(step, &batch.name)),
                Piece::Later(operation) => {
                    return Err(ScriptError::Unforeseen {
                        revision: step.revision.clone(),
                        path: path(),
                        operation: operation.describe(),
                        because: self.unknown.clone().unwrap_or_else(|| "what stands before it".to_owned()),
                    }
                    .into());
                }
            }
        }
        refuse_split(&*self.dialect, step.transaction, &step.operations, &pieces).map_err(refused)?;
        if self.dialect.capability().transactional_ddl && step.transaction != TransactionMode::None {
            refuse_own_transaction(&*self.dialect, &pieces).map_err(refused)?;
        }
        let wants_undo = step.direction == Direction::Up && step.way_back == WayBack::Seen;
        Ok(Compiled {
            pieces: pieces.into_iter().map(|(_, piece)| piece).collect(),
            undo_is_unknown: wants_undo && undo.is_none(),
            undo,
        })
    }

    /// What the row of a migration keeps that wrote no way back: known as long as the base is.
    fn way_back(&self, step: &Step) -> Option<String> {
        let seen = step.direction == Direction::Up && step.way_back == WayBack::Seen;
        if !seen || self.unknown.is_some() {
            return None;
        }
        let way = undo::resolve(&*self.dialect, &step.operations, self.schema.clone()).ok()?;
        undo::write(&way)
    }

    fn fold(&mut self, revision: &RevisionId, operations: &[Operation]) {
        let unknown = first_unknown(&self.dialect, operations, &mut self.schema);
        if self.unknown.is_none() {
            self.unknown = unknown.map(|operation| because(revision, operation));
        }
    }
}

/// Folds operations and answers with the first whose effect nobody can foresee.
fn first_unknown<'o>(
    dialect: &SharedDialect,
    operations: &'o [Operation],
    schema: &mut DatabaseSchema,
) -> Option<&'o Operation> {
    let mut unknown = None;
    for operation in operations {
        let found = match operation {
            Operation::When { condition, then, otherwise } => {
                let side =
                    if condition.holds(dialect.capability().family, schema) { then } else { otherwise };
                first_unknown(dialect, side, schema)
            }
            other => (!dialect.fold(other, schema)).then_some(other),
        };
        unknown = unknown.or(found);
    }
    unknown
}

fn because(revision: &RevisionId, operation: &Operation) -> String {
    format!("`{}` of `{revision}`", operation.describe().replace('`', ""))
}

fn code(step: &Step, name: &str) -> Error {
    let path = step.migration.as_ref().and_then(|migration| migration.path.clone());
    ScriptError::Code { revision: step.revision.clone(), path, name: name.to_owned() }.into()
}

fn row(migration: &Migration, before: usize, undo: Option<String>) -> HistoryRow {
    HistoryRow {
        revision: migration.revision.clone(),
        seq: i64::try_from(before).unwrap_or(i64::MAX).saturating_add(1),
        batch: Some(1),
        line: migration.line.to_string(),
        origin: migration.origin.as_ref().map(ToString::to_string),
        checksum: Checksum::of(migration),
        applied_at: String::new(),
        duration_ms: 0,
        stamped: false,
        tool_version: versions(migration.in_place.as_ref().map(|of| &of.version)),
        undo,
    }
}
