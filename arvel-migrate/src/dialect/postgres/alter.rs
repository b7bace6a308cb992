//! Changes of one table: as few statements as the order allows, and of a changed column only what is mentioned.

use crate::{
    dialect::{CompileError, Probe, Statement, grouping::Group, scope::Scope},
    operation::{IndexKind, TableChange, TableName},
    schema::Table,
};

use super::{change, ddl, enumeration, fold};

/// The statements of an `AlterTable`. `present` is the table as it is, where the changes asked for it.
pub(super) fn alter(
    scope: &Scope<'_>,
    table: &TableName,
    changes: &[TableChange],
    present: Option<&Table>,
) -> Result<Vec<Statement>, CompileError> {
    let mut present = present.cloned();
    let mut writer = Writer { scope, table, out: Vec::new(), open: Open::default() };
    for change in changes {
        if let Some(present) = &present {
            scope.present(table, present, change)?;
        }
        writer.change(change, present.as_ref())?;
        if let Some(present) = &mut present {
            fold::change(table, present, change);
        }
    }
    writer.close()?;
    Ok(writer.out)
}

/// The ALTER that is being gathered, and what must follow it.
#[derive(Default)]
struct Open {
    group: Group,
    clauses: Vec<String>,
    /// How to see that it has happened: the first change that shows it stands for all, an ALTER is one step.
    probe: Option<Probe>,
    /// Whether a change is among them that can not be made twice.
    once: bool,
    after: Vec<Statement>,
}

struct Writer<'a> {
    scope: &'a Scope<'a>,
    table: &'a TableName,
    out: Vec<Statement>,
    open: Open,
}

