//! Partitions of a table that is there: added behind the others, taken away, and brought back to their place.
//!
//! A partition of a range or list is dropped with its rows. Those of a hash are only a number: one comes or goes at the
//! end, and the rows are spread anew.

use crate::{
    dialect::{CompileError, Probe, Statement, quote, scope::Scope},
    operation::{Object, ObjectId, ObjectKind, Operation, PartitionDef, SqlStep, TableName},
    schema::{DatabaseSchema, Table},
};

use super::{
    super::{
        QUOTE,
        facts::Facts,
        partition::{self, Bounds},
        shape::Refusal,
    },
    text::named,
};

/// ``ALTER TABLE `t` ADD PARTITION (PARTITION `p` VALUES LESS THAN (20))``.
pub(super) fn create(
    scope: &Scope<'_>,
    facts: &Facts,
    def: &PartitionDef,
    before: &DatabaseSchema,
) -> Result<Vec<Statement>, CompileError> {
    let (table, by) = split(scope, &def.of, before.table(&def.of))?;
    let fits = fits(facts, table, by, &def.name.name, &def.bounds);
    fits.map_err(|refusal| refusal.of(scope))?;
    if table.partitions.iter().any(|(name, _)| name.name.eq_ignore_ascii_case(&def.name.name)) {
        return Err(CompileError::Exists {
            operation: scope.operation.describe(),
            table: def.of.clone(),
            what: "partition",
            name: def.name.name.clone(),
        });
    }
    let part = clause(scope, &def.name.name, &def.bounds)?;
    let sql = format!("ALTER TABLE {} ADD PARTITION ({part})", scope.table(&def.of)?);
    let id = known_as(&Object::Partition(def.clone()).id());
    Ok(vec![Statement::new(sql).probed(Probe::ObjectExists(id))])
}

/// ``ALTER TABLE `t` DROP PARTITION `p` ``, or for a hash `COALESCE PARTITION 1`.
pub(super) fn drop(
    scope: &Scope<'_>,
    id: &ObjectId,
    if_exists: bool,
    before: &DatabaseSchema,
) -> Result<Vec<Statement>, CompileError> {
    let of = id.table.clone().unwrap_or_default();
    let (table, by) = split(scope, &of, before.table(&of))?;
    let name = &id.name.name;
    let Some(at) = table.partitions.iter().position(|(known, _)| known.name.eq_ignore_ascii_case(name))
    else {
        return if if_exists { Ok(Vec::new()) } else { Err(scope.missing(&of, "partition", name)) };
    };
    if table.partitions.len() == 1 {
        return Err(scope.unsupported(
            format!("`{name}` is the only partition of `{of}`"),
            format!("drop the table with `schema.drop(\"{of}\")`, or delete its rows"),
        ));
    }
    let hashes = Bounds::of(by) == Bounds::None;
    if hashes && at + 1 != table.partitions.len() {
        let last = table.partitions.last().map_or_else(String::new, |(name, _)| name.name.clone());
        return Err(scope.unsupported(
            format!(
                "the rows of `{of}` are spread over all its partitions, and only the last can be taken away"
            ),
            format!("drop `{last}`: the rows are spread over the others"),
        ));
    }
    let what = match hashes {
        true => "COALESCE PARTITION 1".to_owned(),
        false => format!("DROP PARTITION {}", scope.ident(name)?),
    };
    let sql = format!("ALTER TABLE {} {what}", scope.table(&of)?);
    Ok(vec![Statement::new(sql).probed(Probe::ObjectMissing(known_as(id)))])
}

/// ``ALTER TABLE `t` CONVERT TABLE `p` TO PARTITION `p` VALUES LESS THAN (20)``.
pub(in crate::dialect::mysql) fn attach(
    scope: &Scope<'_>,
    facts: &Facts,
    of: &TableName,
    name: &TableName,
    bounds: &str,
    present: Option<&Table>,
) -> Result<Statement, CompileError> {
    let (table, by) = split(scope, of, present)?;
    fits(facts, table, by, &name.name, bounds).map_err(|refusal| refusal.of(scope))?;
    let (of, from) = (scope.table(of)?, scope.table(name)?);
    let part = clause(scope, &name.name, bounds)?;
    let sql = format!("ALTER TABLE {of} CONVERT TABLE {from} TO {part}");
    Ok(Statement::new(sql).probed(Probe::TableMissing(name.clone())))
}

