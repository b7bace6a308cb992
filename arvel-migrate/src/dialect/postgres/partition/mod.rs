//! Tables whose rows are split, and their partitions, which are tables of their own.
//!
//! A key is a column, or what the manual calls an expression; one that is neither a column nor a call of a function is
//! put into parentheses. Bounds are written as the manual writes them, and folded as the catalog shows them.

mod key;

use std::collections::BTreeSet;

use crate::{
    dialect::{CompileError, Probe, Remnant, Statement, objects::one_statement, scope::Scope, words},
    operation::{
        IndexDef, IndexKind, Object, ObjectId, ObjectKind, Operation, PartitionBy, PartitionDef,
        PartitionStrategy, TableChange, TableDef, TableName,
    },
    schema::Table,
};

use super::{QUOTE, ddl, name, normalize, rules::RULES, support};
use key::{Key, read, written};

/// Behind the bounds of a partition that was being detached when the connection went.
pub(super) const PENDING: &str = " DETACH PENDING";

fn word(strategy: PartitionStrategy) -> &'static str {
    match strategy {
        PartitionStrategy::Range => "RANGE",
        PartitionStrategy::List => "LIST",
        PartitionStrategy::Hash | PartitionStrategy::Key => "HASH",
    }
}

/// ` PARTITION BY RANGE ("created_at")`, or nothing.
pub(super) fn clause(scope: &Scope<'_>, table: &TableDef) -> Result<String, CompileError> {
    let Some(by) = &table.partition_by else { return Ok(String::new()) };
    check(scope, table, by)?;
    let is_column = |name: &str| table.columns.iter().any(|column| column.name == name);
    let keys = by.keys.iter().map(|key| match Key::of(key, &is_column) {
        Key::Column(name) => scope.ident(name),
        Key::AsWritten(text) => Ok(text.to_owned()),
        Key::Expression(text) => Ok(format!("({text})")),
    });
    let keys = keys.collect::<Result<Vec<_>, _>>()?.join(", ");
    one_statement(scope, &format!("SELECT {keys}"), &RULES)?;
    Ok(format!(" PARTITION BY {} ({keys})", word(by.strategy)))
}

/// What such a table can not have: <https://www.postgresql.org/docs/15/ddl-partitioning.html>
fn check(scope: &Scope<'_>, table: &TableDef, by: &PartitionBy) -> Result<(), CompileError> {
    let refuse = |reason: &str, alternative: &str| Err(scope.unsupported(reason, alternative));
    let version = support::version(scope.capability);
    if by.strategy == PartitionStrategy::List && by.keys.len() > 1 {
        return refuse(
            "a list is one of values of one column",
            "split by one, and its partitions by the other",
        );
    }
    if table.options.unlogged == Some(true) {
        return refuse(
            "a table whose rows are split keeps none itself, and its partitions are logged or not by themselves",
            "say `unlogged()` of each partition, with `schema.table(…)`",
        );
    }
    if table.options.parameters.iter().any(|(name, _)| name != "tablespace") {
        return refuse(
            "a table whose rows are split keeps none itself, and has no storage parameters",
            "say `option(…)` of each partition, with `schema.table(…)`",
        );
    }
    if !table.exclusions.is_empty() && version < 170_000 {
        return refuse(
            "a table whose rows are split has exclusion constraints from PostgreSQL 17 on",
            "say it of each partition, with `schema.table(…)`",
        );
    }
    if table.foreign_keys.iter().any(|key| key.mode.not_valid) && version < 180_000 {
        return refuse(
            "a table whose rows are split has foreign keys that are not valid from PostgreSQL 18 on",
            "take `not_valid()` away: the table is new, and has no rows to look at",
        );
    }
    let names: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
    let primary = ddl::primary_key(table);
    if let Some(key) = primary {
        holds(scope, &by.keys, &names, "the primary key", &key.columns)?;
    }
    table.indexes.iter().try_for_each(|def| holds_unique(scope, &by.keys, &names, def))
}

