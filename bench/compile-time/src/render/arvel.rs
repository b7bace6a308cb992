//! Arvel: `migration!` and a recorder.

use crate::set::{Change, Column, Kind, Migration, Table};

/// The file name.
pub fn file(migration: &Migration) -> String {
    format!("{}_{}.rs", super::stamp(migration.number), migration.slug())
}

/// The module that `mod.rs` names it by.
fn module(file: &str) -> String {
    format!("m_{}", file.trim_end_matches(".rs"))
}

/// `mod.rs` of the folder, as `arvel make sync` writes it.
pub fn list<'a>(files: impl Iterator<Item = &'a str>) -> String {
    let lines = |file: &str| match file.strip_suffix(".rs") {
        Some(_) => format!("#[path = \"{file}\"]\nmod {};\n", module(file)),
        None => format!("arvel_migrate::sql!(\"{file}\");\n"),
    };
    let block: String = files.map(lines).collect();
    format!(
        "//! The migrations of this folder; `arvel make sync` rewrites the list between the markers.\n\n\
         arvel_migrate::line!(\"default\");\n\n// arvel:begin\n{block}// arvel:end\n"
    )
}

/// The text of the file.
pub fn text(migration: &Migration) -> String {
    let header = if migration.down { "up, down" } else { "up" };
    let mut text = format!(
        "use arvel_migrate::prelude::*;\n\nmigration! {{ {header} }}\n\nfn up(schema: &mut Schema) {{\n{}}}\n",
        up(&migration.change)
    );
    if migration.down {
        text += &format!("\nfn down(schema: &mut Schema) {{\n{}}}\n", down(&migration.change));
    }
    text
}

fn up(change: &Change) -> String {
    match change {
        Change::Create(table) => block("create", &table.name, &created(table)),
        Change::Add { table, columns } => {
            block("table", table, &columns.iter().map(column).collect::<Vec<_>>())
        }
        Change::Rename { table, from, to } => {
            block("table", table, &[format!("table.rename_column({from:?}, {to:?});")])
        }
        Change::Drop { table, column } => {
            block("table", table, &[format!("table.drop_column({:?});", column.name)])
        }
        Change::Fill { table, column, value } => format!(
            "    schema.run(\"fill {column}\", async |db| {{\n        db.execute(\"UPDATE {table} SET {column} = \
             '{value}' WHERE {column} IS NULL\", &[]).await?;\n        Ok(())\n    }});\n"
        ),
    }
}

fn down(change: &Change) -> String {
    match change {
        Change::Create(table) => format!("    schema.drop({:?});\n", table.name),
        Change::Add { table, columns } => {
            let lines: Vec<String> = columns.iter().rev().flat_map(dropped).collect();
            block("table", table, &lines)
        }
        Change::Rename { table, from, to } => {
            block("table", table, &[format!("table.rename_column({to:?}, {from:?});")])
        }
        Change::Drop { table, column: gone } => block("table", table, &[column(gone)]),
        Change::Fill { .. } => String::new(),
    }
}

fn block(method: &str, table: &str, lines: &[String]) -> String {
    let lines: String = lines.iter().map(|line| format!("        {line}\n")).collect();
    format!("    schema.{method}({table:?}, |table| {{\n{lines}    }});\n")
}

fn created(table: &Table) -> Vec<String> {
    let mut lines = vec!["table.id();".to_owned()];
    lines.extend(table.columns.iter().map(column));
    lines.push("table.timestamps();".to_owned());
    lines.extend(table.index.iter().map(|columns| format!("table.index({columns:?});")));
    lines.extend(table.unique.iter().map(|columns| format!("table.unique({columns:?});")));
    lines
}

fn column(column: &Column) -> String {
    let name = &column.name;
    let mut line = match &column.kind {
        Kind::String(length) => format!("table.string_of({name:?}, {length})"),
        Kind::Text => format!("table.text({name:?})"),
        Kind::Integer { .. } => format!("table.integer({name:?})"),
        Kind::Boolean { .. } => format!("table.boolean({name:?})"),
        Kind::Decimal => format!("table.decimal({name:?}, 10, 2)"),
        Kind::Date => format!("table.date({name:?})"),
        Kind::Timestamp => format!("table.timestamp({name:?})"),
        Kind::Json => format!("table.jsonb({name:?})"),
        Kind::Uuid => format!("table.uuid({name:?})"),
        Kind::Reference { .. } => format!("table.foreign_id({name:?})"),
    };
    if column.nullable {
        line += ".nullable()";
    }
    if column.unique {
        line += ".unique()";
    }
    match &column.kind {
        Kind::Integer { default: Some(value) } => line += &format!(".default({value})"),
        Kind::Boolean { default } => line += &format!(".default({default})"),
        Kind::Reference { table, cascade } => {
            let action = if *cascade { "cascade_on_delete" } else { "null_on_delete" };
            line += &format!(".constrained({table:?}).{action}()");
        }
        Kind::String(32) => line += ".index()",
        _ => {}
    }
    line + ";"
}

fn dropped(column: &Column) -> Vec<String> {
    let name = &column.name;
    match column.kind {
        Kind::Reference { .. } => vec![format!("table.drop_constrained_foreign_id({name:?});")],
        Kind::String(32) => {
            vec![format!("table.drop_index({name:?});"), format!("table.drop_column({name:?});")]
        }
        _ => vec![format!("table.drop_column({name:?});")],
    }
}