/// ``ALTER TABLE `t` CONVERT PARTITION `p` TO TABLE `p` ``.
pub(in crate::dialect::mysql) fn detach(
    scope: &Scope<'_>,
    of: &TableName,
    name: &TableName,
) -> Result<Statement, CompileError> {
    let part = scope.ident(&name.name)?;
    let sql =
        format!("ALTER TABLE {} CONVERT PARTITION {part} TO TABLE {}", scope.table(of)?, scope.table(name)?);
    Ok(Statement::new(sql).probed(Probe::TableExists(name.clone())))
}

fn clause(scope: &Scope<'_>, name: &str, bounds: &str) -> Result<String, CompileError> {
    let bounds = bounds.trim();
    let space = if bounds.is_empty() { "" } else { " " };
    Ok(format!("PARTITION {}{space}{bounds}", scope.ident(name)?))
}

/// The table, and how its rows are split.
fn split<'s>(
    scope: &Scope<'_>,
    of: &TableName,
    present: Option<&'s Table>,
) -> Result<(&'s Table, &'s str), CompileError> {
    let Some(table) = present else {
        return Err(CompileError::MissingTable { operation: scope.operation.describe(), table: of.clone() });
    };
    let by = table.partition_by.as_deref();
    Ok((
        table,
        by.ok_or_else(|| {
            scope.unsupported(
                format!("the rows of `{of}` are not split"),
                "split them when the table is made, with `partition_by_range(…)` or another",
            )
        })?,
    ))
}

/// Refuses bounds that are of another kind, or in front of those that are there.
fn fits(facts: &Facts, table: &Table, by: &str, name: &str, bounds: &str) -> Result<(), Refusal> {
    let kind = Bounds::of(by);
    kind.check(facts, name, bounds)?;
    let Some((last, theirs)) = table.partitions.last() else { return Ok(()) };
    if kind == Bounds::LessThan && partition::is_below(theirs, bounds) == Some(false) {
        let last = &last.name;
        return Err(Refusal::new(
            format!(
                "partition `{name}` would stand before `{last}`, and partitions of a range are added at the end"
            ),
            format!(
                "split `{last}`: `ALTER TABLE … REORGANIZE PARTITION {last} INTO (PARTITION {name} {}, PARTITION \
                 {last} {theirs})` with `schema.sql_for(\"mysql\", …)`",
                bounds.trim()
            ),
        ));
    }
    Ok(())
}

/// A partition has the schema of its table.
pub(in crate::dialect::mysql) fn known_as(id: &ObjectId) -> ObjectId {
    match (&id.table, id.kind) {
        (Some(of), ObjectKind::Partition) => {
            ObjectId { name: partition::part(of, &id.name.name), ..id.clone() }
        }
        _ => id.clone(),
    }
}

/// The partition as an inspection shows it.
pub(super) fn catalog(def: &PartitionDef) -> PartitionDef {
    PartitionDef {
        name: partition::part(&def.of, &def.name.name),
        bounds: def.bounds.trim().to_owned(),
        ..def.clone()
    }
}

/// What brings a partition back to its place: the one behind it has taken over its range since.
pub(super) fn restore(id: &ObjectId, schema: &DatabaseSchema) -> Option<Vec<Operation>> {
    let of = id.table.as_ref()?;
    let table = schema.table(of)?;
    let at = table.partitions.iter().position(|(name, _)| name.name.eq_ignore_ascii_case(&id.name.name))?;
    let (name, bounds) = table.partitions.get(at)?;
    let next = table.partitions.get(at + 1).filter(|(_, bounds)| !bounds.is_empty());
    let Some((next, theirs)) = next else {
        let def = PartitionDef { name: name.clone(), of: of.clone(), bounds: bounds.clone() };
        return Some(vec![Operation::Create(Object::Partition(def))]);
    };
    let bare = |name: &TableName| quote::identifier(&name.name, QUOTE);
    let sql = format!(
        "ALTER TABLE {} REORGANIZE PARTITION {} INTO (PARTITION {} {bounds}, PARTITION {} {theirs})",
        named(of),
        bare(next),
        bare(name),
        bare(next),
    );
    Some(vec![Operation::Sql(SqlStep::everywhere(sql))])
}
