//! Changes of one table: those whose order does not matter are one ALTER, which happens whole or not at all.

use crate::{
    dialect::{CompileError, Guard, Probe, Statement, grouping::Group, scope::Scope},
    operation::{ColumnDef, ColumnType, TableChange, TableName},
    schema::Table,
};

use super::{
    column, constraint,
    facts::Facts,
    fold, index, key_index, literal,
    mode::{self, Mode},
    objects::partition as partitions,
    options, partition, served,
};

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
    for (at, change) in changes.iter().enumerate() {
        let later = &changes[at + 1..];
        if let Some(present) = &present {
            scope.present(table, present, change)?;
            served::leaves(scope, facts, table, present, change, later)?;
        }
        if let Some(present) = &present {
            partition::takes(present, change).map_err(|refusal| refusal.of(scope))?;
        }
        if let (TableChange::DropIndex { name, .. }, Some(present)) = (change, &present)
            && key_index::waits(present, name, &changes[at + 1..])
        {
            continue;
        }
        let mode = mode::of(facts, change).map_err(|refusal| refusal.of(scope))?;
        if let Some(alone) = alone(scope, facts, table, change, present.as_ref())? {
            out.extend(std::mem::take(&mut open).close(scope, table)?);
            out.push(alone);
            if let Some(present) = &mut present {
                fold::change(facts, present, change);
            }
            continue;
        }
        // A rename stands with renames alone: expressions and places in one ALTER are read with the names that columns
        // have behind it, and what copies the table does not rename a column of a foreign key.
        let too_early = open.renames != matches!(change, TableChange::RenameColumn { .. })
            || !made(facts, change, present.as_ref()).is_empty()
            // A new column beside it would take the new collation, and behind it has the former one.
            || matches!(change, TableChange::Options(said) if said.charset.is_some() || said.collation.is_some());
        if !open.clauses.is_empty() && (open.mode != mode || too_early || !open.group.takes(table, change)) {
            out.extend(std::mem::take(&mut open).close(scope, table)?);
        }
        open.guards.extend(guard(scope, table, change, present.as_ref())?);
        open.renames = matches!(change, TableChange::RenameColumn { .. });
        open.mode = mode;
        open.group.add(change);
        open.clauses.extend(clauses(scope, facts, table, &changes[at..], present.as_ref())?);
        match probe(table, change) {
            Some(Probe::Repeatable) => {}
            Some(probe) => {
                open.probe.get_or_insert(probe);
            }
            None => open.once = true,
        }
        if let Some(present) = &mut present {
            key_index::change(present, change, &changes[at + 1..], |present| {
                fold::change(facts, present, change)
            });
        }
    }
    out.extend(open.close(scope, table)?);
    Ok(out)
}

/// A look at the rows, where an enumeration may lose values or begins to hold them.
fn guard(
    scope: &Scope<'_>,
    table: &TableName,
    change: &TableChange,
    present: Option<&Table>,
) -> Result<Option<Guard>, CompileError> {
    let TableChange::ChangeColumn(ColumnDef { name, kind: ColumnType::Enumeration { values, .. }, .. }) =
        change
    else {
        return Ok(None);
    };
    let literals: Vec<String> = values.iter().map(|value| literal::text(value)).collect();
    let shown = present.and_then(|table| table.column(name)).map_or("", |column| column.type_name.as_str());
    let kept = literal::list(shown.strip_prefix("enum(").unwrap_or_default());
    if kept.is_some_and(|kept| kept.iter().all(|value| values.contains(value))) {
        return Ok(None);
    }
    let text = format!("CAST({} AS char)", scope.ident(name)?);
    Ok(Some(Guard::values((table.to_string(), name), (&text, &scope.table(table)?), &literals)))
}

/// What takes no other change beside it.
fn alone(
    scope: &Scope<'_>,
    facts: &Facts,
    table: &TableName,
    change: &TableChange,
    present: Option<&Table>,
) -> Result<Option<Statement>, CompileError> {
    Ok(match change {
        TableChange::AttachPartition { name, bounds } => {
            Some(partitions::attach(scope, facts, table, name, bounds, present)?)
        }
        TableChange::DetachPartition { name, .. } => Some(partitions::detach(scope, table, name)?),
        _ => None,
    })
}

