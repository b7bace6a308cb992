//! The text of new migrations and seeders: as rustfmt leaves it with its defaults, with a way up and a way down.

use super::{Field, FieldKind, maker::FileHeader};

/// What a new migration is for.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum MigrationKind {
    /// A new table.
    Create {
        /// The table.
        table: String,
    },
    /// More columns for a table.
    Add {
        /// The table.
        table: String,
    },
    /// Fewer columns for a table.
    Remove {
        /// The table.
        table: String,
    },
    /// Anything else.
    Blank,
}

/// Longer chains of calls go onto lines of their own: rustfmt's `chain_width`.
const CHAIN: usize = 60;

/// The text of a Rust migration.
pub(super) fn rust(kind: &MigrationKind, fields: &[Field], header: &FileHeader) -> String {
    let (up, down) = match kind {
        MigrationKind::Create { table } => {
            (block("create", table, &created(fields)), vec![format!("schema.drop({table:?});")])
        }
        MigrationKind::Add { table } => {
            (block("table", table, &added(fields)), block("table", table, &dropped(fields)))
        }
        MigrationKind::Remove { table } => {
            (block("table", table, &dropped(fields)), block("table", table, &added(fields)))
        }
        MigrationKind::Blank => (
            vec!["let _ = schema; // replace this line by what the migration does".to_owned()],
            vec!["let _ = schema; // replace this line by the way back".to_owned()],
        ),
    };
    format!(
        "use arvel_migrate::prelude::*;\n\n{}\n\nfn up(schema: &mut Schema) {{\n{}}}\n\nfn down(schema: &mut Schema) {{\n{}}}\n",
        declaration(header),
        indented(&up),
        indented(&down)
    )
}

/// The text of a SQL migration: its sections, to be filled.
pub(super) fn sql(kind: &MigrationKind, header: &FileHeader) -> String {
    let (up, down) = match kind {
        MigrationKind::Create { table } => {
            (format!("CREATE TABLE {table} (…);"), format!("DROP TABLE {table};"))
        }
        MigrationKind::Add { table } => {
            (format!("ALTER TABLE {table} ADD COLUMN …;"), format!("ALTER TABLE {table} DROP COLUMN …;"))
        }
        MigrationKind::Remove { table } => {
            (format!("ALTER TABLE {table} DROP COLUMN …;"), format!("ALTER TABLE {table} ADD COLUMN …;"))
        }
        MigrationKind::Blank => ("UPDATE … SET …;".to_owned(), "its opposite".to_owned()),
    };
    let mut text = String::new();
    for (key, value) in header.lines() {
        text.push_str(&format!("-- {key}: {value}\n"));
    }
    let mode = if header.transaction { "" } else { " transaction:false" };
    text.push_str(&format!("-- migrate:up{mode}\n-- the way forward, such as: {up}\n\n"));
    text.push_str(&format!("-- migrate:down{mode}\n-- the way back, such as: {down}\n"));
    text
}

/// The text of a seeder.
pub(super) fn seeder(name: &str) -> String {
    format!(
        "use arvel_migrate::prelude::*;\n\nseeder! {{ name: {name:?}, run }}\n\n\
         async fn run(db: &mut Db) -> DataResult {{\n    let _ = db; // replace this line by what the seeder inserts\n    Ok(())\n}}\n"
    )
}

fn declaration(header: &FileHeader) -> String {
    let entries = header.entries();
    if entries.is_empty() {
        return "migration! { up, down }".to_owned();
    }
    let entries: String = entries.iter().map(|entry| format!("    {entry},\n")).collect();
    format!("migration! {{\n    up,\n    down,\n{entries}}}")
}

fn block(method: &str, table: &str, lines: &[String]) -> Vec<String> {
    let mut block = vec![format!("schema.{method}({table:?}, |table| {{")];
    block.extend(lines.iter().map(|line| format!("    {line}")));
    block.push("});".to_owned());
    block
}

fn indented(lines: &[String]) -> String {
    lines.iter().map(|line| format!("    {line}\n")).collect()
}

