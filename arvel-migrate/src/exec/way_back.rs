//! The way back of a migration that wrote none: looked up before it runs, and kept with what it leaves.
//!
//! Where each statement commits by itself the way back is kept in the journal first, so that it outlives a run that is
//! cut off: afterwards the tables are no longer those that it started from.

use super::{run::Run, step::StepError};
use crate::{
    history::JournalKey,
    operation::{ColumnDef, Operation, TableChange, TableName},
    plan::{Direction, Step},
    undo::{self, WayBack},
};

/// The journal's word for it, beside `up` and `down`.
const UNDO: &str = "undo";

impl Run<'_> {
    /// What the history row of the step will keep; `None` when the migration says it itself, or nobody can.
    pub(super) async fn way_back(
        &mut self,
        step: &Step,
        begun: bool,
        journaled: bool,
    ) -> Result<Option<String>, StepError> {
        self.no_way_back = None;
        if step.direction != Direction::Up || step.way_back != WayBack::Seen {
            return Ok(None);
        }
        let dialect = self.db.dialect().clone();
        let name = step.journal_name();
        // What is for another database needs no look.
        let operations = undo::of_family(&step.operations, dialect.capability().family);
        if begun {
            let kept =
                self.loaded_journal.iter().find(|row| row.revision == name.as_str() && row.direction == UNDO);
            return Ok(kept.and_then(|row| row.error.clone()));
        }
        let tables = undo::needs(&operations);
        let seen = dialect.inspect(self.db.connection(), Some(&tables)).await;
        let seen = seen.map_err(|error| StepError::Database("reading the tables", error))?;
        let way = undo::resolve(&*dialect, &operations, seen);
        self.no_way_back = way.as_ref().err().map(ToString::to_string);
        let text = way.ok().and_then(|operations| undo::write(&operations));
        if let Some(text) = text.as_deref().filter(|_| journaled) {
            let key = JournalKey { revision: name.as_str().to_owned(), direction: UNDO, position: 0 };
            let (sql, names) = (dialect.bookkeeping(), self.names.clone());
            let mut statements = sql.step_intent(&names, &key, "", "", self.epoch, false);
            statements.push(sql.step_outcome(&names, &key, "done", Some(text)));
            for statement in statements {
                self.execute("keeping the way back", &statement).await?;
            }
        }
        Ok(text)
    }

    /// Refuses to bring back a column that must have a value where rows are that would have none: the values went when
    /// it was dropped. Asked before anything of the step runs.
    pub(super) async fn refuse_lost_values(&mut self, step: &Step) -> Result<(), StepError> {
        let dialect = self.db.dialect().clone();
        for (table, column) in valueless(step) {
            let mut name = dialect.quote(&table.name);
            if let Some(schema) = &table.schema {
                name = format!("{}.{name}", dialect.quote(schema));
            }
            let rows = self.db.connection().query(&format!("SELECT 1 FROM {name} LIMIT 1")).await;
            // Where the table is not there, the step itself will say so.
            if rows.is_ok_and(|rows| !rows.is_empty()) {
                return Err(StepError::LostValues { table: table.to_string(), column: column.name.clone() });
            }
        }
        Ok(())
    }
}

/// The columns that a kept way back brings back to a table that was not made in the same step, without a value for its
/// rows.
pub(crate) fn valueless(step: &Step) -> Vec<(&TableName, &ColumnDef)> {
    let mut found = Vec::new();
    if step.direction != Direction::Down || step.way_back != WayBack::Seen {
        return found;
    }
    for operation in &step.operations {
        let Operation::AlterTable { table, changes } = operation else { continue };
        for change in changes {
            let TableChange::AddColumn(column) = change else { continue };
            let fills_itself = column.default.is_some()
                || column.auto_increment
                || column.identity.is_some()
                || column.generated.is_some();
            if column.nullable != Some(true) && !fills_itself {
                found.push((table, column));
            }
        }
    }
    found
}
