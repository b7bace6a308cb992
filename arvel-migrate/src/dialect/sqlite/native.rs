//! Changes that SQLite's own `ALTER TABLE` and index statements can make, one statement each, without a rebuild.
//!
//! Adding: NULL or a literal for the rows that are there. Dropping: only what nothing else uses. Renaming: always.

use super::{
    QUOTE,
    alter::Altered,
    clause::{Clause, ClauseKind},
    column,
    compile::Context,
    ddl, edit, index,
    shape::Shape,
    types::Spelling,
};
use crate::{
    dialect::{CompileError, Probe, Statement, quote},
    operation::{ColumnDef, IndexDef, TableChange, TableName},
};

/// The statements, or `None` when some change needs a rebuild.
pub(super) fn plan(
    context: &Context<'_>,
    table: &TableName,
    changes: &[TableChange],
    shape: Option<Shape>,
    spelling: Spelling,
) -> Result<Option<Altered>, CompileError> {
    if !changes.iter().all(native) {
        return Ok(None);
    }
    let name = shape.as_ref().map_or(table.name.clone(), |shape| shape.definition.table());
    let mut plan = Native {
        context,
        table,
        name,
        spelling: shape.as_ref().map_or(spelling, |shape| shape.definition.spelling()),
        altered: Altered { statements: Vec::new(), after: shape, exact: true },
    };
    for change in changes {
        if !plan.change(change)? {
            return Ok(None);
        }
    }
    Ok(Some(plan.altered))
}

/// Whether the kind of change can be native at all.
fn native(change: &TableChange) -> bool {
    match change {
        TableChange::AddColumn(column) => column::addable(column),
        TableChange::RenameColumn { .. }
        | TableChange::DropColumn { .. }
        | TableChange::AddIndex(_)
        | TableChange::DropIndex { .. }
        | TableChange::RenameIndex { .. } => true,
        _ => false,
    }
}

struct Native<'c> {
    context: &'c Context<'c>,
    table: &'c TableName,
    /// As the catalog has it.
    name: String,
    spelling: Spelling,
    altered: Altered,
}

impl Native<'_> {
    /// `false` when this change needs a rebuild after all.
    fn change(&mut self, change: &TableChange) -> Result<bool, CompileError> {
        match change {
            TableChange::AddColumn(column) => self.add_column(column)?,
            TableChange::RenameColumn { from, to } => self.rename_column(from, to)?,
            TableChange::DropColumn { name } => return self.drop_column(name),
            TableChange::AddIndex(index) => self.add_index(index)?,
            TableChange::DropIndex { name, .. } => return self.drop_index(name),
            TableChange::RenameIndex { from, to } => self.rename_index(from, to)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn push(&mut self, sql: String, probe: Probe) {
        self.altered.statements.push(Statement::new(sql).probed(probe));
    }

    fn alter(&self) -> String {
        format!("ALTER TABLE {}", quote::identifier(&self.name, QUOTE))
    }

    fn add_column(&mut self, column: &ColumnDef) -> Result<(), CompileError> {
        let definition = column::definition(self.context, &self.name, column, self.spelling)?;
        if let (Some(shape), Some(generated)) = (&self.altered.after, &column.generated) {
            ddl::require_quoted(self.context, self.table, &generated.expression, |name| {
                shape.has_column(name) || name.eq_ignore_ascii_case(&column.name)
            })?;
        }
        let sql = format!("{} ADD COLUMN {definition}", self.alter());
        self.push(sql, Probe::ColumnExists(self.table.clone(), column.name.clone()));
        if let Some(shape) = &mut self.altered.after {
            shape.definition.add_natively(&definition);
        }
        Ok(())
    }

    fn rename_column(&mut self, from: &str, to: &str) -> Result<(), CompileError> {
        self.context.name(to)?;
        let sql = format!(
            "{} RENAME COLUMN {} TO {}",
            self.alter(),
            quote::identifier(from, QUOTE),
            quote::identifier(to, QUOTE)
        );
        self.push(sql, Probe::ColumnExists(self.table.clone(), to.to_owned()));
        if let Some(shape) = &mut self.altered.after {
            // Cut off in the middle, a run finds the column under its new name.
            if !shape.has_column(from) && !shape.has_column(to) {
                return Err(self.context.missing(self.table, "column", from));
            }
            self.altered.exact &= shape.rename_column(from, to);
        }
        Ok(())
    }

    fn drop_column(&mut self, name: &str) -> Result<bool, CompileError> {
        let Some(shape) = &mut self.altered.after else { return Ok(false) };
        let Some(item) = shape.definition.column(name) else {
            return Err(self.context.missing(self.table, "column", name));
        };
        if item.has(|kind| {
            matches!(kind, ClauseKind::PrimaryKey { .. } | ClauseKind::Unique { .. } | ClauseKind::Foreign(_))
        }) {
            return Ok(false);
        }
        let definition = &shape.definition;
        let goes_along = |clause: &Clause| matches!(&clause.kind, ClauseKind::Check { expression } if index::says_only(definition, expression, name));
        let others = definition.items.iter().filter(|item| !item.is_column(name));
        if others.flat_map(|item| &item.clauses).any(goes_along) {
            return Ok(false);
        }
        let indexes = shape.drop_indexes_of(name);
        edit::refuse_if_used(self.context, shape, name)?;
        if shape.definition.columns().count() == 1 {
            return Err(edit::last_column(self.context));
        }
        shape.definition.drop_natively(name);
        for index in indexes {
            let sql = format!("DROP INDEX {}", quote::identifier(&index, QUOTE));
            self.push(sql, Probe::IndexMissing(self.table.clone(), index));
        }
        let sql = format!("{} DROP COLUMN {}", self.alter(), quote::identifier(name, QUOTE));
        self.push(sql, Probe::ColumnMissing(self.table.clone(), name.to_owned()));
        Ok(true)
    }

    fn add_index(&mut self, index: &IndexDef) -> Result<(), CompileError> {
        let sql = index::create(self.context, &self.name, index, false)?;
        if let Some(shape) = &mut self.altered.after {
            index::require_columns(self.context, self.table, index, |name| shape.has_column(name))?;
            shape.indexes.push((index.name.clone(), sql.clone()));
        }
        self.push(sql, Probe::IndexExists(self.table.clone(), index.name.clone()));
        Ok(())
    }

    fn drop_index(&mut self, name: &str) -> Result<bool, CompileError> {
        let Some(shape) = &mut self.altered.after else { return Ok(false) };
        // One that a constraint made, or a missing one: the rebuild knows.
        let Some(at) = shape.index(name) else { return Ok(false) };
        let (name, _) = shape.indexes.remove(at);
        let sql = format!("DROP INDEX {}", quote::identifier(&name, QUOTE));
        self.push(sql, Probe::IndexMissing(self.table.clone(), name));
        Ok(true)
    }

    fn rename_index(&mut self, from: &str, to: &str) -> Result<(), CompileError> {
        self.context.name(to)?;
        let Some(shape) = &mut self.altered.after else { return Ok(()) };
        let Some(at) = shape.index(from) else {
            return Err(edit::no_index_to_rename(self.context, self.table, shape, from));
        };
        let (old, sql) = shape.indexes.remove(at);
        let sql = index::rename(&sql, Some(to), None);
        shape.indexes.push((to.to_owned(), sql.clone()));
        let drop = format!("DROP INDEX {}", quote::identifier(&old, QUOTE));
        self.push(drop, Probe::IndexMissing(self.table.clone(), old));
        self.push(sql, Probe::IndexExists(self.table.clone(), to.to_owned()));
        Ok(())
    }
}