/// The columns of a new table: its key first and its times last, unless the fields say otherwise.
fn created(fields: &[Field]) -> Vec<String> {
    let columns: Vec<String> = fields.iter().flat_map(Field::columns).collect();
    let has = |name: &str| columns.iter().any(|column| column.eq_ignore_ascii_case(name));
    let mut lines = Vec::new();
    if !has("id") && !fields.iter().any(|field| field.primary) {
        lines.push("table.id();".to_owned());
    }
    lines.extend(fields.iter().flat_map(add));
    if !has("created_at") && !has("updated_at") {
        lines.push("table.timestamps();".to_owned());
    }
    lines
}

fn added(fields: &[Field]) -> Vec<String> {
    if fields.is_empty() {
        return vec![
            "let _ = table; // replace this line by columns, such as: table.string(\"slug\").nullable();"
                .to_owned(),
        ];
    }
    fields.iter().flat_map(add).collect()
}

fn dropped(fields: &[Field]) -> Vec<String> {
    if fields.is_empty() {
        return vec![
            "let _ = table; // replace this line by drops, such as: table.drop_column(\"slug\");".to_owned(),
        ];
    }
    fields.iter().rev().flat_map(remove).collect()
}

/// The lines that add a field.
fn add(field: &Field) -> Vec<String> {
    let name = &field.name;
    let mut calls = match &field.kind {
        FieldKind::Column { method, arguments } => {
            let arguments: String = arguments.iter().map(|argument| format!(", {argument}")).collect();
            vec![format!("{method}({name:?}{arguments})")]
        }
        FieldKind::Reference { method, .. } => vec![format!("{method}({name:?})")],
        FieldKind::Morphs if field.nullable => return vec![format!("table.nullable_morphs({name:?});")],
        FieldKind::Morphs => return vec![format!("table.morphs({name:?});")],
        FieldKind::Fixed { method, .. } => return vec![format!("table.{method}();")],
    };
    let flags = [
        (field.unsigned, "unsigned()"),
        (field.primary, "primary()"),
        (field.nullable, "nullable()"),
        (field.unique, "unique()"),
        (field.index, "index()"),
        (field.use_current, "use_current()"),
    ];
    calls.extend(flags.iter().filter(|(set, _)| *set).map(|(_, call)| (*call).to_owned()));
    calls.extend(field.default.iter().map(|value| format!("default({value})")));
    calls.extend(field.comment.iter().map(|text| format!("comment({text:?})")));
    if let FieldKind::Reference { table, .. } = &field.kind {
        calls.push(format!("constrained({table:?})"));
        calls.extend(field.on_delete.iter().map(|method| format!("{method}()")));
    }
    let line = format!("table.{}", calls.join("."));
    if calls.len() == 1 || line.chars().count() <= CHAIN {
        return vec![format!("{line};")];
    }
    let mut lines = vec!["table".to_owned()];
    lines.extend(calls.iter().map(|call| format!("    .{call}")));
    if let Some(last) = lines.last_mut() {
        last.push(';');
    }
    lines
}

/// The lines that take a field away: keys first, since no database drops a column that a key still holds.
fn remove(field: &Field) -> Vec<String> {
    let name = &field.name;
    let reference = matches!(field.kind, FieldKind::Reference { .. });
    match &field.kind {
        FieldKind::Morphs => vec![
            format!("table.drop_index([\"{name}_type\", \"{name}_id\"]);"),
            format!("table.drop_columns([\"{name}_type\", \"{name}_id\"]);"),
        ],
        FieldKind::Fixed { method: "timestamps", .. } => vec!["table.drop_timestamps();".to_owned()],
        FieldKind::Fixed { method: "soft_deletes", .. } => vec!["table.drop_soft_deletes();".to_owned()],
        FieldKind::Fixed { columns, .. } => {
            columns.iter().map(|column| format!("table.drop_column({column:?});")).collect()
        }
        _ if reference && !(field.unique || field.index || field.primary) => {
            vec![format!("table.drop_constrained_foreign_id({name:?});")]
        }
        _ => {
            let drops = [
                (reference, "drop_foreign"),
                (field.unique, "drop_unique"),
                (field.index, "drop_index"),
                (field.primary, "drop_primary"),
                (true, "drop_column"),
            ];
            let drops = drops.iter().filter(|(set, _)| *set);
            drops.map(|(_, method)| format!("table.{method}({name:?});")).collect()
        }
    }
}
