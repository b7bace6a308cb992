//! Rows for a case that brings none of its own: three in each table, parents before children, by the types of the
//! columns as the catalog spells them. And rows read back as text.

use std::collections::BTreeMap;

use arvel_migrate::{
    dialect::{Connection, Dialect},
    operation::{Object, ObjectId, ObjectKind, TableName},
    schema::{Column, DatabaseSchema, Table},
};

use crate::values;

/// The tables, those first that others point to. Of tables that point at each other one has to be first.
pub(crate) fn parents_first(schema: &DatabaseSchema) -> Vec<&TableName> {
    let (mut done, mut open): (Vec<&TableName>, Vec<_>) = (Vec::new(), schema.tables.iter().collect());
    while !open.is_empty() {
        let ready = open.iter().position(|(name, table)| {
            let mut parents = table.foreign_keys.iter().map(|key| &key.references);
            parents.all(|parent| {
                parent == *name || done.contains(&parent) || !schema.tables.contains_key(parent)
            })
        });
        done.push(open.remove(ready.unwrap_or(0)).0);
    }
    done
}

/// The INSERT statements.
pub(crate) fn generated(dialect: &dyn Dialect, schema: &DatabaseSchema) -> Vec<String> {
    // The rows of a table in parts are asked for under the name of the whole.
    let is_part = |name: &TableName| {
        schema.tables.values().any(|whole| whole.partitions.iter().any(|(part, _)| part == name))
    };
    let tables = parents_first(schema).into_iter().filter(|name| !is_part(name));
    tables
        .flat_map(|name| (1..=3).map(|row| insert(dialect, schema, name, &schema.tables[name], row)))
        .map(|insert| insert.unwrap_or_else(|reason| panic!("{reason}: write rows.sql")))
        .collect()
}

/// One row; or the column for which there is no value.
pub(crate) fn insert(
    dialect: &dyn Dialect,
    schema: &DatabaseSchema,
    name: &TableName,
    table: &Table,
    row: u8,
) -> Result<String, String> {
    let given = |column: &&Column| {
        let counts = column.auto_increment || column.identity.is_some();
        let parent = table
            .foreign_keys
            .iter()
            .any(|key| &key.references == name && key.columns.contains(&column.name));
        column.generated.is_none() && !counts && !(column.nullable && (row == 3 || parent))
    };
    let (mut columns, mut values) = (Vec::new(), Vec::new());
    for column in table.columns.iter().filter(given) {
        match literal(dialect, column, values_of_type(schema, column), row) {
            Some(value) => {
                columns.push(dialect.quote(&column.name));
                values.push(value);
            }
            None if column.nullable || column.default.is_some() => {}
            None => return Err(format!("no value for {name}.{} of type {}", column.name, column.type_name)),
        }
    }
    let into = quoted(dialect, name);
    if columns.is_empty() {
        let nothing = if dialect.capability().family == "mysql" { "() VALUES ()" } else { "DEFAULT VALUES" };
        return Ok(format!("INSERT INTO {into} {nothing}"));
    }
    Ok(format!("INSERT INTO {into} ({}) VALUES ({})", columns.join(", "), values.join(", ")))
}

pub(crate) fn quoted(dialect: &dyn Dialect, table: &TableName) -> String {
    let schema = table.schema.iter().map(|schema| format!("{}.", dialect.quote(schema)));
    format!("{}{}", schema.collect::<String>(), dialect.quote(&table.name))
}

/// The values of an enum type.
fn values_of_type<'s>(schema: &'s DatabaseSchema, column: &Column) -> Option<&'s Vec<String>> {
    let id = ObjectId::new(ObjectKind::Enum, column.type_name.trim_matches('"'));
    match schema.objects.get(&id) {
        Some(Object::Enum(of)) => Some(&of.values),
        _ => None,
    }
}

fn literal(dialect: &dyn Dialect, column: &Column, of_type: Option<&Vec<String>>, row: u8) -> Option<String> {
    let kind = column.type_name.to_lowercase();
    let first_quoted = |text: &str| {
        let from = text.find('\'')?;
        Some(format!("'{}'", text[from + 1..].split('\'').next()?))
    };
    let listed = of_type.and_then(|values| values.first()).map(|value| format!("'{value}'"));
    let listed = listed
        .or_else(|| (kind.starts_with("enum") || kind.starts_with("set")).then(|| first_quoted(&kind))?);
    let listed = listed.or_else(|| {
        column
            .extra
            .as_deref()
            .filter(|extra| extra.contains(" in ("))
            .and_then(|extra| first_quoted(&extra[extra.find(" in (")?..]))
    });
    if listed.is_some() {
        return listed;
    }
    values::of(dialect.capability().family, &kind, row)
}

/// The rows of every table as text, by table and column, in the order of the first columns.
pub(crate) type Contents = BTreeMap<TableName, (usize, BTreeMap<String, Vec<Option<String>>>)>;

/// Reads all rows of all tables.
pub(crate) async fn read(
    connection: &mut dyn Connection,
    dialect: &dyn Dialect,
    schema: &DatabaseSchema,
) -> Contents {
    let kind = if dialect.capability().family == "mysql" { "CHAR" } else { "TEXT" };
    let mut out = Contents::new();
    for (name, table) in &schema.tables {
        let cast = |column: &Column| match values::is_shape(dialect.capability().family, &column.type_name) {
            true => format!("ST_AsText({})", dialect.quote(&column.name)),
            false => format!("CAST({} AS {kind})", dialect.quote(&column.name)),
        };
        let columns = table.columns.iter().map(cast).collect::<Vec<_>>().join(", ");
        let order: Vec<String> = match &table.primary_key {
            Some(key) => key.columns.iter().map(|column| dialect.quote(column)).collect(),
            None => table.columns.iter().map(cast).collect(),
        };
        let sql = format!("SELECT {columns} FROM {} ORDER BY {}", quoted(dialect, name), order.join(", "));
        let rows = connection.query(&sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
        let cells = |at: usize| rows.iter().map(|row| row.at(at).map(str::to_owned)).collect();
        // What is computed follows from the others, and from an expression that may change.
        let given = table.columns.iter().enumerate().filter(|(_, column)| column.generated.is_none());
        let columns = given.map(|(at, column)| (column.name.clone(), cells(at)));
        out.insert(name.clone(), (rows.len(), columns.collect()));
    }
    out
}
