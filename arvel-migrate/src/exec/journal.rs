//! A step that no transaction holds together: what is done is journaled, so that a run that was cut off goes on.
//!
//! Where a transaction can hold changes of tables, what stands between two statements outside of one is a span: its
//! statements and their entries are one transaction ([`span`](super::span)), done or not begun. Only what stands by itself
//! ([`alone`](super::alone)) has an intent before and an outcome after, and can end unknown.

use std::collections::VecDeque;

use sha2::{Digest, Sha256};

use super::{
    AfterFailure, Event,
    hooks::Moment,
    own_transaction::refuse_own_transaction,
    prepare::{Piece, fold_forward, inspect_for, needs},
    run::Run,
    step::StepError,
};
use crate::{
    dialect::{ErrorKind, ForeignKeySwitch, Row, Statement},
    history::{JournalKey, JournalRow},
    migration::{TransactionMode, hex},
    operation::{Operation, canonical_text},
    plan::Step,
};

/// Positions count statements within operations: `operation * STRIDE + statement`.
const STRIDE: usize = 10_000;

/// What a transaction holds together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spans {
    /// Nothing: the database commits each statement by itself.
    None,
    /// One statement of an operation and its entry. What is written as SQL stands by itself, as the migration asks.
    Each,
    /// All up to the next statement outside.
    Long,
}

/// What an earlier run left, and how far this one is.
pub(super) struct Journal {
    pub(super) rows: Vec<JournalRow>,
    prefix: Sha256,
    pub(super) done: Vec<String>,
    /// How many of `done` no rollback takes back.
    pub(super) committed: usize,
    /// Whether a part of a long work is done.
    pub(super) halfway: bool,
    pub(super) spans: Spans,
    /// Whether a span is open.
    pub(super) open: bool,
    /// The rebuild of a table that the open span is.
    pub(super) rebuild: Option<Rebuild>,
    /// Notes the beginning of the step; it goes with the first thing that is sent.
    pub(super) timing: Option<String>,
}

/// A span in which foreign keys are not enforced.
pub(super) struct Rebuild {
    pub(super) switch: ForeignKeySwitch,
    /// Child rows that had no parent before.
    pub(super) orphans: Vec<Row>,
}

/// An operation with its number: that of its place among all that were recorded, so that it is the same whichever sides
/// of conditions run.
struct Numbered<'a> {
    index: usize,
    operation: &'a Operation,
    then: VecDeque<Numbered<'a>>,
    otherwise: VecDeque<Numbered<'a>>,
}

fn numbered<'a>(operations: &'a [Operation], next: &mut usize) -> VecDeque<Numbered<'a>> {
    let number = |operation: &'a Operation| {
        let index = *next;
        *next += 1;
        let (then, otherwise) = match operation {
            Operation::When { then, otherwise, .. } => (numbered(then, next), numbered(otherwise, next)),
            _ => Default::default(),
        };
        Numbered { index, operation, then, otherwise }
    };
    operations.iter().map(number).collect()
}

pub(super) enum Before {
    /// Nothing is known of the statement.
    Fresh,
    /// It is done.
    Done,
    /// It was begun; nobody knows how it ended.
    Unknown,
}

impl Journal {
    /// Whether an earlier try left an entry at a position.
    pub(super) fn has(&self, position: usize) -> bool {
        self.rows.iter().any(|row| row.position == position)
    }

    /// What is known of the statement at a position, after its digest was added to the prefix. `what` is its text.
    pub(super) fn before(
        &mut self,
        position: usize,
        digest: &str,
        what: &str,
    ) -> Result<(Before, String), StepError> {
        self.prefix.update(digest.as_bytes());
        let prefix = hex(&self.prefix.clone().finalize());
        let edited = || Err(StepError::EditedHalfway(self.done.len() + 1, what.to_owned()));
        let Some(row) = self.rows.iter().find(|row| row.position == position) else {
            // A later entry without this one means that this one was not there when the earlier run came by.
            return match self.rows.iter().any(|row| row.position > position && row.state == "done") {
                true => edited(),
                false => Ok((Before::Fresh, prefix)),
            };
        };
        match row.state.as_str() {
            "done" if row.prefix_digest == prefix => Ok((Before::Done, prefix)),
            "running" if row.prefix_digest == prefix => Ok((Before::Unknown, prefix)),
            "done" | "running" => edited(),
            _ => Ok((Before::Fresh, prefix)),
        }
    }

