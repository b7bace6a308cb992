//! The live schema, read from `pg_catalog` in five queries, however many tables there are.
//!
//! Never from `information_schema`, which shows keys only to the owner of a table. An unqualified name is a table of
//! `current_schema()`, or a temporary one of this session, which hides it as it does for the server; partitions and
//! tables of extensions are left out unless they are named. Rows name their table by its oid, and what can be joined is
//! joined: a function for each row is asked only where there is an expression to be spelled.

mod columns;
mod constraints;
mod indexes;
mod tables;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::{
    dialect::{Capability, Connection, DriverError, ErrorKind, Row, quote},
    operation::{Object, TableName},
    schema::{DatabaseSchema, Index, Table, Wanted},
};

use super::{fold, index, objects};

pub(super) async fn inspect(
    connection: &mut dyn Connection,
    capability: &Capability,
    wanted: Option<&Wanted>,
) -> Result<DatabaseSchema, DriverError> {
    let named = wanted.map(|wanted| &wanted.tables);
    let mut schema = with_tables(&mut *connection, capability, named).await?;
    schema.objects = objects::inspect(connection, capability, wanted).await?;
    Ok(schema)
}

async fn with_tables(
    connection: &mut dyn Connection,
    capability: &Capability,
    named: Option<&BTreeSet<TableName>>,
) -> Result<DatabaseSchema, DriverError> {
    if named.is_some_and(BTreeSet::is_empty) {
        return Ok(DatabaseSchema::default());
    }
    let wanted = wanted(named);
    let mut found = Found { tables: HashMap::new() };
    for row in connection.query(&tables::sql(&wanted)).await? {
        found.table(&row)?;
    }
    if found.tables.is_empty() {
        return Ok(DatabaseSchema::default());
    }
    for row in connection.query(&columns::sql(&wanted)).await? {
        found.column(&row);
    }
    for row in connection.query(&constraints::sql(&wanted)).await? {
        found.constraint(&row)?;
    }
    for row in connection.query(&indexes::sql(&wanted, capability)).await? {
        found.index(&row)?;
    }
    found.settle_indexes();
    if found.tables.values().any(|entry| entry.table.partition_by.is_some()) {
        for row in connection.query(&tables::partitions(&wanted, capability)).await? {
            found.partition(&row);
        }
        if named.is_some() {
            for row in connection.query(&tables::below(&wanted, capability)).await? {
                found.below(&row);
            }
        }
    }
    for row in connection.query(&tables::triggers(&wanted, capability)).await? {
        found.trigger(&row);
    }
    Ok(found.schema(named))
}

/// The indexes of relations, by oid: of views that keep their rows.
pub(super) async fn indexes_of(
    connection: &mut dyn Connection,
    capability: &Capability,
    oids: &BTreeSet<String>,
) -> Result<HashMap<String, Vec<Index>>, DriverError> {
    if oids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut found = Found { tables: oids.iter().map(|oid| (oid.clone(), Entry::default())).collect() };
    let wanted = format!("c.oid IN ({})", oids.iter().cloned().collect::<Vec<_>>().join(", "));
    for row in connection.query(&indexes::sql(&wanted, capability)).await? {
        found.index(&row)?;
    }
    let indexes = |entry: Entry| {
        let mut indexes: Vec<Index> =
            entry.table.indexes.into_iter().map(|index| index::canonical(index, &[])).collect();
        indexes.sort_by(|a, b| a.name.cmp(&b.name));
        indexes
    };
    Ok(found.tables.into_iter().map(|(oid, entry)| (oid, indexes(entry))).collect())
}

