//! The live schema, in four queries whatever its size: the texts of `sqlite_schema`, and the pragmas of columns, indexes
//! and foreign keys. Names of keys, checks, collations and generated columns stand only in the texts. The temporary tables
//! of the connection, when it has any, are four more.
//!
//! Tables of SQLite itself and the shadow tables of virtual ones are left out.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    clause::ClauseKind,
    compile::same_table,
    index, objects,
    shape::{self, Shape},
    text,
};
use crate::{
    dialect::{Connection, DriverError, Row, quote},
    operation::{ForeignKeyAction, Generated, IndexColumn, IndexKind, TableName, TableOptions},
    schema::{Column, DatabaseSchema, ForeignKey, Index, PrimaryKey, Table, Wanted},
};

pub(super) async fn inspect(
    connection: &mut dyn Connection,
    wanted: Option<&Wanted>,
) -> Result<DatabaseSchema, DriverError> {
    let named = wanted.map(|wanted| &wanted.tables);
    let mut schema = tables(&mut *connection, named).await?;
    schema.objects = objects::inspect(connection, wanted).await?;
    Ok(schema)
}

async fn tables(
    connection: &mut dyn Connection,
    tables: Option<&BTreeSet<TableName>>,
) -> Result<DatabaseSchema, DriverError> {
    if tables.is_some_and(BTreeSet::is_empty) {
        return Ok(DatabaseSchema::default());
    }
    let texts = read_texts(connection, &Asked::of("main", tables)).await?;
    let mut found = texts.tables;
    read_pragmas(connection, &Asked::of("main", tables), &mut found).await?;
    if texts.has_temporary {
        let asked = Asked::of("temp", tables);
        let mut temporary = read_texts(connection, &asked).await?.tables;
        read_pragmas(connection, &asked, &mut temporary).await?;
        // They hide others of their name.
        found.retain(|name, _| !temporary.keys().any(|hides| hides.eq_ignore_ascii_case(name)));
        found.extend(temporary);
    }
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

/// The tables that are meant.
struct Asked {
    /// `main`, or `temp` for those that go with the connection.
    schema: &'static str,
    /// Which rows `t` of `pragma_table_list` they are.
    filter: String,
}

impl Asked {
    fn of(schema: &'static str, tables: Option<&BTreeSet<TableName>>) -> Self {
        let mut filter = format!(
            "t.schema = '{schema}' AND t.type IN ('table', 'virtual') AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        );
        if let Some(tables) = tables {
            let names: Vec<String> =
                tables.iter().map(|table| quote::text(&table.name.to_ascii_lowercase())).collect();
            // `lower` folds ASCII only, as SQLite does when it compares names.
            filter.push_str(&format!(" AND lower(t.name) IN ({})", names.join(", ")));
        }
        Self { schema, filter }
    }
}

/// A cell as text; NULL is empty.
pub(super) fn text_cell(row: &Row, position: usize) -> String {
    row.at(position).unwrap_or_default().to_owned()
}

fn number(row: &Row, position: usize) -> i64 {
    row.at(position).and_then(|cell| cell.parse().ok()).unwrap_or(0)
}

/// What the texts say.
struct Texts {
    tables: BTreeMap<String, Table>,
    /// Whether the connection has tables of its own.
    has_temporary: bool,
}

/// The tables with their texts, triggers and views; indexes come with their text for now.
async fn read_texts(connection: &mut dyn Connection, asked: &Asked) -> Result<Texts, DriverError> {
    let Asked { schema, filter } = asked;
    let sql = format!(
        "SELECT 'table' AS type, t.name, t.name, s.sql, CAST(t.wr AS TEXT), CAST(t.strict AS TEXT) FROM pragma_table_list t \
         JOIN {schema}.sqlite_schema s ON s.type = 'table' AND s.name = t.name WHERE {filter} \
         UNION ALL SELECT s.type, s.name, t.name, s.sql, '', '' FROM pragma_table_list t \
         JOIN {schema}.sqlite_schema s ON s.type = 'trigger' AND s.tbl_name = t.name COLLATE NOCASE WHERE {filter} \
         UNION ALL SELECT type, name, '', sql, '', '' FROM {schema}.sqlite_schema WHERE type = 'view' \
         UNION ALL SELECT 'temporary', '', '', '', '', '' FROM temp.sqlite_schema WHERE type = 'table' ORDER BY 1, 2"
    );
    let mut found: BTreeMap<String, Table> = BTreeMap::new();
    let rows = connection.query(&sql).await?;
    for row in &rows {
        if row.at(0) == Some("table") {
            let options = TableOptions {
                without_rowid: (row.at(4) == Some("1")).then_some(true),
                strict: (row.at(5) == Some("1")).then_some(true),
                temporary: *schema == "temp",
                ..TableOptions::default()
            };
            // The text reaches to the semicolon, also over what stood before it.
            let sql = row.at(3).map(|sql| sql.trim_end().to_owned());
            let table = Table { sql, options, ..Table::default() };
            found.insert(text_cell(row, 1), table);
        }
    }
    for row in &rows {
        let text = (text_cell(row, 1), text_cell(row, 3).trim_end().to_owned());
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
    let has_temporary = rows.iter().any(|row| row.at(0) == Some("temporary"));
    Ok(Texts { tables: found, has_temporary })
}

async fn read_pragmas(
    connection: &mut dyn Connection,
    asked: &Asked,
    found: &mut BTreeMap<String, Table>,
) -> Result<(), DriverError> {
    read_columns(connection, asked, found).await?;
    read_indexes(connection, asked, found).await?;
    read_foreign_keys(connection, asked, found).await
}

async fn read_columns(
    connection: &mut dyn Connection,
    Asked { schema, filter }: &Asked,
    found: &mut BTreeMap<String, Table>,
) -> Result<(), DriverError> {
    let sql = format!(
        "SELECT t.name, c.name, c.type, CAST(c.\"notnull\" AS TEXT), c.dflt_value, CAST(c.pk AS TEXT), \
         CAST(c.hidden AS TEXT) FROM pragma_table_list t JOIN pragma_table_xinfo(t.name, '{schema}') c \
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
            generated: matches!(number(&row, 6), 2 | 3)
                .then(|| Generated { expression: String::new(), stored: number(&row, 6) == 3 }),
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
    Asked { schema, filter }: &Asked,
    found: &mut BTreeMap<String, Table>,
) -> Result<(), DriverError> {
    let sql = format!(
        "SELECT t.name, l.name, CAST(l.\"unique\" AS TEXT), l.origin, c.name, s.sql, c.coll, \
         CAST(c.\"desc\" AS TEXT) \
         FROM pragma_table_list t JOIN pragma_index_list(t.name, '{schema}') l JOIN pragma_index_xinfo(l.name, '{schema}') c \
         LEFT JOIN {schema}.sqlite_schema s ON s.type = 'index' AND s.name = l.name \
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
                sql: row.at(5).map(|sql| sql.trim_end().to_owned()),
                predicate: row.at(5).and_then(index::predicate),
                constraint: row.at(3) != Some("c"),
                ..Index::default()
            });
        }
        let Some(index) = table.indexes.last_mut() else { continue };
        let written =
            index.sql.as_deref().and_then(|sql| index::parts(sql).into_iter().nth(index.columns.len()));
        let column = match row.at(4) {
            Some(column) => {
                IndexColumn { collation: row.at(6).map(str::to_owned), ..IndexColumn::column(column) }
            }
            None => written.unwrap_or_else(|| IndexColumn::expression("")),
        };
        index.columns.push(IndexColumn { descending: row.at(7) == Some("1"), ..column });
    }
    for table in found.values_mut() {
        table.indexes.sort_by(|a, b| a.name.cmp(&b.name));
    }
    Ok(())
}

async fn read_foreign_keys(
    connection: &mut dyn Connection,
    Asked { schema, filter }: &Asked,
    found: &mut BTreeMap<String, Table>,
) -> Result<(), DriverError> {
    // SQLite numbers keys from the last one on.
    let sql = format!(
        "SELECT t.name, CAST(k.id AS TEXT), k.\"table\", k.\"from\", k.\"to\", k.on_delete, k.on_update \
         FROM pragma_table_list t JOIN pragma_foreign_key_list(t.name, '{schema}') k \
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
                ..ForeignKey::default()
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
    for index in &mut table.indexes {
        index.columns.iter_mut().for_each(|part| index::plain(&shape.definition, part));
    }
    table.checks = read.checks;
    let in_order = shape.definition.items.iter().flat_map(|item| &item.clauses);
    let keys = in_order.filter_map(|clause| match &clause.kind {
        ClauseKind::Foreign(key) => Some((&clause.name, key)),
        _ => None,
    });
    for (key, (name, text)) in table.foreign_keys.iter_mut().zip(keys) {
        key.name.clone_from(name);
        key.deferrable = text.deferrable;
    }
    shape::sort_foreign_keys(&mut table.foreign_keys);
}
