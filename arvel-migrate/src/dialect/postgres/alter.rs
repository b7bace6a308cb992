//! Changes of one table: as few statements as the order allows, and of a changed column only what is mentioned.

use crate::{
    dialect::{CompileError, Guard, Probe, Statement, grouping::Group, scope::Scope},
    operation::{IndexDef, IndexKind, TableChange, TableName},
    schema::Table,
};

use super::{
    change, column, constraint, ddl, fold,
    index::{self, Build},
    online, online_column, options, partition, type_check,
};

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
            partition::check_change(scope, present, change)?;
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
    /// The rows that must not be there.
    guards: Vec<Guard>,
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
            TableChange::AddColumn(def) if def.mode.online => {
                self.in_a_row(online_column::add(scope, table, def)?)
            }
            TableChange::AddColumn(def) => {
                let mut clauses = vec![format!("ADD COLUMN {}", column::definition(scope, table, def)?)];
                if def.auto_increment {
                    let key = column::auto_key(table, def);
                    clauses.push(format!("ADD {}", constraint::primary(scope, &key)?));
                }
                let comment = def.comment.as_ref();
                let after = comment.map(|text| column::comment(scope, table, &def.name, text)).transpose()?;
                let probe = Probe::ColumnExists(table.clone(), def.name.clone());
                self.gather(change, clauses, Some(probe), after.into_iter().collect())
            }
            TableChange::ChangeColumn(def) => {
                let Some((whole, column)) = present.and_then(|table| Some((table, table.column(&def.name)?)))
                else {
                    return Err(scope.missing(table, "column", &def.name));
                };
                if def.mode.online {
                    return self.in_a_row(online_column::change(scope, table, def, column, whole)?);
                }
                let changed = change::change(scope, table, def, column, whole)?;
                let (clauses, after) = changed.into_clauses(&scope.ident(&def.name)?);
                // What converts values or makes a constraint or a sequence can not be done twice.
                let again = clauses.iter().all(|clause| {
                    let once = clause.contains(" USING ") || clause.contains(" ADD GENERATED");
                    clause.starts_with("ALTER COLUMN") && !once
                });
                let guard = change::guard(scope, table, def, column)?;
                self.gather(change, clauses, again.then_some(Probe::Repeatable), after)?;
                self.open.guards.extend(guard);
                Ok(())
            }
            TableChange::DropColumn { name } => {
                let probe = Probe::ColumnMissing(table.clone(), name.clone());
                self.gather(change, vec![format!("DROP COLUMN {}", scope.ident(name)?)], Some(probe), vec![])
            }
            TableChange::RenameColumn { from, to } => self.rename_column(from, to, present),
            TableChange::AddPrimaryKey(key) => self.add(change, constraint::primary(scope, key)?, None),
            TableChange::DropPrimaryKey { name } => {
                let known = present.and_then(|table| table.primary_key.as_ref());
                let name = known.and_then(|key| key.name.as_ref()).unwrap_or(name);
                self.drop_constraint(change, name, None)
            }
            TableChange::AddIndex(def) => self.add_index(change, def, present),
            TableChange::DropIndex { name, kind, mode } => {
                let known = present.and_then(|table| table.indexes.iter().find(|index| &index.name == name));
                let constraint = known.map_or(*kind == IndexKind::Unique, |index| index.constraint);
                let probe = Probe::IndexMissing(table.clone(), name.clone());
                if constraint {
                    return self.drop_constraint(change, name, Some(probe));
                }
                if mode.online {
                    online::check_index(scope, present, name)?;
                    return self.alone(online::drop_index(scope, table, name)?);
                }
                let quoted = scope.table(&index::beside(table, name))?;
                self.alone(Statement::new(format!("DROP INDEX {quoted}")).probed(probe))
            }
            TableChange::RenameIndex { from, to } => {
                let quoted = scope.table(&index::beside(table, from))?;
                let sql = format!("ALTER INDEX {quoted} RENAME TO {}", scope.ident(to)?);
                self.alone(Statement::new(sql).probed(Probe::IndexExists(table.clone(), to.clone())))
            }
            TableChange::AddForeignKey(key) => {
                let probe = Probe::ForeignKeyExists(table.clone(), key.name.clone());
                if key.mode.online && !key.mode.not_valid {
                    online::check_foreign(scope, present, &key.name)?;
                    let definition = constraint::foreign(scope, key)?;
                    return self.in_a_row(online::constrain(
                        scope,
                        table,
                        &key.name,
                        &definition,
                        Some(probe),
                    )?);
                }
                let sql = format!("{}{}", constraint::foreign(scope, key)?, constraint::not_valid(key.mode));
                self.add(change, sql, Some(probe))
            }
            TableChange::DropForeignKey { name, .. } => self.drop_constraint(
                change,
                name,
                Some(Probe::ForeignKeyMissing(table.clone(), name.clone())),
            ),
            TableChange::AddCheck(def) if def.mode.online && !def.mode.not_valid => {
                let definition = constraint::check(scope, def)?;
                self.in_a_row(online::constrain(scope, table, &def.name, &definition, None)?)
            }
            TableChange::AddCheck(def) => {
                let sql = format!("{}{}", constraint::check(scope, def)?, constraint::not_valid(def.mode));
                self.add(change, sql, None)
            }
            TableChange::DropCheck { name } | TableChange::DropExclusion { name } => {
                self.drop_constraint(change, name, None)
            }
            TableChange::AddExclusion(def) => {
                let columns = present.map_or(&[][..], |table| &table.columns);
                let sql = constraint::exclusion(scope, def, columns)?;
                self.alone(Statement::new(format!("ALTER TABLE {} ADD {sql}", scope.table(table)?)))
            }
            TableChange::ValidateConstraint { name } => {
                let sql =
                    format!("ALTER TABLE {} VALIDATE CONSTRAINT {}", scope.table(table)?, scope.ident(name)?);
                self.alone(Statement::new(sql).probed(Probe::Repeatable))
            }
            TableChange::Options(said) => {
                let clauses = options::of_change(scope, said)?;
                if clauses.is_empty() {
                    return Ok(());
                }
                let sql = format!("ALTER TABLE {} {}", scope.table(table)?, clauses.join(", "));
                self.alone(Statement::new(sql).probed(Probe::Repeatable))
            }
            TableChange::Comment(text) => self.alone(ddl::comment(scope, table, text.as_deref())?),
            TableChange::AttachPartition { name, bounds } => {
                self.alone(partition::attach(scope, table, name, bounds)?)
            }
            TableChange::DetachPartition { name, mode, .. } => {
                self.alone(partition::detach(scope, table, name, mode.online, present)?)
            }
        }
    }

    fn rename_column(&mut self, from: &str, to: &str, present: Option<&Table>) -> Result<(), CompileError> {
        let (scope, table) = (self.scope, self.table);
        let quoted = scope.table(table)?;
        let sql =
            format!("ALTER TABLE {quoted} RENAME COLUMN {} TO {}", scope.ident(from)?, scope.ident(to)?);
        self.alone(Statement::new(sql).probed(Probe::ColumnExists(table.clone(), to.to_owned())))?;
        // The check beside a type is found by its name, so it follows its column.
        let column = present.and_then(|table| table.column(from));
        let check = column.and_then(|column| type_check::name_in(column.extra.as_deref()?));
        let renamed = check.map(|check| (type_check::followed(&check, table, from, to), check));
        match renamed {
            Some((renamed, check)) if check != renamed => self.alone(Statement::new(format!(
                "ALTER TABLE {quoted} RENAME CONSTRAINT {} TO {}",
                scope.ident(&check)?,
                scope.ident(&renamed)?
            ))),
            _ => Ok(()),
        }
    }

    fn add_index(
        &mut self,
        change: &TableChange,
        def: &IndexDef,
        present: Option<&Table>,
    ) -> Result<(), CompileError> {
        let (scope, table) = (self.scope, self.table);
        let comment = index::comment(scope, table, def)?;
        let columns = present.map_or(&[][..], |table| &table.columns);
        if def.mode.online {
            online::check_index(scope, present, &def.name)?;
            self.alone(online::build(scope, table, def, columns)?)?;
            if index::is_constraint(def) {
                self.alone(online::adopt(scope, table, def)?)?;
            }
            self.out.extend(comment);
            return Ok(());
        }
        if index::is_constraint(def) {
            let clause = format!("ADD {}", index::constraint(scope, def)?);
            let probe = Probe::IndexExists(table.clone(), def.name.clone());
            return self.gather(change, vec![clause], Some(probe), comment.into_iter().collect());
        }
        self.alone(index::create(scope, table, def, columns, Build::Plain)?)?;
        self.out.extend(comment);
        Ok(())
    }

    fn add(&mut self, change: &TableChange, sql: String, probe: Option<Probe>) -> Result<(), CompileError> {
        self.gather(change, vec![format!("ADD {sql}")], probe, vec![])
    }

    fn drop_constraint(
        &mut self,
        change: &TableChange,
        name: &str,
        probe: Option<Probe>,
    ) -> Result<(), CompileError> {
        self.gather(change, vec![format!("DROP CONSTRAINT {}", self.scope.ident(name)?)], probe, vec![])
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

    fn in_a_row(&mut self, statements: impl IntoIterator<Item = Statement>) -> Result<(), CompileError> {
        statements.into_iter().try_for_each(|statement| self.alone(statement))
    }

    fn close(&mut self) -> Result<(), CompileError> {
        let open = std::mem::take(&mut self.open);
        if !open.clauses.is_empty() {
            let separator = if open.clauses.len() == 1 { " " } else { "\n    " };
            let clauses = open.clauses.join(",\n    ");
            let sql = format!("ALTER TABLE {}{separator}{clauses}", self.scope.table(self.table)?);
            let probe = open.probe.or((!open.once).then_some(Probe::Repeatable));
            self.out.push(Statement { probe, guards: open.guards, ..Statement::new(sql) });
        }
        self.out.extend(open.after);
        Ok(())
    }
}
