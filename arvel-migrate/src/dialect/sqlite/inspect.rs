//! The live schema, in four queries whatever its size: the texts of `sqlite_schema`, and the pragmas of columns, indexes
//! and foreign keys. Names of keys, checks, collations and generated columns stand only in the texts.
//!
//! Tables of SQLite itself and the shadow tables of virtual ones are left out.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    clause::ClauseKind,
    compile::same_table,
    shape::{self, Shape},
    text,
};
use crate::{
    dialect::{Connection, DriverError, Row, quote},
    operation::{ForeignKeyAction, IndexKind, TableName},
    schema::{Column, DatabaseSchema, ForeignKey, Index, PrimaryKey, Table},
};

pub(super) async fn inspect(
    connection: &mut dyn Connection,
    tables: Option<&BTreeSet<TableName>>,
) -> Result<DatabaseSchema, DriverError> {
    let filter = filter(tables);
    let mut found = read_texts(connection, &filter).await?;
    read_columns(connection, &filter, &mut found).await?;
    read_indexes(connection, &filter, &mut found).await?;
    read_foreign_keys(connection, &filter, &mut found).await?;
    let mut schema = DatabaseSchema::default();
    for (name, mut table) in found {
        finish(&mut table);
        let name = TableName { schema: None, name };
        // A table answers to the name that it was asked for by.
        let asked: Vec<TableName> = tables.map_or(vec![name.clone()], |tables| {
            tables.iter().filter(|asked| same_table(asked, &name)).cloned().collect()
        });
        for asked in asked {
            schema.tables.insert(asked, table.clone());
        }
    }
    Ok(schema)
}

/// Which rows `t` of `pragma_table_list` are meant.
fn filter(tables: Option<&BTreeSet<TableName>>) -> String {
    let mut out =
        "t.schema = 'main' AND t.type IN ('table', 'virtual') AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
            .to_owned();
    if let Some(tables) = tables {
        let names: Vec<String> =
            tables.iter().map(|table| quote::text(&table.name.to_ascii_lowercase())).collect();
        // `lower` folds ASCII only, as SQLite does when it compares names.
        out.push_str(&format!(" AND lower(t.name) IN ({})", names.join(", ")));
    }
    out
}

/// A cell as text; NULL is empty.
pub(super) fn text_cell(row: &Row, position: usize) -> String {
    row.at(position).unwrap_or_default().to_owned()
}

fn number(row: &Row, position: usize) -> i64 {
    row.at(position).and_then(|cell| cell.parse().ok()).unwrap_or(0)
}

/// The tables with their texts, triggers and views; indexes come with their text for now.
async fn read_texts(
    connection: &mut dyn Connection,
    filter: &str,
) -> Result<BTreeMap<String, Table>, DriverError> {
    let sql = format!(
        "SELECT 'table' AS type, t.name, t.name, s.sql FROM pragma_table_list t \
         JOIN main.sqlite_schema s ON s.type = 'table' AND s.name = t.name WHERE {filter} \
         UNION ALL SELECT s.type, s.name, t.name, s.sql FROM pragma_table_list t \
         JOIN main.sqlite_schema s ON s.type = 'trigger' AND s.tbl_name = t.name COLLATE NOCASE WHERE {filter} \
         UNION ALL SELECT type, name, '', sql FROM main.sqlite_schema WHERE type = 'view' ORDER BY 1, 2"
    );
    let mut found: BTreeMap<String, Table> = BTreeMap::new();
    let rows = connection.query(&sql).await?;
    for row in &rows {
        if row.at(0) == Some("table") {
            let table = Table { sql: row.at(3).map(str::to_owned), ..Table::default() };
            found.insert(text_cell(row, 1), table);
        }
    }
    for row in &rows {
        let text = (text_cell(row, 1), text_cell(row, 3));
        match row.at(0) {
            Some("trigger") => {
                if let Some(table) = found.get_mut(row.at(2).unwrap_or_default()) {
                    table.triggers.push(text);
                }
            }
            Some("view") => {
                for (name, table) in &mut found {
                    if text::mentions(&text.1, name) {
                        table.views.push(text.clone());
                    }
                }
            }
            _ => {}
        }
    }
    Ok(found)
}

async fn read_columns(
    connection: &mut dyn Connection,
    filter: &str,
    found: &mut BTreeMap<String, Table>,
) -> Result<(), DriverError> {
    let sql = format!(
        "SELECT t.name, c.name, c.type, CAST(c.\"notnull\" AS TEXT), c.dflt_value, CAST(c.pk AS TEXT), \
         CAST(c.hidden AS TEXT) FROM pragma_table_list t JOIN pragma_table_xinfo(t.name, 'main') c \
         WHERE {filter} AND c.hidden <> 1 ORDER BY t.name, c.cid"
    );
    let mut keys: BTreeMap<String, Vec<(i64, String)>> = BTreeMap::new();
    for row in connection.query(&sql).await? {
        let name = text_cell(&row, 0);
        let Some(table) = found.get_mut(&name) else { continue };
        let column = Column {
            name: text_cell(&row, 1),
            type_name: shape::type_name(row.at(2).unwrap_or_default()),
            nullable: number(&row, 3) == 0,
            default: row.at(4).map(str::to_owned),
            // The expression follows from the text.
            generated: matches!(number(&row, 6), 2 | 3).then(|| (String::new(), number(&row, 6) == 3)),
            ..Column::default()
        };
        if number(&row, 5) > 0 {
            keys.entry(name).or_default().push((number(&row, 5), column.name.clone()));
        }
        table.columns.push(column);
    }
    for (name, mut key) in keys {
        key.sort();
        if let Some(table) = found.get_mut(&name) {
            let columns = key.into_iter().map(|(_, column)| column).collect();
            table.primary_key = Some(PrimaryKey { name: None, columns });
        }
    }
    Ok(())
}