/// Refuses a key over rows of several partitions that does not hold what they are split by.
fn holds(
    scope: &Scope<'_>,
    keys: &[String],
    names: &[&str],
    what: &str,
    columns: &[String],
) -> Result<(), CompileError> {
    for key in keys {
        match Key::of(key, &|name| names.contains(&name)) {
            Key::Column(name) if columns.iter().any(|column| column == name) => {}
            Key::Column(name) => {
                return Err(scope.unsupported(
                    format!("rows are split by `{name}`, which is not part of {what}"),
                    format!("add `{name}` to the key, or say it of each partition"),
                ));
            }
            Key::AsWritten(text) | Key::Expression(text) => {
                let plain = names.iter().any(|column| {
                    columns.iter().any(|name| name == column)
                        && name::read(text).is_some_and(|(name, rest)| {
                            name == **column && rest.starts_with(char::is_whitespace)
                        })
                });
                if !plain {
                    return Err(scope.unsupported(
                        format!("rows are split by `{text}`, and {what} can not hold an expression"),
                        "split by a column, or say the key of each partition",
                    ));
                }
            }
        }
    }
    Ok(())
}

fn holds_unique(
    scope: &Scope<'_>,
    keys: &[String],
    names: &[&str],
    def: &IndexDef,
) -> Result<(), CompileError> {
    if def.kind != IndexKind::Unique {
        return Ok(());
    }
    let columns: Vec<String> = def.column_names().cloned().collect();
    holds(scope, keys, names, &format!("unique key `{}`", def.name), &columns)
}

/// Refuses a key on a table that is there and that does not hold what its rows are split by.
pub(super) fn check_change(
    scope: &Scope<'_>,
    table: &Table,
    change: &TableChange,
) -> Result<(), CompileError> {
    let Some(by) = definition(table) else { return Ok(()) };
    let names: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
    match change {
        TableChange::AddPrimaryKey(key) => holds(scope, &by.keys, &names, "the primary key", &key.columns),
        TableChange::AddIndex(def) => holds_unique(scope, &by.keys, &names, def),
        // The server takes the word, and does nothing.
        TableChange::Options(said) if said.unlogged.is_some() => Err(scope.unsupported(
            "a table whose rows are split keeps none itself, and its partitions are logged or not by themselves",
            "say it of each partition, with `schema.table(…)`",
        )),
        _ => Ok(()),
    }
}

/// The partitions that are made with a table.
pub(super) fn with_table<'t>(table: &'t TableDef) -> impl Iterator<Item = PartitionDef> + 't {
    let partitions = table.partition_by.iter().flat_map(|by| &by.partitions);
    partitions.map(|(name, bounds)| PartitionDef {
        name: table.name.beside(name),
        of: table.name.clone(),
        bounds: bounds.clone(),
    })
}

/// `CREATE TABLE "p" PARTITION OF "t" FOR VALUES …`. `kind` is what stands before `TABLE`.
pub(super) fn create(scope: &Scope<'_>, def: &PartitionDef, kind: &str) -> Result<Statement, CompileError> {
    let bounds = checked(scope, &def.name, &def.bounds)?;
    let (name, of) = (scope.table(&def.name)?, scope.table(&def.of)?);
    let id = Object::Partition(def.clone()).id();
    let sql = format!("CREATE {kind}TABLE {name} PARTITION OF {of} {bounds}");
    Ok(Statement::new(sql).probed(Probe::ObjectExists(id)))
}

/// `DROP TABLE "p"`, once it is sure that it is a partition of this table: `DROP TABLE` takes any.
pub(super) fn drop(
    scope: &Scope<'_>,
    id: &ObjectId,
    if_exists: bool,
    is_there: bool,
) -> Result<Vec<Statement>, CompileError> {
    match (is_there, if_exists) {
        (true, _) => {
            let sql = format!("DROP TABLE {}", scope.table(&id.name)?);
            Ok(vec![Statement::new(sql).probed(Probe::ObjectMissing(id.clone()))])
        }
        (false, true) => Ok(Vec::new()),
        (false, false) => {
            let table = id.table.clone().unwrap_or_default();
            Err(scope.missing(&table, "partition", &id.name.to_string()))
        }
    }
}

