//! The history as it would read after a plan: what a `refresh` plans its second half from, before anything has run.

use std::collections::HashSet;

use super::{Direction, Plan};
use crate::{
    history::{HistoryRow, versions},
    migration::{Checksum, Migration},
};

impl Plan {
    /// The rows after all steps. New rows get the next `seq` and the batch of a next run; their time is empty.
    #[must_use]
    pub fn history_after(&self, rows: &[HistoryRow]) -> Vec<HistoryRow> {
        let (up, down): (Vec<_>, Vec<_>) =
            self.steps.iter().partition(|step| step.direction == Direction::Up);
        let undone: HashSet<_> = down.iter().map(|step| &step.revision).collect();
        let batch = rows.iter().filter_map(|row| row.batch).max().unwrap_or(0) + 1;
        let mut rows: Vec<_> = rows.iter().filter(|row| !undone.contains(&row.revision)).cloned().collect();
        let next = rows.iter().map(|row| row.seq).max().unwrap_or(0) + 1;
        let with_rows = up.into_iter().filter(|step| step.raises.is_none());
        let migrations = with_rows.filter_map(|step| step.migration.as_deref());
        rows.extend(migrations.zip(next..).map(|(migration, seq)| row(migration, seq, batch)));
        rows
    }
}

fn row(migration: &Migration, seq: i64, batch: i64) -> HistoryRow {
    HistoryRow {
        revision: migration.revision.clone(),
        seq,
        batch: Some(batch),
        line: migration.line.to_string(),
        origin: migration.origin.as_ref().map(ToString::to_string),
        checksum: Checksum::of(migration),
        applied_at: String::new(),
        duration_ms: 0,
        stamped: false,
        tool_version: versions(migration.in_place.as_ref().map(|of| &of.version)),
        undo: None,
    }
}