/// The ALTER that is being gathered.
#[derive(Default)]
struct Open {
    group: Group,
    mode: Mode,
    clauses: Vec<String>,
    /// How to see that it has happened: the first change that shows it stands for all, an ALTER is one step.
    probe: Option<Probe>,
    /// Whether a change is among them that can not be made twice.
    once: bool,
    /// Whether columns get other names, and nothing else happens.
    renames: bool,
    /// The rows that must not be there.
    guards: Vec<Guard>,
}

impl Open {
    fn close(mut self, scope: &Scope<'_>, table: &TableName) -> Result<Option<Statement>, CompileError> {
        if self.clauses.is_empty() {
            return Ok(None);
        }
        self.clauses.extend(mode::clauses(self.mode));
        let separator = if self.clauses.len() == 1 { " " } else { "\n    " };
        let sql = format!("ALTER TABLE {}{separator}{}", scope.table(table)?, self.clauses.join(",\n    "));
        let probe = self.probe.or((!self.once).then_some(Probe::Repeatable));
        Ok(Some(Statement { probe, guards: self.guards, ..Statement::new(sql) }))
    }
}

/// An index goes, and keys that it served get one of their own.
fn drop_index(
    scope: &Scope<'_>,
    name: &str,
    present: Option<&Table>,
    rest: &[TableChange],
) -> Result<Vec<String>, CompileError> {
    let keys = present.map(|present| key_index::in_place_of(present, name, rest)).unwrap_or_default();
    with_indexes(scope, drop_of(scope, name)?, keys)
}

/// A drop, and the indexes that must come with it.
fn with_indexes(
    scope: &Scope<'_>,
    drop: String,
    keys: Vec<(String, Vec<String>)>,
) -> Result<Vec<String>, CompileError> {
    let mut sql = vec![drop];
    for (key, columns) in keys {
        let columns = columns.iter().map(|column| scope.ident(column)).collect::<Result<Vec<_>, _>>()?;
        sql.push(format!("ADD INDEX {} ({})", scope.ident(&key)?, columns.join(", ")));
    }
    Ok(sql)
}

/// Indexes that the server made for keys, perhaps, and would replace by what comes: they must be there before.
fn made(facts: &Facts, change: &TableChange, present: Option<&Table>) -> Vec<String> {
    let Some(present) = present else { return Vec::new() };
    match change {
        TableChange::AddForeignKey(key) => {
            let index = key_index::perhaps_replaced(present, &key.columns);
            index.map(|index| index.name.clone()).into_iter().collect()
        }
        TableChange::AddIndex(def) => key_index::in_the_way(present, &index::shape(facts, def, present)),
        _ => Vec::new(),
    }
}

fn drop_of(scope: &Scope<'_>, index: &str) -> Result<String, CompileError> {
    Ok(format!("DROP INDEX {}", scope.ident(index)?))
}