    /// Counts a statement as done: behind an open span for good only when that is committed.
    pub(super) fn count(&mut self, sql: String) {
        self.done.push(sql);
        if !self.open {
            self.committed = self.done.len();
        }
    }

    /// What a failure here leaves.
    pub(super) fn after(&self) -> AfterFailure {
        match self.committed {
            0 if self.open => AfterFailure::RolledBack,
            committed => AfterFailure::Committed { statements: self.done[..committed].to_vec() },
        }
    }

    pub(super) fn interrupted(&self) -> StepError {
        StepError::Interrupted { done: self.committed }
    }

    /// The rows of the statements of an operation.
    fn of(&self, index: usize) -> Vec<&JournalRow> {
        self.rows.iter().filter(|row| row.position / STRIDE == index).collect()
    }
}

pub(super) fn digest(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

impl Run<'_> {
    /// Runs a step part by part and answers with the statements that it sent or found done.
    pub(super) async fn journaled(&mut self, step: &Step) -> Result<Vec<String>, StepError> {
        let (name, direction) = (step.journal_name(), step.direction.as_str());
        let rows: Vec<JournalRow> = self
            .loaded_journal
            .iter()
            .filter(|row| row.revision == name.as_str() && row.direction == direction)
            .cloned()
            .collect();
        let resumed = rows.iter().filter(|row| row.state == "done").count();
        if resumed > 0 {
            self.observer.event(&Event::Resumed { revision: &step.revision, done: resumed });
        }
        let spans = match (self.db.dialect().capability().transactional_ddl, step.transaction) {
            (false, _) => Spans::None,
            (true, TransactionMode::None) => Spans::Each,
            (true, TransactionMode::PerMigration | TransactionMode::Whole) => Spans::Long,
        };
        let timing = self.sql().begin_timing();
        let mut journal = Journal {
            rows,
            prefix: Sha256::new(),
            done: Vec::new(),
            committed: 0,
            halfway: false,
            spans,
            open: false,
            rebuild: None,
            timing,
        };
        match self.parts(step, &mut journal).await {
            Ok(()) => Ok(journal.done),
            Err(error) => {
                self.abandon(&mut journal).await;
                let error = match error {
                    StepError::Database(_, error)
                        if error.kind == ErrorKind::Cancelled && self.is_interrupted() =>
                    {
                        journal.interrupted()
                    }
                    other => other,
                };
                // Who lost the lock says nothing more.
                let ours = matches!(
                    error,
                    StepError::Refused(_) | StepError::Compile(_) | StepError::Interrupted { .. }
                );
                if ours && journal.committed == 0 && !journal.halfway && spans == Spans::Long {
                    self.forget(name.as_str()).await;
                }
                Err(error)
            }
        }
    }

    async fn parts(&mut self, step: &Step, journal: &mut Journal) -> Result<(), StepError> {
        let (revision, direction) = (step.journal_name().as_str().to_owned(), step.direction.as_str());
        let mut recorded = false;
        self.hook_before_parts(journal, step).await?;
        let mut queue = numbered(&step.operations, &mut 0);
        while let Some(Numbered { index, operation, then, otherwise }) = queue.pop_front() {
            if let Operation::When { condition, .. } = operation {
                let side = if self.decide(&revision, index, condition).await? { then } else { otherwise };
                side.into_iter().rev().for_each(|operation| queue.push_front(operation));
                continue;
            }
            let pieces = self.pieces(&revision, operation, index, journal).await?;
            let count = pieces.len();
            let switch = self.db.dialect().capability().foreign_key_switch;
            let switch = switch.filter(|_| journal.spans != Spans::None && pieces.iter().any(is_rebuild));
            if let Some(switch) = switch {
                self.open_rebuild(journal, switch).await?;
            }
            for (sub, piece) in pieces.into_iter().enumerate() {
                if self.is_interrupted() {
                    return Err(journal.interrupted());
                }
                let key =
                    JournalKey { revision: revision.clone(), direction, position: index * STRIDE + sub };
                let is_sql = matches!(operation, Operation::Sql(_));
                let text = match &piece {
                    Piece::Statement(statement) if is_sql => statement.sql.clone(),
                    _ => format!("{}#{sub}", canonical_text(std::slice::from_ref(operation))),
                };
                let digest = digest(&text);
                let is_last = queue.is_empty() && sub + 1 == count;
                match piece {
                    Piece::Statement(statement)
                        if switch.is_some() || journal.spans.hold(&statement, is_sql) =>
                    {
                        self.in_span(journal, key, &digest, statement).await?;
                    }
                    Piece::Statement(statement) => {
                        self.close_span(journal).await?;
                        let along = is_last && self.hooks.after_step.is_empty();
                        let finish = along.then(|| self.bookkeeping(step));
                        recorded = self.statement(journal, key, &digest, statement, finish).await?;
                    }
                    Piece::Data(data) if journal.spans == Spans::Long => {
                        self.data_in_span(journal, key, &digest, &data).await?;
                    }
                    Piece::Data(data) => self.data(journal, key, &digest, &data).await?,
                    Piece::Batched(batch) => {
                        self.close_span(journal).await?;
                        self.batched(journal, key, &digest, &batch).await?;
                    }
                    Piece::Later(_) => {}
                }
            }
            if switch.is_some() {
                self.close_span(journal).await?;
            }
        }
        if !recorded {
            self.begin_timing(journal).await?;
            self.open_span(journal).await?;
            for sql in self.bookkeeping(step) {
                self.execute("recording the step", &sql).await?;
            }
            self.hook_in_span(journal, Moment::After, step).await?;
            self.close_span(journal).await?;
        }
        Ok(())
    }

    /// Notes the beginning of the step, unless that has been sent.
    pub(super) async fn begin_timing(&mut self, journal: &mut Journal) -> Result<(), StepError> {
        match journal.timing.take() {
            Some(sql) => self.execute("noting the time", &sql).await,
            None => Ok(()),
        }
    }

    /// The pieces of one operation: as they were kept by a former run, or compiled against the tables as they are now.
    async fn pieces(
        &mut self,
        revision: &str,
        operation: &Operation,
        index: usize,
        journal: &mut Journal,
    ) -> Result<Vec<Piece>, StepError> {
        let operations = std::slice::from_ref(operation);
        let done_as_a_whole = |rows: &[&JournalRow]| -> Vec<Piece> {
            rows.iter().map(|_| Piece::Statement(Statement::new(operation.describe()))).collect()
        };
        let is_kept = !matches!(operation, Operation::Sql(_) | Operation::Data(_) | Operation::Batched(_));
        let rows = journal.of(index);
        if journal.spans != Spans::None && is_kept {
            if let Some(kept) = self.kept_plan(revision, index, operation) {
                return Ok(kept.into_iter().map(Piece::Statement).collect());
            }
            // All its statements were in one span.
            if !rows.is_empty() && rows.iter().all(|row| row.state == "done") {
                return Ok(done_as_a_whole(&rows));
            }
        }
        let begun = rows.iter().any(|row| row.state != "failed");
        if begun && !needs(self.db.dialect(), operation).is_empty() {
            // Its statements depend on a table that some of them have already changed. When they are all done, their
            // number is the only thing that is needed; else the text of the one under way can not be made again.
            let later = journal.rows.iter().any(|row| row.position / STRIDE > index);
            if rows.iter().all(|row| row.state == "done") && later {
                return Ok(done_as_a_whole(&rows));
            }
            if rows.len() > 1 {
                return Err(StepError::NeedsPerson(journal.done.len() + 1, operation.describe()));
            }
        }
        let mut before = inspect_for(&mut self.db, operations)
            .await
            .map_err(|error| StepError::Database("reading the tables", error))?;
        let pieces = match fold_forward(self.db.dialect(), operations, &mut before, &mut true) {
            Ok(pieces) => pieces,
            // What it would remove is already gone: the statement under way had taken effect.
            Err(_) if begun => return Ok(vec![Piece::Statement(Statement::new(operation.describe()))]),
            Err(error) => return Err(StepError::Compile(error)),
        };
        if journal.spans == Spans::Long {
            refuse_own_transaction(&**self.db.dialect(), &pieces).map_err(StepError::Compile)?;
        }
        let pieces: Vec<Piece> = pieces.into_iter().map(|(_, piece)| piece).collect();
        if journal.spans != Spans::None && is_kept {
            self.keep_plan(journal, revision, index, operation, &pieces).await?;
        }
        Ok(pieces)
    }
}

/// Whether a statement is part of a table's rebuild.
pub(super) fn is_rebuild(piece: &Piece) -> bool {
    matches!(piece, Piece::Statement(statement) if statement.needs_foreign_keys_off)
}

impl Spans {
    /// Whether a statement and its entry are one transaction.
    fn hold(self, statement: &Statement, is_sql: bool) -> bool {
        let can = statement.transaction != TransactionMode::None;
        match self {
            Spans::None => false,
            Spans::Each => can && !is_sql,
            Spans::Long => can,
        }
    }
}
