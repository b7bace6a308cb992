//! The lines of one step: its statements between the bounds of their transactions, as the run itself has them.

use super::base::Compiled;
use crate::{
    dialect::{Dialect, ScriptLine, Statement},
    exec::{Piece, leaves_transaction},
    migration::TransactionMode,
    operation::{ColumnDef, TableName},
    plan::Step,
};

/// Lines under way.
pub(super) struct Lines<'a> {
    dialect: &'a dyn Dialect,
    lock_wait: u128,
    open: bool,
    pub(super) out: Vec<ScriptLine>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(dialect: &'a dyn Dialect, lock_wait: u128) -> Self {
        Self { dialect, lock_wait, open: false, out: Vec::new() }
    }

    pub(super) fn statement(&mut self, sql: impl Into<String>) {
        self.out.push(ScriptLine::Statement(sql.into()));
    }

    pub(super) fn statements(&mut self, statements: impl IntoIterator<Item = String>) {
        self.out.extend(statements.into_iter().map(ScriptLine::Statement));
    }

    pub(super) fn comment(&mut self, text: impl Into<String>) {
        self.out.push(ScriptLine::Comment(text.into()));
    }

    pub(super) fn begin(&mut self) {
        if !std::mem::replace(&mut self.open, true) {
            self.statement(self.dialect.capability().begin);
        }
    }

    pub(super) fn commit(&mut self) {
        if std::mem::take(&mut self.open) {
            self.statement("COMMIT");
        }
    }

    pub(super) fn require(&mut self, condition: &str, otherwise: &str) {
        self.statements(self.dialect.client().require(condition, otherwise));
    }

    /// A step, with the statement that records it.
    pub(super) fn step(&mut self, step: &Step, compiled: &Compiled, record: String) {
        let transactional = self.dialect.capability().transactional_ddl;
        let one_by_one = !transactional || step.transaction == TransactionMode::None;
        let rebuilds =
            |piece: &Piece| matches!(piece, Piece::Statement(statement) if statement.needs_foreign_keys_off);
        let around = self.dialect.client().around_rebuild().filter(|_| compiled.pieces.iter().any(rebuilds));
        self.lost_values(step);
        self.statements(self.dialect.bookkeeping().begin_timing());
        self.statements(around.iter().flat_map(|around| around.before.clone()));
        for piece in &compiled.pieces {
            let Piece::Statement(statement) = piece else { continue };
            if leaves_transaction(piece) {
                self.commit();
                self.outside(statement);
            } else if one_by_one && !statement.needs_foreign_keys_off {
                self.commit();
                self.statement(&statement.sql);
            } else {
                self.begin();
                self.statement(&statement.sql);
            }
        }
        if transactional {
            self.begin();
        }
        self.statement(record);
        self.statements(around.iter().flat_map(|around| around.check.clone()));
        self.commit();
        self.statements(around.into_iter().flat_map(|around| around.after));
    }

    /// A statement outside any transaction. What waits for others by its nature waits without bounds.
    fn outside(&mut self, statement: &Statement) {
        let sql = self.dialect.bookkeeping();
        let waits = statement.waits && sql.bounds().is_some();
        if waits {
            self.statements(sql.lock_timeout(0));
        }
        self.statement(&statement.sql);
        if waits {
            self.statements(sql.lock_timeout(self.lock_wait));
        }
    }

    /// A column that must have a value does not come back to rows that would have none.
    fn lost_values(&mut self, step: &Step) {
        for (table, column) in crate::exec::valueless(step) {
            let from = quoted(self.dialect, table);
            let ColumnDef { name, .. } = column;
            self.require(
                &format!("NOT EXISTS (SELECT 1 FROM {from})"),
                &format!("`{name}` of `{table}` must have values, and there are rows"),
            );
        }
    }
}

fn quoted(dialect: &dyn Dialect, table: &TableName) -> String {
    let schema = table.schema.iter().map(|schema| format!("{}.", dialect.quote(schema)));
    format!("{}{}", schema.collect::<String>(), dialect.quote(&table.name))
}