/// `ALTER TABLE "t" ATTACH PARTITION "p" FOR VALUES …`.
pub(super) fn attach(
    scope: &Scope<'_>,
    table: &TableName,
    name: &TableName,
    bounds: &str,
) -> Result<Statement, CompileError> {
    // How the rows of the partition itself are split, it knows.
    let own = bounds.find(" PARTITION BY ").map_or(bounds, |at| &bounds[..at]);
    let bounds = checked(scope, name, own)?;
    let sql = format!("ALTER TABLE {} ATTACH PARTITION {} {bounds}", scope.table(table)?, scope.table(name)?);
    Ok(Statement::new(sql).probed(Probe::ObjectExists(id(table, name))))
}

/// `ALTER TABLE "t" DETACH PARTITION "p"`. While others work it takes two transactions of its own, and between them the
/// partition is neither: <https://www.postgresql.org/docs/14/sql-altertable.html>
pub(super) fn detach(
    scope: &Scope<'_>,
    table: &TableName,
    name: &TableName,
    online: bool,
    present: Option<&Table>,
) -> Result<Statement, CompileError> {
    let sql = format!("ALTER TABLE {} DETACH PARTITION {}", scope.table(table)?, scope.table(name)?);
    let gone = Probe::ObjectMissing(id(table, name));
    let partitions = present.map_or(&[][..], |table| &table.partitions);
    let is_pending = |(known, bounds): &(TableName, String)| known == name && bounds.ends_with(PENDING);
    if partitions.iter().any(is_pending) {
        return Ok(Statement::new(format!("{sql} FINALIZE")).probed(gone));
    }
    if !online {
        return Ok(Statement::new(sql).probed(gone));
    }
    if let Some((other, _)) = partitions.iter().find(|(_, bounds)| bounds.starts_with("DEFAULT")) {
        return Err(scope.unsupported(
            format!(
                "the table has a default partition, `{other}`, which would have to be searched meanwhile"
            ),
            "take `online()` away",
        ));
    }
    let remnant = Remnant {
        what: format!("unfinished detachment of partition `{name}`"),
        seen: Probe::PartitionEnds(table.clone(), name.clone(), PENDING.to_owned()),
        remove: format!("{sql} FINALIZE"),
        finishes: true,
    };
    Ok(Statement::new(format!("{sql} CONCURRENTLY")).probed(gone).outside().waiting().leaving(remnant))
}

/// The id of a partition.
fn id(table: &TableName, name: &TableName) -> ObjectId {
    ObjectId { table: Some(table.clone()), ..ObjectId::new(ObjectKind::Partition, name.clone()) }
}

/// Bounds that are bounds.
fn checked(scope: &Scope<'_>, partition: &TableName, bounds: &str) -> Result<String, CompileError> {
    let bounds = bounds.trim().trim_end_matches(PENDING);
    let shown = self::bounds(bounds);
    if !(shown.starts_with("FOR VALUES ") || shown.starts_with("DEFAULT")) {
        return Err(scope.unsupported(
            format!("`{bounds}` are no bounds of partition {partition}"),
            "write `FOR VALUES FROM (…) TO (…)`, `FOR VALUES IN (…)`, `FOR VALUES WITH (MODULUS …, REMAINDER …)` or `DEFAULT`",
        ));
    }
    one_statement(scope, bounds, &RULES)
}

/// Bounds as the catalog shows them, as far as that is a matter of spelling.
pub(super) fn bounds(text: &str) -> String {
    const WORDS: [&str; 10] =
        ["for", "values", "from", "to", "in", "with", "default", "minvalue", "maxvalue", "null"];
    let mut out = String::with_capacity(text.len());
    let mut rest = text.trim();
    while let Some(c) = rest.chars().next() {
        let end = match c {
            '\'' | QUOTE => rest[1..].find(c).map_or(rest.len(), |at| at + 2),
            c if c.is_whitespace() => {
                rest = rest.trim_start();
                out.push(' ');
                continue;
            }
            c if c.is_alphabetic() || c == '_' => {
                rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len())
            }
            c => c.len_utf8(),
        };
        let (piece, after) = rest.split_at(end);
        let lower = piece.to_ascii_lowercase();
        match lower.as_str() {
            known if WORDS.contains(&known) => out.push_str(&lower.to_ascii_uppercase()),
            "modulus" | "remainder" => out.push_str(&lower),
            _ => out.push_str(piece),
        }
        rest = after;
    }
    out
}

