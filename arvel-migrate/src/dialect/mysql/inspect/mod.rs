//! The live schema, read from `information_schema` in nine queries, however many tables there are. One more is for each
//! table of which only the text that makes it tells all: one with a full text or vector index, which may have parameters,
//! and one that is split by a list with a partition for 0, because MariaDB shows the one for all other values so too.
//!
//! An unqualified name is a table of `DATABASE()`. What the role may not see is not there: the views show a table to who
//! has a privilege on it, and of its columns those on which there is one; a foreign key is shown to who has more than
//! SELECT on its table. A role that migrates has these anyway.
//!
//! What a table does not say of its own (engine, collation) is left out, see [`charset`](super::charset). A check that
//! stands at its column (MariaDB) is part of the column's `extra`, because a MODIFY must say it again; the one of a
//! `json` column is its type.

mod column;
mod found;
mod index;
mod queries;

use std::collections::BTreeSet;

use crate::{
    dialect::{Connection, DriverError, Row},
    operation::TableName,
    schema::{DatabaseSchema, Wanted},
};

use super::{
    facts::Facts,
    objects::{self, text::named},
};
use found::Found;
use queries::Queries;

pub(super) async fn inspect(
    facts: &Facts,
    connection: &mut dyn Connection,
    wanted: Option<&Wanted>,
) -> Result<DatabaseSchema, DriverError> {
    // Triggers and partitions stand with their tables.
    let named = wanted.map(|wanted| {
        let of = wanted.objects.iter().filter_map(|id| id.table.clone());
        wanted.tables.iter().cloned().chain(of).collect::<BTreeSet<_>>()
    });
    let mut schema = tables(facts, &mut *connection, named.as_ref()).await?;
    schema.objects = objects::inspect(facts, connection, wanted).await?;
    Ok(schema)
}

async fn tables(
    facts: &Facts,
    connection: &mut dyn Connection,
    tables: Option<&BTreeSet<TableName>>,
) -> Result<DatabaseSchema, DriverError> {
    if tables.is_some_and(BTreeSet::is_empty) {
        return Ok(DatabaseSchema::default());
    }
    let queries = Queries { facts, named: tables };
    let mut found = Found::new(facts, tables);
    for row in connection.query(&queries.tables()).await? {
        found.table(&row);
    }
    for row in connection.query(&queries.columns()).await? {
        found.column(&row);
    }
    if found.has_shapes() && !facts.srid_in_columns && facts.srid.is_some() {
        for row in connection.query(&queries.geometries()).await? {
            found.reference_system(&row);
        }
    }
    for row in connection.query(&queries.indexes()).await? {
        found.index(&row);
    }
    for row in connection.query(&queries.keys()).await? {
        found.foreign_key(&row);
    }
    for row in connection.query(&queries.actions()).await? {
        found.actions(&row);
    }
    if let Some(checks) = queries.checks() {
        for row in connection.query(&checks).await? {
            found.check(&row);
        }
    }
    for row in connection.query(&queries.triggers()).await? {
        found.trigger(&row);
    }
    for row in connection.query(&queries.partitions()).await? {
        found.partition(&row);
    }
    for table in found.told_by_text() {
        for row in connection.query(&format!("SHOW CREATE TABLE {}", named(&table))).await? {
            found.text(&table, row.at(1).unwrap_or_default());
        }
    }
    Ok(found.schema())
}

fn text(row: &Row, column: &str) -> String {
    row.text(column).unwrap_or_default().to_owned()
}

fn present(row: &Row, column: &str) -> Option<String> {
    row.text(column).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// An expression as SQL takes it; MySQL 8 shows it with its quotes escaped.
fn expression(facts: &Facts, text: String) -> String {
    if facts.escaped_expressions { text.replace("\\'", "'") } else { text }
}
