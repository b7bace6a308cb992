//! The same set as Arvel's SQL files.

use crate::set::{Change, Column, Kind, Migration, Table};

/// The file name.
pub fn file(migration: &Migration) -> String {
    format!("{}_{}.sql", super::stamp(migration.number), migration.slug())
}

/// The text of the file.
pub fn text(migration: &Migration) -> String {
    let lines = |statements: Vec<String>| statements.join(";\n") + ";\n";
    let mut text = format!("-- migrate:up\n{}", lines(up(&migration.change)));
    if migration.down {
        text += &format!("\n-- migrate:down\n{}", lines(down(&migration.change)));
    }
    text
}

fn up(change: &Change) -> Vec<String> {
    match change {
        Change::Create(table) => created(table),
        Change::Add { table, columns } => {
            let indexed = columns.iter().filter(|column| column.kind == Kind::String(32));
            let index =
                |column: &Column| format!("CREATE INDEX {table}_{0}_index ON {table} ({0})", column.name);
            let add =
                columns.iter().map(|column| format!("ALTER TABLE {table} ADD COLUMN {}", spelt(column)));
            add.chain(indexed.map(index)).collect()
        }
        Change::Rename { table, from, to } => {
            vec![format!("ALTER TABLE {table} RENAME COLUMN {from} TO {to}")]
        }
        Change::Drop { table, column } => vec![format!("ALTER TABLE {table} DROP COLUMN {}", column.name)],
        Change::Fill { table, column, value } => {
            vec![format!("UPDATE {table} SET {column} = '{value}' WHERE {column} IS NULL")]
        }
    }
}

fn down(change: &Change) -> Vec<String> {
    match change {
        Change::Create(table) => vec![format!("DROP TABLE {}", table.name)],
        Change::Add { table, columns } => columns
            .iter()
            .rev()
            .map(|column| format!("ALTER TABLE {table} DROP COLUMN {}", column.name))
            .collect(),
        Change::Rename { table, from, to } => {
            vec![format!("ALTER TABLE {table} RENAME COLUMN {to} TO {from}")]
        }
        Change::Drop { table, column } => vec![format!("ALTER TABLE {table} ADD COLUMN {}", spelt(column))],
        Change::Fill { .. } => Vec::new(),
    }
}

fn created(table: &Table) -> Vec<String> {
    let name = &table.name;
    let columns: String = table.columns.iter().map(|column| format!("    {},\n", spelt(column))).collect();
    let mut statements = vec![format!(
        "CREATE TABLE {name} (\n    id integer PRIMARY KEY,\n{columns}    created_at timestamp DEFAULT \
         CURRENT_TIMESTAMP NOT NULL,\n    updated_at timestamp DEFAULT CURRENT_TIMESTAMP NOT NULL\n)"
    )];
    for (index, kind, word) in [(&table.index, "index", "INDEX"), (&table.unique, "unique", "UNIQUE INDEX")] {
        statements.extend(
            index.iter().map(|[a, b]| format!("CREATE {word} {name}_{a}_{b}_{kind} ON {name} ({a}, {b})")),
        );
    }
    statements
}

fn spelt(column: &Column) -> String {
    let kind = match &column.kind {
        Kind::String(length) => format!("varchar({length})"),
        Kind::Text => "text".to_owned(),
        Kind::Integer { default } => {
            default.map_or("integer".to_owned(), |value| format!("integer DEFAULT {value}"))
        }
        Kind::Boolean { default } => format!("boolean DEFAULT {default}"),
        Kind::Decimal => "numeric(10, 2)".to_owned(),
        Kind::Date => "date".to_owned(),
        Kind::Timestamp => "timestamp".to_owned(),
        Kind::Json => "json".to_owned(),
        Kind::Uuid => "uuid".to_owned(),
        Kind::Reference { table, cascade } => {
            let action = if *cascade { "CASCADE" } else { "SET NULL" };
            format!("bigint REFERENCES {table} (id) ON DELETE {action}")
        }
    };
    let rest = match (column.nullable, column.unique) {
        (true, _) => "",
        (false, true) => " NOT NULL UNIQUE",
        (false, false) => " NOT NULL",
    };
    format!("{} {kind}{rest}", column.name)
}