/// What a new table is split by, and its partitions, as the catalog shows them.
pub(super) fn apply(def: &TableDef, table: &mut Table) {
    let Some(by) = &def.partition_by else { return };
    let is_column = |name: &str| def.columns.iter().any(|column| column.name == name);
    let keys = by.keys.iter().map(|key| match Key::of(key, &is_column) {
        Key::Column(name) => name::shown(name),
        Key::AsWritten(text) if text.starts_with('(') => format!("(({}))", normalize::expression(text)),
        Key::AsWritten(text) => normalize::expression(text),
        Key::Expression(text) => format!("(({}))", normalize::expression(text)),
    });
    let keys = keys.collect::<Vec<_>>().join(", ");
    table.partition_by = Some(format!("{} ({keys})", word(by.strategy)));
    table.partitions = with_table(def).map(|part| (part.name, bounds(&part.bounds))).collect();
    table.partitions.sort();
}

/// What a table was split by, as a definition. Its partitions come as operations of their own.
pub(super) fn definition(table: &Table) -> Option<PartitionBy> {
    let (strategy, keys) = read(table.partition_by.as_deref()?)?;
    let names: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
    let keys = keys.into_iter().map(|key| written(key, &names)).collect();
    Some(PartitionBy { strategy, keys, partitions: Vec::new() })
}

/// The operations that make a table again: a partition as one, and a table whose rows are split with its partitions.
pub(super) fn restore(mut operations: Vec<Operation>, name: &TableName, table: &Table) -> Vec<Operation> {
    let partition = |name: &TableName, of: &TableName, bounds: &str| {
        let (name, of, bounds) = (name.clone(), of.clone(), bounds.to_owned());
        Operation::Create(Object::Partition(PartitionDef { name, of, bounds }))
    };
    if let (Some((of, bounds)), Some(first)) = (&table.partition_of, operations.first_mut()) {
        let by = table.partition_by.as_ref().map(|by| format!(" PARTITION BY {by}")).unwrap_or_default();
        *first = partition(name, of, &format!("{bounds}{by}"));
    } else if let Some(Operation::CreateTable(def)) = operations.first_mut() {
        def.partition_by = definition(table);
    }
    let mut parts: Vec<Operation> =
        table.partitions.iter().map(|(part, bounds)| partition(part, name, bounds)).collect();
    parts.extend(table.partitions.iter().flat_map(|(part, _)| below(part, table)).map(Operation::Create));
    operations.splice(1..1, parts);
    operations
}

/// What stands below a partition of a table, each behind what it stands on.
pub(super) fn below(part: &TableName, table: &Table) -> Vec<Object> {
    let mut wholes = BTreeSet::from([part.clone()]);
    let mut found = Vec::new();
    for object in &table.below {
        match object {
            Object::Partition(def) if wholes.contains(&def.of) => {
                wholes.insert(def.name.clone());
                found.push(object.clone());
            }
            Object::Trigger(def) if wholes.contains(&def.table) => found.push(object.clone()),
            _ => {}
        }
    }
    found
}

/// A column under another name in what rows are split by.
pub(super) fn rename_column(table: &mut Table, from: &str, to: &str, spelling: words::Spelling) {
    if let Some(text) = &mut table.partition_by {
        *text = words::replace(text, from, to, spelling);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_folded_as_they_are_shown() {
        for (written, shown) in [
            (
                " for values\n from ('it''s  for', minvalue) to (10, MAXVALUE)",
                "FOR VALUES FROM ('it''s  for', MINVALUE) TO (10, MAXVALUE)",
            ),
            ("FOR VALUES WITH (MODULUS 2, REMAINDER 0)", "FOR VALUES WITH (modulus 2, remainder 0)"),
            ("default", "DEFAULT"),
        ] {
            assert_eq!(bounds(written), shown);
        }
    }
}