/// The condition on `n` (namespace) and `c` (class).
fn wanted(tables: Option<&BTreeSet<TableName>>) -> String {
    const OWN: &str = "(n.nspname = current_schema() OR n.oid = pg_my_temp_schema())";
    let Some(tables) = tables else {
        return format!(
            "c.relkind IN ('r', 'p') AND {OWN} AND NOT c.relispartition AND NOT EXISTS (SELECT FROM pg_depend d \
             WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')"
        );
    };
    let mut by_schema: BTreeMap<Option<&str>, Vec<String>> = BTreeMap::new();
    for table in tables {
        by_schema.entry(table.schema.as_deref()).or_default().push(quote::text(&table.name));
    }
    let each = by_schema.into_iter().map(|(schema, names)| {
        let schema =
            schema.map_or_else(|| OWN.to_owned(), |schema| format!("n.nspname = {}", quote::text(schema)));
        format!("{schema} AND c.relname IN ({})", names.join(", "))
    });
    format!("c.relkind IN ('r', 'p') AND ({})", each.collect::<Vec<_>>().join(" OR "))
}

/// The joins that lead to the wanted tables.
const TABLES: &str = "pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace";

/// One table with what only the catalog knows of it.
#[derive(Default)]
struct Entry {
    namespace: String,
    name: String,
    /// Whether an unqualified name means it.
    own: bool,
    /// The numbers of its columns, which constraints name them by.
    numbers: Vec<(i64, String)>,
    table: Table,
}

/// The tables found so far, by their oid.
struct Found {
    tables: HashMap<String, Entry>,
}

impl Found {
    fn entry(&mut self, row: &Row) -> Option<&mut Entry> {
        self.tables.get_mut(row.text("table_oid")?)
    }

    fn trigger(&mut self, row: &Row) {
        let trigger = (text(row, "name"), text(row, "sql_text"));
        if let Some(entry) = self.entry(row) {
            entry.table.triggers.push(trigger);
        }
    }

    /// The tables under the names by which they were asked for.
    fn schema(self, named: Option<&BTreeSet<TableName>>) -> DatabaseSchema {
        let mut schema = DatabaseSchema::default();
        let mut entries: Vec<Entry> = self.tables.into_values().collect();
        // A temporary table hides the other one of its name, so it comes last.
        entries.sort_by_key(|entry| entry.table.options.temporary);
        for Entry { namespace, name, own, mut table, .. } in entries {
            fold::sort(&mut table);
            let qualified = TableName { schema: Some(namespace), name: name.clone() };
            let unqualified = TableName { schema: None, name };
            let asked = |name: &TableName| named.is_some_and(|named| named.contains(name));
            let names = [
                asked(&qualified).then_some(&qualified),
                (own && (named.is_none() || asked(&unqualified))).then_some(&unqualified),
            ];
            for name in names.into_iter().flatten() {
                let mut table = table.clone();
                table.partitions = partitions(table.partitions, name, qualified.schema.as_ref());
                below(&mut table.below, name, qualified.schema.as_ref());
                schema.tables.insert(name.clone(), table);
            }
        }
        schema
    }
}

/// The partitions of a table under the name by which it was asked for: those in its schema are named like it.
fn partitions(
    all: Vec<(TableName, String)>,
    of: &TableName,
    schema: Option<&String>,
) -> Vec<(TableName, String)> {
    let named = |(mut name, bounds): (TableName, String)| {
        if name.schema.as_ref() == schema {
            name.schema.clone_from(&of.schema);
        }
        (name, bounds)
    };
    let mut named: Vec<(TableName, String)> = all.into_iter().map(named).collect();
    named.sort();
    named
}

/// The same for what stands below them.
fn below(all: &mut [Object], of: &TableName, schema: Option<&String>) {
    let named = |name: &mut TableName| {
        if name.schema.as_ref() == schema {
            name.schema.clone_from(&of.schema);
        }
    };
    for object in all {
        match object {
            Object::Partition(partition) => {
                named(&mut partition.name);
                named(&mut partition.of);
            }
            Object::Trigger(trigger) => named(&mut trigger.table),
            _ => {}
        }
    }
}

fn text(row: &Row, column: &str) -> String {
    row.text(column).unwrap_or_default().to_owned()
}

/// A JSON array of texts; none is empty.
fn list(row: &Row, column: &str) -> Result<Vec<String>, DriverError> {
    let Some(json) = row.text(column) else { return Ok(Vec::new()) };
    serde_json::from_str(json).map_err(|error| {
        DriverError::new(ErrorKind::Statement, format!("the catalog's list `{json}`: {error}"))
    })
}
