//! `online()`: the sequence of statements that holds no strong lock while rows are read.
//!
//! An index is built CONCURRENTLY, outside a transaction. A constraint is added NOT VALID, which takes a strong lock for
//! a moment, and validated by a later statement under a lock that lets writers go on; in one transaction the first lock
//! would be held to its end. Where there is no such sequence it is refused: `online()` is a promise.
//! <https://www.postgresql.org/docs/12/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY>
//! <https://www.postgresql.org/docs/12/sql-altertable.html#SQL-ALTERTABLE-NOTES>

use crate::{
    dialect::{CompileError, Probe, Remnant, Statement, scope::Scope},
    operation::{IndexDef, TableName},
    schema::{Column, Table},
};

use super::index::{self, Build};

/// Builds an index while writers go on.
pub(super) fn build(
    scope: &Scope<'_>,
    table: &TableName,
    def: &IndexDef,
    columns: &[Column],
) -> Result<Statement, CompileError> {
    let statement = index::create(scope, table, def, columns, Build::Concurrently)?;
    let remnant = Remnant {
        what: format!("invalid index `{}`", def.name),
        seen: Probe::IndexUnfinished(table.clone(), def.name.clone()),
        remove: drop_sql(scope, table, &def.name)?,
        finishes: false,
    };
    let built = Probe::IndexBuilt(table.clone(), Box::new(def.clone()));
    Ok(statement.probed(built).outside().waiting().leaving(remnant))
}

/// Drops an index while readers and writers go on.
pub(super) fn drop_index(
    scope: &Scope<'_>,
    table: &TableName,
    name: &str,
) -> Result<Statement, CompileError> {
    let gone = Probe::IndexMissing(table.clone(), name.to_owned());
    Ok(Statement::new(drop_sql(scope, table, name)?).probed(gone).outside().waiting())
}

fn drop_sql(scope: &Scope<'_>, table: &TableName, name: &str) -> Result<String, CompileError> {
    Ok(format!("DROP INDEX CONCURRENTLY {}", scope.table(&index::beside(table, name))?))
}

/// Makes a constraint of an index that is there already: a change of the catalog.
pub(super) fn adopt(scope: &Scope<'_>, table: &TableName, def: &IndexDef) -> Result<Statement, CompileError> {
    let name = scope.ident(&def.name)?;
    let mut sql =
        format!("ALTER TABLE {} ADD CONSTRAINT {name} UNIQUE USING INDEX {name}", scope.table(table)?);
    if let Some(deferrable) = def.deferrable {
        sql.push_str(&format!(" {}", deferrable.sql()));
    }
    Ok(Statement::new(sql))
}

/// Adds a constraint without a look at the rows, and looks at them afterwards.
pub(super) fn constrain(
    scope: &Scope<'_>,
    table: &TableName,
    name: &str,
    definition: &str,
    probe: Option<Probe>,
) -> Result<[Statement; 2], CompileError> {
    let sql = format!("ALTER TABLE {} ADD {definition} NOT VALID", scope.table(table)?);
    Ok([Statement { probe, ..Statement::new(sql) }, validate(scope, table, name)?])
}

/// Looks at the rows, in a transaction of its own.
pub(super) fn validate(scope: &Scope<'_>, table: &TableName, name: &str) -> Result<Statement, CompileError> {
    let sql = format!("ALTER TABLE {} VALIDATE CONSTRAINT {}", scope.table(table)?, scope.ident(name)?);
    Ok(Statement::new(sql).probed(Probe::Repeatable).outside())
}

/// Refuses what a table in partitions can not do.
pub(super) fn check_index(scope: &Scope<'_>, table: Option<&Table>, name: &str) -> Result<(), CompileError> {
    match table.is_some_and(|table| table.partition_by.is_some()) {
        true => Err(scope.unsupported(
            format!("index `{name}` is of a table with partitions, and no such index is built or dropped online"),
            "build it on each partition with `online()`, then on the table without: it takes those that are there",
        )),
        false => Ok(()),
    }
}

/// As [`check_index`], for a foreign key. <https://www.postgresql.org/docs/18/release-18.html> lifts it.
pub(super) fn check_foreign(
    scope: &Scope<'_>,
    table: Option<&Table>,
    name: &str,
) -> Result<(), CompileError> {
    let partitioned = table.is_some_and(|table| table.partition_by.is_some());
    if !partitioned || super::support::version(scope.capability) >= 180_000 {
        return Ok(());
    }
    Err(scope.unsupported(
        format!(
            "key `{name}` is of a table with partitions, where no key is added without a look at the rows"
        ),
        "add it to each partition with `online()`, then to the table without: it takes those that are there",
    ))
}