async fn read_indexes(
    connection: &mut dyn Connection,
    filter: &str,
    found: &mut BTreeMap<String, Table>,
) -> Result<(), DriverError> {
    let sql = format!(
        "SELECT t.name, l.name, CAST(l.\"unique\" AS TEXT), l.origin, c.name, s.sql \
         FROM pragma_table_list t JOIN pragma_index_list(t.name, 'main') l JOIN pragma_index_xinfo(l.name, 'main') c \
         LEFT JOIN main.sqlite_schema s ON s.type = 'index' AND s.name = l.name \
         WHERE {filter} AND l.origin <> 'pk' AND c.key = 1 ORDER BY t.name, l.name, c.seqno"
    );
    for row in connection.query(&sql).await? {
        let Some(table) = found.get_mut(row.at(0).unwrap_or_default()) else { continue };
        let name = text_cell(&row, 1);
        if table.indexes.last().is_none_or(|last| last.name != name) {
            table.indexes.push(Index {
                name,
                columns: Vec::new(),
                kind: if row.at(2) == Some("1") { IndexKind::Unique } else { IndexKind::Index },
                sql: row.at(5).map(str::to_owned),
                constraint: row.at(3) != Some("c"),
            });
        }
        let Some(index) = table.indexes.last_mut() else { continue };
        let expressions =
            || index.sql.as_deref().map(|sql| shape::index_text(sql).columns).unwrap_or_default();
        let column = match row.at(4) {
            Some(column) => column.to_owned(),
            None => expressions().into_iter().nth(index.columns.len()).unwrap_or_default(),
        };
        index.columns.push(column);
    }
    for table in found.values_mut() {
        table.indexes.sort_by(|a, b| a.name.cmp(&b.name));
    }
    Ok(())
}

async fn read_foreign_keys(
    connection: &mut dyn Connection,
    filter: &str,
    found: &mut BTreeMap<String, Table>,
) -> Result<(), DriverError> {
    // SQLite numbers keys from the last one on.
    let sql = format!(
        "SELECT t.name, CAST(k.id AS TEXT), k.\"table\", k.\"from\", k.\"to\", k.on_delete, k.on_update \
         FROM pragma_table_list t JOIN pragma_foreign_key_list(t.name, 'main') k \
         WHERE {filter} ORDER BY t.name, k.id DESC, k.seq"
    );
    let mut last = (String::new(), -1);
    for row in connection.query(&sql).await? {
        let this = (text_cell(&row, 0), number(&row, 1));
        let Some(table) = found.get_mut(&this.0) else { continue };
        if last != this {
            table.foreign_keys.push(ForeignKey {
                name: None,
                columns: Vec::new(),
                references: TableName { schema: None, name: text_cell(&row, 2) },
                referenced_columns: Vec::new(),
                on_delete: action(row.at(5)),
                on_update: action(row.at(6)),
            });
            last = this;
        }
        if let Some(key) = table.foreign_keys.last_mut() {
            key.columns.push(text_cell(&row, 3));
            key.referenced_columns.extend(row.at(4).map(str::to_owned));
        }
    }
    Ok(())
}

fn action(text: Option<&str>) -> ForeignKeyAction {
    match text {
        Some("CASCADE") => ForeignKeyAction::Cascade,
        Some("RESTRICT") => ForeignKeyAction::Restrict,
        Some("SET NULL") => ForeignKeyAction::SetNull,
        Some("SET DEFAULT") => ForeignKeyAction::SetDefault,
        _ => ForeignKeyAction::NoAction,
    }
}

/// Adds what only the texts say.
fn finish(table: &mut Table) {
    let Some(shape) = Shape::of(table) else { return };
    let read = shape.describe();
    for column in &mut table.columns {
        let Some(text) = read.column(&column.name) else { continue };
        column.collation.clone_from(&text.collation);
        column.generated.clone_from(&text.generated);
        column.extra.clone_from(&text.extra);
        column.auto_increment = text.auto_increment;
        // The pragma shows what is written; a rowid is never NULL.
        column.nullable &= text.nullable;
    }
    if let (Some(key), Some(text)) = (&mut table.primary_key, &read.primary_key) {
        key.name.clone_from(&text.name);
    }
    table.checks = read.checks;
    let in_order = shape.definition.items.iter().flat_map(|item| &item.clauses);
    let names =
        in_order.filter(|clause| matches!(clause.kind, ClauseKind::Foreign(_))).map(|clause| &clause.name);
    for (key, name) in table.foreign_keys.iter_mut().zip(names) {
        key.name.clone_from(name);
    }
    shape::sort_foreign_keys(&mut table.foreign_keys);
}