impl Writer<'_> {
    fn change(&mut self, change: &TableChange, present: Option<&Table>) -> Result<(), CompileError> {
        let (scope, table) = (self.scope, self.table);
        match change {
            TableChange::AddColumn(def) => {
                let mut clauses = vec![format!("ADD COLUMN {}", ddl::column(scope, table, def)?)];
                if def.auto_increment {
                    clauses.push(format!("ADD {}", ddl::primary(scope, &ddl::auto_key(table, def))?));
                }
                let after = match &def.comment {
                    Some(text) => vec![ddl::column_comment(scope, table, &def.name, text)?],
                    None => Vec::new(),
                };
                let probe = Probe::ColumnExists(table.clone(), def.name.clone());
                self.gather(change, clauses, Some(probe), after)
            }
            TableChange::ChangeColumn(def) => {
                let column = present.and_then(|table| table.column(&def.name));
                let (clauses, after) = change::column(scope, table, def, column, present)?;
                // What converts values or makes a constraint or a sequence can not be done twice.
                let again = clauses.iter().all(|clause| {
                    let once = clause.contains(" USING ") || clause.contains(" ADD GENERATED");
                    clause.starts_with("ALTER COLUMN") && !once
                });
                self.gather(change, clauses, again.then_some(Probe::Repeatable), after)
            }
            TableChange::DropColumn { name } => {
                let probe = Probe::ColumnMissing(table.clone(), name.clone());
                self.gather(change, vec![format!("DROP COLUMN {}", scope.ident(name)?)], Some(probe), vec![])
            }
            TableChange::AddPrimaryKey(key) => {
                self.gather(change, vec![format!("ADD {}", ddl::primary(scope, key)?)], None, vec![])
            }
            TableChange::DropPrimaryKey { name } => {
                let known = present.and_then(|table| table.primary_key.as_ref());
                let name = known.and_then(|key| key.name.as_ref()).unwrap_or(name);
                self.gather(change, vec![format!("DROP CONSTRAINT {}", scope.ident(name)?)], None, vec![])
            }
            TableChange::AddIndex(index) if index.kind == IndexKind::Unique => {
                let probe = Probe::IndexExists(table.clone(), index.name.clone());
                self.gather(change, vec![format!("ADD {}", ddl::unique(scope, index)?)], Some(probe), vec![])
            }
            TableChange::DropIndex { name, kind } => {
                let known = present.and_then(|table| table.indexes.iter().find(|index| &index.name == name));
                let constraint = known.map_or(*kind == IndexKind::Unique, |index| index.constraint);
                let probe = Probe::IndexMissing(table.clone(), name.clone());
                if constraint {
                    let clause = format!("DROP CONSTRAINT {}", scope.ident(name)?);
                    return self.gather(change, vec![clause], Some(probe), vec![]);
                }
                // An index lives in the schema of its table and is named by it.
                let index = TableName { schema: table.schema.clone(), name: name.clone() };
                self.alone(Statement::new(format!("DROP INDEX {}", scope.table(&index)?)).probed(probe))
            }
            TableChange::AddForeignKey(key) => {
                let probe = Probe::ForeignKeyExists(table.clone(), key.name.clone());
                self.gather(change, vec![format!("ADD {}", ddl::foreign(scope, key)?)], Some(probe), vec![])
            }
            TableChange::DropForeignKey { name, .. } => {
                let probe = Probe::ForeignKeyMissing(table.clone(), name.clone());
                let clause = format!("DROP CONSTRAINT {}", scope.ident(name)?);
                self.gather(change, vec![clause], Some(probe), vec![])
            }
            TableChange::AddCheck(def) => {
                self.gather(change, vec![format!("ADD {}", ddl::check(scope, def)?)], None, vec![])
            }
            TableChange::DropCheck { name } => {
                self.gather(change, vec![format!("DROP CONSTRAINT {}", scope.ident(name)?)], None, vec![])
            }
            TableChange::AddIndex(index) => self.alone(ddl::create_index(scope, table, index)?),
            TableChange::Comment(text) => self.alone(ddl::table_comment(scope, table, text.as_deref())?),
            TableChange::RenameColumn { from, to } => {
                let quoted = scope.table(table)?;
                let sql = format!(
                    "ALTER TABLE {quoted} RENAME COLUMN {} TO {}",
                    scope.ident(from)?,
                    scope.ident(to)?
                );
                let probe = Probe::ColumnExists(table.clone(), to.clone());
                self.alone(Statement::new(sql).probed(probe))?;
                // The check of an enumeration is found by its name, so it follows its column.
                let column = present.and_then(|table| table.column(from));
                let check = column.and_then(|column| enumeration::name_in(column.extra.as_deref()?));
                let renamed = enumeration::check_name(table, to);
                match check {
                    Some(check) if check != renamed => self.alone(Statement::new(format!(
                        "ALTER TABLE {quoted} RENAME CONSTRAINT {} TO {}",
                        scope.ident(&check)?,
                        scope.ident(&renamed)?
                    ))),
                    _ => Ok(()),
                }
            }
            TableChange::RenameIndex { from, to } => {
                let index = TableName { schema: table.schema.clone(), name: from.clone() };
                let sql = format!("ALTER INDEX {} RENAME TO {}", scope.table(&index)?, scope.ident(to)?);
                let probe = Probe::IndexExists(table.clone(), to.clone());
                self.alone(Statement::new(sql).probed(probe))
            }
        }
    }

    fn gather(
        &mut self,
        change: &TableChange,
        clauses: Vec<String>,
        probe: Option<Probe>,
        after: Vec<Statement>,
    ) -> Result<(), CompileError> {
        if !self.open.group.takes(self.table, change) {
            self.close()?;
        }
        self.open.group.add(change);
        self.open.clauses.extend(clauses);
        self.open.after.extend(after);
        match probe {
            Some(Probe::Repeatable) => {}
            Some(probe) => {
                self.open.probe.get_or_insert(probe);
            }
            None => self.open.once = true,
        }
        Ok(())
    }

    fn alone(&mut self, statement: Statement) -> Result<(), CompileError> {
        self.close()?;
        self.out.push(statement);
        Ok(())
    }

    fn close(&mut self) -> Result<(), CompileError> {
        let open = std::mem::take(&mut self.open);
        if !open.clauses.is_empty() {
            let separator = if open.clauses.len() == 1 { " " } else { "\n    " };
            let clauses = open.clauses.join(",\n    ");
            let sql = format!("ALTER TABLE {}{separator}{clauses}", self.scope.table(self.table)?);
            let probe = open.probe.or((!open.once).then_some(Probe::Repeatable));
            self.out.push(Statement { probe, ..Statement::new(sql) });
        }
        self.out.extend(open.after);
        Ok(())
    }
}