fn clauses(
    scope: &Scope<'_>,
    facts: &Facts,
    table: &TableName,
    changes: &[TableChange],
    present: Option<&Table>,
) -> Result<Vec<String>, CompileError> {
    let [change, rest @ ..] = changes else { return Ok(Vec::new()) };
    let one = match change {
        TableChange::AddColumn(def) => {
            let unknown = Table::default();
            let sql = column::new(scope, facts, def, present.unwrap_or(&unknown))?;
            let sql = format!("ADD COLUMN {sql}{}", column::position(scope, def)?);
            return Ok(std::iter::once(sql).chain(starts(def.starting_value)).collect());
        }
        TableChange::ChangeColumn(def) => {
            let whole = present.ok_or_else(|| scope.missing(table, "column", &def.name))?;
            let there = whole.column(&def.name).ok_or_else(|| scope.missing(table, "column", &def.name))?;
            let sql = column::changed(scope, facts, def, there, whole)? + &column::position(scope, def)?;
            return Ok(std::iter::once(sql).chain(starts(def.starting_value)).collect());
        }
        TableChange::DropColumn { name } => format!("DROP COLUMN {}", scope.ident(name)?),
        TableChange::RenameColumn { from, to } if facts.renames => {
            format!("RENAME COLUMN {} TO {}", scope.ident(from)?, scope.ident(to)?)
        }
        TableChange::RenameColumn { from, .. } => {
            return Err(scope.unsupported(
                format!("this version can not rename column `{from}` without its definition"),
                "write `CHANGE COLUMN` with `schema.sql_for(\"mysql\", …)`",
            ));
        }
        TableChange::AddPrimaryKey(key) => format!("ADD {}", constraint::primary(scope, &key.columns)?),
        TableChange::DropPrimaryKey { .. } => {
            let keys =
                present.map(|present| key_index::in_place_of_primary(present, rest)).unwrap_or_default();
            return with_indexes(scope, "DROP PRIMARY KEY".to_owned(), keys);
        }
        TableChange::AddIndex(def) => {
            let drops = made(facts, change, present)
                .iter()
                .map(|name| drop_of(scope, name))
                .collect::<Result<Vec<_>, _>>()?;
            let add = format!("ADD {}", index::index(scope, facts, def, present)?);
            return Ok(drops.into_iter().chain([add]).collect());
        }
        TableChange::DropIndex { name, .. } => return drop_index(scope, name, present, rest),
        TableChange::RenameIndex { from, to } => {
            format!("RENAME INDEX {} TO {}", scope.ident(from)?, scope.ident(to)?)
        }
        TableChange::AddForeignKey(key) => {
            let mut sql = Vec::new();
            // So that it stays, whoever made it.
            for name in made(facts, change, present) {
                let columns = key.columns.iter().map(|column| scope.ident(column));
                let columns = columns.collect::<Result<Vec<_>, _>>()?.join(", ");
                sql.extend([
                    drop_of(scope, &name)?,
                    format!("ADD INDEX {} ({columns})", scope.ident(&name)?),
                ]);
            }
            sql.push(format!("ADD {}", constraint::foreign(scope, key)?));
            return Ok(sql);
        }
        TableChange::DropForeignKey { name, .. } => {
            let mut sql = vec![format!("DROP FOREIGN KEY {}", scope.ident(name)?)];
            if let Some(present) = present.filter(|present| key_index::has_own(present, name)) {
                let mut without = present.clone();
                without.foreign_keys.retain(|key| key.name.as_ref() != Some(name));
                sql.extend(drop_index(scope, name, Some(&without), rest)?);
            }
            return Ok(sql);
        }
        TableChange::AddCheck(def) => format!("ADD {}", constraint::check(scope, def)?),
        // MariaDB has no DROP CHECK; MySQL has both.
        TableChange::DropCheck { name } => format!("DROP CONSTRAINT {}", scope.ident(name)?),
        TableChange::Comment(text) => {
            let text = text.as_deref().unwrap_or_default();
            options::check_comment(text).map_err(|refusal| refusal.of(scope))?;
            format!("COMMENT = {}", literal::text(text))
        }
        TableChange::Options(said) => {
            if said.temporary {
                return Err(scope.unsupported(
                    "a table that is there does not become a temporary one",
                    "create another one with `temporary()`",
                ));
            }
            return options::clauses(facts, said).map_err(|refusal| refusal.of(scope));
        }
        // These are statements of their own.
        TableChange::AttachPartition { .. } | TableChange::DetachPartition { .. } => return Ok(Vec::new()),
        // The gate refuses these.
        TableChange::AddExclusion(_)
        | TableChange::DropExclusion { .. }
        | TableChange::ValidateConstraint { .. } => return Ok(Vec::new()),
    };
    Ok(vec![one])
}

fn starts(value: Option<i64>) -> Option<String> {
    value.map(|start| format!("AUTO_INCREMENT = {start}"))
}

fn probe(table: &TableName, change: &TableChange) -> Option<Probe> {
    let table = table.clone();
    Some(match change {
        TableChange::AddColumn(def) => Probe::ColumnExists(table, def.name.clone()),
        // A new primary key is a part of it, and would not be taken twice.
        TableChange::ChangeColumn(def) if def.auto_increment => return None,
        TableChange::ChangeColumn(_) | TableChange::Comment(_) | TableChange::Options(_) => Probe::Repeatable,
        TableChange::DropColumn { name } => Probe::ColumnMissing(table, name.clone()),
        TableChange::RenameColumn { to, .. } => Probe::ColumnExists(table, to.clone()),
        TableChange::AddIndex(def) => Probe::IndexExists(table, def.name.clone()),
        TableChange::DropIndex { name, .. } => Probe::IndexMissing(table, name.clone()),
        TableChange::RenameIndex { to, .. } => Probe::IndexExists(table, to.clone()),
        TableChange::AddForeignKey(key) => Probe::ForeignKeyExists(table, key.name.clone()),
        TableChange::DropForeignKey { name, .. } => Probe::ForeignKeyMissing(table, name.clone()),
        _ => return None,
    })
}
