//! The live schema, for people.

use arvel_migrate::{
    DatabaseIdentity, Inspection, TableSize,
    operation::{ForeignKeyAction, IndexColumn, IndexKind, Object},
    schema::{Column, ForeignKey, Index, Table},
};

use super::{Console, human, theme};

/// `db inspect`: a line for each table, and what there is besides.
pub fn everything(console: &Console, inspection: &Inspection) {
    let mut rows = vec![["table", "columns", "indexes", "keys", "rows (about)", "size"].map(str::to_owned)];
    for (name, table) in &inspection.schema.tables {
        let size = inspection.sizes.get(name).copied().unwrap_or_default();
        rows.push([
            name.to_string(),
            table.columns.len().to_string(),
            table.indexes.len().to_string(),
            table.foreign_keys.len().to_string(),
            size.rows.map(|rows| rows.to_string()).unwrap_or_default(),
            size.bytes.map(bytes).unwrap_or_default(),
        ]);
    }
    if rows.len() > 1 {
        human::table(console, &rows, &[]);
    }
    for id in inspection.schema.objects.keys() {
        console.result(id);
    }
    place(console, &inspection.database);
    console.result(human::count(inspection.schema.tables.len(), "table"));
}

/// `db inspect TABLE`.
pub fn details(console: &Console, inspection: &Inspection) {
    for (name, table) in &inspection.schema.tables {
        let size = inspection.sizes.get(name).copied().unwrap_or_default();
        console.result(format_args!("{}{}", theme::paint(theme::BOLD, name), measures(size)));
        if let Some(comment) = &table.comment {
            console.result(theme::paint(theme::DIM, comment));
        }
        if let Some((whole, bounds)) = &table.partition_of {
            console.result(format_args!("partition of {whole} {bounds}"));
        }
        if let Some(by) = &table.partition_by {
            console.result(format_args!("rows split by {by}"));
        }
        columns(console, table);
        list(console, "indexes", table.indexes.iter().map(index_line));
        list(console, "foreign keys", table.foreign_keys.iter().map(key_line));
        let named = |name: Option<&String>| name.cloned().unwrap_or_else(|| "(unnamed)".to_owned());
        list(console, "checks", table.checks.iter().map(|c| (named(c.name.as_ref()), c.expression.clone())));
        list(console, "exclusions", table.exclusions.iter().map(|e| (e.name.clone(), e.definition.clone())));
        list(
            console,
            "partitions",
            table.partitions.iter().map(|(name, bounds)| (name.to_string(), bounds.clone())),
        );
        list(console, "triggers", table.triggers.iter().map(|(name, _)| (name.clone(), String::new())));
    }
    for (id, object) in &inspection.schema.objects {
        console.result(theme::paint(theme::BOLD, id));
        if let Object::View(view) = object {
            console.result(&view.query);
            if view.without_data {
                console.result("without rows until it is refreshed");
            }
            list(console, "indexes", view.indexes.iter().map(|def| index_line(&Index::of(def))));
        }
    }
    place(console, &inspection.database);
}

fn place(console: &Console, database: &DatabaseIdentity) {
    let host = if database.host.is_empty() { String::new() } else { format!(" on {}", database.host) };
    console.progress(format_args!("{} {}{host}", database.driver, database.database));
}

fn measures(size: TableSize) -> String {
    let rows = size
        .rows
        .map(|rows| format!("about {}", human::count(usize::try_from(rows).unwrap_or(usize::MAX), "row")));
    let parts: Vec<String> = rows.into_iter().chain(size.bytes.map(bytes)).collect();
    if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) }
}

fn columns(console: &Console, table: &Table) {
    let mut rows = vec![["column", "type", "null", "default", "notes"].map(str::to_owned)];
    let key = table.primary_key.as_ref().map(|key| key.columns.as_slice()).unwrap_or_default();
    for column in &table.columns {
        rows.push([
            column.name.clone(),
            column.type_name.clone(),
            if column.nullable { "yes" } else { "no" }.to_owned(),
            column.default.clone().unwrap_or_default(),
            notes(column, key.contains(&column.name)),
        ]);
    }
    human::table(console, &rows, &[]);
}

fn notes(column: &Column, in_key: bool) -> String {
    let mut notes = Vec::new();
    if in_key {
        notes.push("primary key".to_owned());
    }
    if column.auto_increment {
        notes.push("counts up".to_owned());
    }
    if let Some(generated) = &column.generated {
        let kept = if generated.stored { "stored" } else { "virtual" };
        notes.push(format!("{kept} as ({})", generated.expression));
    }
    if column.invisible {
        notes.push("invisible".to_owned());
    }
    notes.extend(column.charset.iter().map(|charset| format!("character set {charset}")));
    notes.extend(column.collation.iter().map(|collation| format!("collation {collation}")));
    notes.extend(column.extra.clone());
    notes.extend(column.comment.iter().map(|comment| format!("-- {comment}")));
    notes.join(", ")
}

fn list(console: &Console, title: &str, lines: impl Iterator<Item = (String, String)>) {
    let lines: Vec<(String, String)> = lines.collect();
    if lines.is_empty() {
        return;
    }
    console.result(theme::paint(theme::DIM, title));
    let width = lines.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    for (name, rest) in lines {
        let pad = " ".repeat(width - name.chars().count() + 2);
        console.result(format!("  {name}{pad}{rest}").trim_end());
    }
}

fn index_line(index: &Index) -> (String, String) {
    let kind = match index.kind {
        IndexKind::Index => String::new(),
        kind => format!("{} ", kind.word().trim_end_matches("_index")),
    };
    let parts: Vec<String> = index.columns.iter().map(part).collect();
    let mut text = format!("{kind}({})", parts.join(", "));
    if let Some(method) = &index.method {
        text.push_str(&format!(" using {method}"));
    }
    if !index.include.is_empty() {
        text.push_str(&format!(" include ({})", index.include.join(", ")));
    }
    if let Some(predicate) = &index.predicate {
        text.push_str(&format!(" where {predicate}"));
    }
    if index.invalid {
        text.push_str(", invalid: an online build failed");
    }
    (index.name.clone(), text)
}

/// A column or an expression of an index, with its length and order.
pub(super) fn part(part: &IndexColumn) -> String {
    let length = part.length.map(|length| format!("({length})")).unwrap_or_default();
    let order = if part.descending { " desc" } else { "" };
    format!("{}{length}{order}", part.text())
}

fn key_line(key: &ForeignKey) -> (String, String) {
    let name = key.name.clone().unwrap_or_else(|| "(unnamed)".to_owned());
    let mut text = format!("({}) -> {}", key.columns.join(", "), key.references);
    if !key.referenced_columns.is_empty() {
        text.push_str(&format!(" ({})", key.referenced_columns.join(", ")));
    }
    for (event, action) in [("delete", key.on_delete), ("update", key.on_update)] {
        if action != ForeignKeyAction::NoAction {
            text.push_str(&format!(" on {event} {}", action.sql().to_lowercase()));
        }
    }
    if key.not_valid {
        text.push_str(", not validated");
    }
    (name, text)
}

/// Bytes in the unit that people would use.
fn bytes(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["B", "KiB", "MiB", "GiB", "TiB"];
    let mut unit = 0;
    let mut rest = bytes;
    while rest >= 10_240 && unit + 1 < UNITS.len() {
        rest /= 1024;
        unit += 1;
    }
    if unit == 0 && rest >= 1024 {
        return format!("{} KiB", rest / 1024);
    }
    format!("{rest} {}", UNITS[unit])
}
