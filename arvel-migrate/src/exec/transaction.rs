//! A step as one transaction: the change and its history row stand or fall together.
//!
//! Where nothing but statements is to be sent, the whole step is one packet and one round trip. With code in it, or with
//! something that only the running step can show, the pieces go one by one in the same transaction.

use std::collections::VecDeque;

use super::{
    AfterFailure, Event,
    hooks::Moment,
    packet,
    prepare::{Piece, fold_forward, inspect_for},
    run::Run,
    step::{Refusal, StepError},
};
use crate::{
    dialect::{DriverError, ErrorKind, Row, Statement},
    plan::Step,
};

impl Run<'_> {
    /// Runs a step in one transaction and answers with the statements that it sent.
    pub(super) async fn transactional(
        &mut self,
        step: &Step,
        pieces: Vec<(usize, Piece)>,
    ) -> Result<Vec<String>, StepError> {
        let pieces: Vec<Piece> = pieces.into_iter().map(|(_, piece)| piece).collect();
        if self.hooks.is_around_steps() {
            return self.piece_by_piece(step, pieces).await;
        }
        let mut statements = Vec::with_capacity(pieces.len());
        for piece in &pieces {
            match piece {
                Piece::Statement(statement)
                    if !statement.needs_foreign_keys_off && statement.guards.is_empty() =>
                {
                    statements.push(statement.clone())
                }
                _ => return self.piece_by_piece(step, pieces).await,
            }
        }
        self.packet(step, statements).await
    }

    async fn packet(&mut self, step: &Step, statements: Vec<Statement>) -> Result<Vec<String>, StepError> {
        let sql = self.sql();
        let mut packet = vec![self.db.dialect().capability().begin.to_owned()];
        packet.extend(sql.assert_last_seq(&self.names, self.last_seq));
        let first = packet.len();
        packet.extend(statements.iter().map(|statement| statement.sql.clone()));
        packet.extend(self.bookkeeping(step));
        let fence = packet.len();
        packet.extend(self.fence());
        packet.push("COMMIT".to_owned());
        if let Some(first) = statements.first() {
            let more = statements.len() - 1;
            let sql =
                if more == 0 { first.sql.clone() } else { format!("{} … and {more} more", first.sql) };
            self.observer.event(&Event::StatementStarted { sql: &sql });
        }
        let text = packet::text(&packet);
        let Err(failed) = self.send(&text, true).await else {
            return Ok(statements.into_iter().map(|statement| statement.sql).collect());
        };
        // PostgreSQL leaves the session in an aborted transaction, SQLite in an open one. What PostgreSQL could not parse
        // has not begun, and a rollback of nothing is a warning in its log.
        if failed.completed > 0 {
            let _ = self.db.connection().execute("ROLLBACK").await;
        }
        if failed.error.kind == ErrorKind::Cancelled && self.is_interrupted() {
            return Err(StepError::Interrupted { done: 0 });
        }
        let mut error = failed.error;
        let at = packet::locate(&packet, failed.completed, &mut error);
        match at.checked_sub(first).and_then(|at| statements.get(at)) {
            Some(statement) => Err(Refusal {
                statement: Some(statement.clone()),
                code: None,
                hook: None,
                error,
                after: AfterFailure::RolledBack,
                leftover: None,
            }
            .into()),
            None if (at == fence && self.fence().is_some()) || (at + 1 == first && first > 1) => {
                Err(self.lost_or(error))
            }
            None if error.kind == ErrorKind::Retryable => Err(Refusal {
                statement: None,
                code: None,
                hook: None,
                error,
                after: AfterFailure::RolledBack,
                leftover: None,
            }
            .into()),
            None => Err(StepError::Database("recording the step", error)),
        }
    }

    pub(super) fn lost_or(&self, error: DriverError) -> StepError {
        match error.kind {
            ErrorKind::Retryable | ErrorKind::Unreachable => StepError::Database("checking the lock", error),
            _ => StepError::LostLock,
        }
    }

    async fn piece_by_piece(&mut self, step: &Step, pieces: Vec<Piece>) -> Result<Vec<String>, StepError> {
        let rebuilds = |piece: &Piece| match piece {
            Piece::Statement(statement) => statement.needs_foreign_keys_off,
            Piece::Later(_) => true,
            Piece::Data(_) | Piece::Batched(_) => false,
        };
        let switch = self.db.dialect().capability().foreign_key_switch;
        let switch = switch.filter(|_| pieces.iter().any(rebuilds));
        if let Some(switch) = switch {
            self.execute("switching foreign keys off", switch.off).await?;
        }
        let orphans = match switch {
            Some(switch) => Some((switch.check, self.orphans(switch.check).await?)),
            None => None,
        };
        let outcome = self.inside(step, pieces, orphans).await;
        if outcome.is_err() {
            let _ = self.db.connection().execute("ROLLBACK").await;
        }
        if let Some(switch) = switch {
            self.execute("switching foreign keys on", switch.on).await?;
        }
        match outcome {
            Err(StepError::Database(_, error))
                if error.kind == ErrorKind::Cancelled && self.is_interrupted() =>
            {
                Err(StepError::Interrupted { done: 0 })
            }
            outcome => outcome,
        }
    }

    async fn inside(
        &mut self,
        step: &Step,
        pieces: Vec<Piece>,
        orphans: Option<(&'static str, Vec<Row>)>,
    ) -> Result<Vec<String>, StepError> {
        let begin = self.db.dialect().capability().begin;
        self.execute("beginning the transaction", begin).await?;
        if let Some(sql) = self.sql().assert_last_seq(&self.names, self.last_seq)
            && let Err(error) = self.db.connection().execute(&sql).await
        {
            return Err(self.lost_or(error));
        }
        self.hook_inside(Moment::Before, step).await?;
        let mut sent = Vec::new();
        let mut pieces = VecDeque::from(pieces);
        while let Some(piece) = pieces.pop_front() {
            if self.is_interrupted() {
                return Err(StepError::Interrupted { done: 0 });
            }
            match piece {
                Piece::Statement(statement) => self.one(statement, &mut sent).await?,
                Piece::Data(data) => {
                    if let Err(error) = data.run(&mut self.db).await {
                        let error = as_driver_error(error);
                        if error.kind == ErrorKind::Cancelled && self.is_interrupted() {
                            return Err(StepError::Interrupted { done: 0 });
                        }
                        return Err(Refusal {
                            statement: None,
                            code: Some(data.name.clone()),
                            hook: None,
                            error,
                            after: AfterFailure::RolledBack,
                            leftover: None,
                        }
                        .into());
                    }
                }
                Piece::Later(operation) => {
                    let operations = [*operation];
                    let mut before = inspect_for(&mut self.db, &operations)
                        .await
                        .map_err(|error| StepError::Database("reading the tables", error))?;
                    let now = fold_forward(self.db.dialect(), &operations, &mut before, &mut true)
                        .map_err(StepError::Compile)?;
                    for (_, piece) in now.into_iter().rev() {
                        pieces.push_front(piece);
                    }
                }
                // Such a step is journaled.
                Piece::Batched(_) => {}
            }
        }
        if let Some((check, before)) = orphans {
            self.no_new_orphans(check, &before).await?;
        }
        for sql in self.bookkeeping(step) {
            self.execute("recording the step", &sql).await?;
        }
        self.hook_inside(Moment::After, step).await?;
        if let Some(fence) = self.fence()
            && let Err(error) = self.db.connection().query(&fence).await
        {
            return Err(self.lost_or(error));
        }
        self.execute("committing", "COMMIT").await?;
        Ok(sent)
    }

    async fn one(&mut self, statement: Statement, sent: &mut Vec<String>) -> Result<(), StepError> {
        if let Some(error) = self.in_the_way(&statement).await {
            let after = AfterFailure::RolledBack;
            return Err(Refusal {
                statement: Some(statement),
                code: None,
                hook: None,
                error,
                after,
                leftover: None,
            }
            .into());
        }
        self.observer.event(&Event::StatementStarted { sql: &statement.sql });
        match self.send(&statement.sql, true).await {
            Ok(()) => {
                sent.push(statement.sql);
                Ok(())
            }
            Err(failed) if failed.error.kind == ErrorKind::Cancelled && self.is_interrupted() => {
                Err(StepError::Interrupted { done: 0 })
            }
            Err(failed) => Err(Refusal {
                statement: Some(statement),
                code: None,
                hook: None,
                error: failed.error,
                after: AfterFailure::RolledBack,
                leftover: None,
            }
            .into()),
        }
    }

    /// The refusal of the rows that stand in the way of a statement.
    pub(super) async fn in_the_way(&mut self, statement: &Statement) -> Option<DriverError> {
        for guard in &statement.guards {
            let refusal = match self.db.connection().query(&guard.query).await {
                Ok(rows) => guard.refusal(&rows),
                // A role that may change a table and not read it: the server will judge.
                Err(_) if !self.db.dialect().capability().transactional_ddl => None,
                Err(error) => Some(error),
            };
            if refusal.is_some() {
                return refusal;
            }
        }
        None
    }

    /// Child rows without their parent, as they are now.
    pub(super) async fn orphans(&mut self, check: &str) -> Result<Vec<Row>, StepError> {
        let rows = self.db.connection().query(check).await;
        rows.map_err(|error| StepError::Database("checking foreign keys", error))
    }

    /// Refuses child rows without their parent that were not there before.
    pub(super) async fn no_new_orphans(&mut self, check: &str, before: &[Row]) -> Result<(), StepError> {
        let now = self.orphans(check).await?;
        match now.iter().find(|row| !before.contains(row)) {
            Some(new) => {
                let cell = |at| new.at(at).unwrap_or_default().to_owned();
                Err(StepError::ForeignKeys { child: cell(0), parent: cell(2) })
            }
            None => Ok(()),
        }
    }

    pub(super) async fn execute(&mut self, doing: &'static str, sql: &str) -> Result<(), StepError> {
        self.db.connection().execute(sql).await.map(drop).map_err(|error| StepError::Database(doing, error))
    }
}

/// What code answered with: the database's own error when it is one.
pub(super) fn as_driver_error(error: Box<dyn std::error::Error + Send + Sync>) -> DriverError {
    match error.downcast::<DriverError>() {
        Ok(error) => *error,
        Err(error) => DriverError::new(ErrorKind::Statement, error.to_string()),
    }
}
