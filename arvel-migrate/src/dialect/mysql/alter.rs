//! Changes of one table: those whose order does not matter are one ALTER, which happens whole or not at all.

use crate::{
    dialect::{CompileError, Probe, Statement, grouping::Group, scope::Scope},
    operation::{TableChange, TableName},
    schema::Table,
};

use super::{change, ddl, facts::Facts, fold, literal};

/// The statements of an `AlterTable`. `present` is the table as it is, where the changes asked for it.
pub(super) fn alter(
    scope: &Scope<'_>,
    facts: &Facts,
    table: &TableName,
    changes: &[TableChange],
    present: Option<&Table>,
) -> Result<Vec<Statement>, CompileError> {
    let mut present = present.cloned();
    let (mut out, mut open) = (Vec::new(), Open::default());
    for change in changes {
        if let Some(present) = &present {
            scope.present(table, present, change)?;
        }
        if !open.group.takes(table, change) {
            out.extend(std::mem::take(&mut open).close(scope, table)?);
        }
        open.group.add(change);
        open.clauses.push(clause(scope, facts, table, change, present.as_ref())?);
        match probe(table, change) {
            Some(Probe::Repeatable) => {}
            Some(probe) => {
                open.probe.get_or_insert(probe);
            }
            None => open.once = true,
        }
        if let Some(present) = &mut present {
            fold::change(facts, present, change);
        }
    }
    out.extend(open.close(scope, table)?);
    Ok(out)
}

/// The ALTER that is being gathered.
#[derive(Default)]
struct Open {
    group: Group,
    clauses: Vec<String>,
    /// How to see that it has happened: the first change that shows it stands for all, an ALTER is one step.
    probe: Option<Probe>,
    /// Whether a change is among them that can not be made twice.
    once: bool,
}

impl Open {
    fn close(self, scope: &Scope<'_>, table: &TableName) -> Result<Option<Statement>, CompileError> {
        if self.clauses.is_empty() {
            return Ok(None);
        }
        let separator = if self.clauses.len() == 1 { " " } else { "\n    " };
        let sql = format!("ALTER TABLE {}{separator}{}", scope.table(table)?, self.clauses.join(",\n    "));
        let probe = self.probe.or((!self.once).then_some(Probe::Repeatable));
        Ok(Some(Statement { probe, ..Statement::new(sql) }))
    }
}

fn clause(
    scope: &Scope<'_>,
    facts: &Facts,
    table: &TableName,
    change: &TableChange,
    present: Option<&Table>,
) -> Result<String, CompileError> {
    Ok(match change {
        TableChange::AddColumn(def) => format!("ADD COLUMN {}", ddl::column(scope, facts, def)?),
        TableChange::ChangeColumn(def) => {
            let whole = present.ok_or_else(|| scope.missing(table, "column", &def.name))?;
            let column = whole.column(&def.name).ok_or_else(|| scope.missing(table, "column", &def.name))?;
            change::column(scope, facts, def, column, whole)?
        }
        TableChange::DropColumn { name } => format!("DROP COLUMN {}", scope.ident(name)?),
        TableChange::RenameColumn { from, to } => {
            format!("RENAME COLUMN {} TO {}", scope.ident(from)?, scope.ident(to)?)
        }
        TableChange::AddPrimaryKey(key) => format!("ADD {}", ddl::primary(scope, &key.columns)?),
        TableChange::DropPrimaryKey { .. } => "DROP PRIMARY KEY".to_owned(),
        TableChange::AddIndex(def) => {
            ddl::indexable(scope, &def.name, &def.columns, |name| {
                Some(present?.column(name)?.type_name.clone())
            })?;
            format!("ADD {}", ddl::index(scope, def)?)
        }
        TableChange::DropIndex { name, .. } => format!("DROP INDEX {}", scope.ident(name)?),
        TableChange::RenameIndex { from, to } => {
            format!("RENAME INDEX {} TO {}", scope.ident(from)?, scope.ident(to)?)
        }
        TableChange::AddForeignKey(key) => format!("ADD {}", ddl::foreign(scope, key)?),
        TableChange::DropForeignKey { name, .. } => format!("DROP FOREIGN KEY {}", scope.ident(name)?),
        TableChange::AddCheck(def) => format!("ADD {}", ddl::check(scope, def)?),
        // MariaDB has no DROP CHECK; MySQL has both.
        TableChange::DropCheck { name } => format!("DROP CONSTRAINT {}", scope.ident(name)?),
        TableChange::Comment(text) => {
            format!("COMMENT = {}", literal::text(text.as_deref().unwrap_or_default()))
        }
    })
}

fn probe(table: &TableName, change: &TableChange) -> Option<Probe> {
    let table = table.clone();
    Some(match change {
        TableChange::AddColumn(def) => Probe::ColumnExists(table, def.name.clone()),
        // A new primary key is a part of it, and would not be taken twice.
        TableChange::ChangeColumn(def) if def.auto_increment => return None,
        TableChange::ChangeColumn(_) | TableChange::Comment(_) => Probe::Repeatable,
        TableChange::DropColumn { name } => Probe::ColumnMissing(table, name.clone()),
        TableChange::RenameColumn { to, .. } => Probe::ColumnExists(table, to.clone()),
        TableChange::AddIndex(def) => Probe::IndexExists(table, def.name.clone()),
        TableChange::DropIndex { name, .. } => Probe::IndexMissing(table, name.clone()),
        TableChange::RenameIndex { to, .. } => Probe::IndexExists(table, to.clone()),
        TableChange::AddForeignKey(key) => Probe::ForeignKeyExists(table, key.name.clone()),
        TableChange::DropForeignKey { name, .. } => Probe::ForeignKeyMissing(table, name.clone()),
        TableChange::AddPrimaryKey(_)
        | TableChange::DropPrimaryKey { .. }
        | TableChange::AddCheck(_)
        | TableChange::DropCheck { .. } => return None,
    })
}
