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
    /// Nothing but parents.
    Merge,
    /// Anything else.
    Blank,
}

impl MigrationKind {
    /// The name of its template.
    #[must_use]
    pub fn template(&self) -> &'static str {
        match self {
            MigrationKind::Create { .. } => "create",
            MigrationKind::Add { .. } => "add",
            MigrationKind::Remove { .. } => "remove",
            MigrationKind::Merge => "merge",
            MigrationKind::Blank => "blank",
        }
    }

    /// The table that it is about.
    #[must_use]
    pub fn table(&self) -> Option<&str> {
        match self {
            MigrationKind::Create { table }
            | MigrationKind::Add { table }
            | MigrationKind::Remove { table } => Some(table),
            MigrationKind::Merge | MigrationKind::Blank => None,
        }
    }
}

/// Longer chains, arguments and lists go onto lines of their own: rustfmt's `chain_width` and its like.
pub(super) const SHORT: usize = 60;
/// Lists of words that are all this short are filled, not one to a line.
const SHORT_WORD: usize = 10;
/// The longest line.
const LINE: usize = 100;
/// How far the lines of a table's closure are indented.
const INDENT: usize = 8;

/// The text of a Rust migration.
pub(super) fn rust(kind: &MigrationKind, fields: &[Field], header: &FileHeader) -> String {
    let (up, down) = bodies(kind, fields);
    format!(
        "use arvel_migrate::prelude::*;\n\n{}\n\nfn up(schema: &mut Schema) {{\n{}}}\n\nfn down(schema: &mut Schema) {{\n{}}}\n",
        declaration(header),
        indented(&up),
        indented(&down)
    )
}

/// The statements of both ways.
pub(super) fn bodies(kind: &MigrationKind, fields: &[Field]) -> (Vec<String>, Vec<String>) {
    match kind {
        MigrationKind::Create { table } => {
            (block("create", table, &created(fields)), vec![format!("schema.drop({table:?});")])
        }
        MigrationKind::Add { table } => {
            (block("table", table, &added(fields)), block("table", table, &dropped(fields)))
        }
        MigrationKind::Remove { table } => {
            (block("table", table, &dropped(fields)), block("table", table, &added(fields)))
        }
        MigrationKind::Merge => {
            let nothing = "let _ = schema; // nothing: it joins its parents".to_owned();
            (vec![nothing.clone()], vec![nothing])
        }
        MigrationKind::Blank => (
            vec!["let _ = schema; // replace this line by what the migration does".to_owned()],
            vec!["let _ = schema; // replace this line by the way back".to_owned()],
        ),
    }
}

/// The text of a SQL migration: its sections, to be filled.
pub(super) fn sql(kind: &MigrationKind, header: &FileHeader) -> String {
    let mut text = String::new();
    for line in header_lines(header) {
        text.push_str(&format!("{line}\n"));
    }
    if *kind == MigrationKind::Merge {
        text.push_str("-- migrate:up\n-- nothing: it joins its parents\n\n-- migrate:down\n-- nothing\n");
        return text;
    }
    let (up, down) = examples(kind);
    let mode = if header.transaction { "" } else { " transaction:false" };
    text.push_str(&format!("-- migrate:up{mode}\n-- the way forward, such as: {up}\n\n"));
    text.push_str(&format!("-- migrate:down{mode}\n-- the way back, such as: {down}\n"));
    text
}

/// The header lines of a SQL migration.
pub(super) fn header_lines(header: &FileHeader) -> Vec<String> {
    header.lines().into_iter().map(|(key, value)| format!("-- {key}: {value}")).collect()
}

/// What the sections of a SQL migration could hold.
pub(super) fn examples(kind: &MigrationKind) -> (String, String) {
    match kind {
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
        MigrationKind::Merge => (String::new(), String::new()),
    }
}

/// The text of a seeder.
pub(super) fn seeder(name: &str) -> String {
    format!(
        "use arvel_migrate::prelude::*;\n\nseeder! {{ name: {name:?}, run }}\n\n\
         async fn run(db: &mut Db) -> DataResult {{\n    let _ = db; // replace this line by what the seeder inserts\n    Ok(())\n}}\n"
    )
}

pub(super) fn declaration(header: &FileHeader) -> String {
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
    let mut lines = Vec::new();
    if adds_key(fields) {
        lines.push("table.id();".to_owned());
    }
    lines.extend(fields.iter().flat_map(add));
    if adds_times(fields) {
        lines.push("table.timestamps();".to_owned());
    }
    lines
}

/// Whether a new table with these fields gets a key of its own.
pub(super) fn adds_key(fields: &[Field]) -> bool {
    !has(fields, "id") && !fields.iter().any(|field| field.primary)
}

/// Whether a new table with these fields gets its times.
pub(super) fn adds_times(fields: &[Field]) -> bool {
    !has(fields, "created_at") && !has(fields, "updated_at")
}

fn has(fields: &[Field], name: &str) -> bool {
    fields.iter().flat_map(Field::columns).any(|column| column.eq_ignore_ascii_case(name))
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
    let first = match &field.kind {
        FieldKind::Column { method, arguments } => {
            let arguments: String = arguments.iter().map(|argument| format!(", {argument}")).collect();
            format!("{method}({name:?}{arguments})")
        }
        FieldKind::Enumeration { values } => {
            let values: Vec<String> = values.iter().map(|value| format!("{value:?}")).collect();
            let arguments = format!("{name:?}, &[{}]", values.join(", "));
            if arguments.chars().count() > SHORT {
                return long_enumeration(name, &values, &modifiers(field));
            }
            format!("enumeration({arguments})")
        }
        FieldKind::Reference { method, .. } => format!("{method}({name:?})"),
        FieldKind::Morphs if field.nullable => format!("nullable_morphs({name:?})"),
        FieldKind::Morphs => format!("morphs({name:?})"),
        FieldKind::Fixed { method, .. } => format!("{method}()"),
    };
    if matches!(field.kind, FieldKind::Morphs | FieldKind::Fixed { .. }) {
        return vec![format!("table.{first};")];
    }
    let modifiers = modifiers(field);
    let line =
        std::iter::once(&first).chain(&modifiers).fold("table".to_owned(), |line, call| line + "." + call);
    if modifiers.is_empty() || line.chars().count() <= SHORT {
        return vec![format!("{line};")];
    }
    chain(&[first], &modifiers)
}

/// The calls behind the first one.
fn modifiers(field: &Field) -> Vec<String> {
    let flags = [
        (field.unsigned, "unsigned()"),
        (field.primary, "primary()"),
        (field.nullable, "nullable()"),
        (field.unique, "unique()"),
        (field.index, "index()"),
        (field.use_current, "use_current()"),
    ];
    let mut calls: Vec<String> =
        flags.iter().filter(|(set, _)| *set).map(|(_, call)| (*call).to_owned()).collect();
    calls.extend(field.default.iter().map(|value| format!("default({value})")));
    calls.extend(field.comment.iter().map(|text| format!("comment({text:?})")));
    if let FieldKind::Reference { table, .. } = &field.kind {
        calls.push(format!("constrained({table:?})"));
        calls.extend(field.on_delete.iter().map(|method| format!("{method}()")));
    }
    calls
}

/// A chain with one call to a line; the first call may have several.
fn chain(first: &[String], modifiers: &[String]) -> Vec<String> {
    let mut lines = vec!["table".to_owned()];
    lines.extend(
        first.iter().enumerate().map(|(i, line)| format!("    {}{line}", if i == 0 { "." } else { "" })),
    );
    lines.extend(modifiers.iter().map(|call| format!("    .{call}")));
    if let Some(last) = lines.last_mut() {
        last.push(';');
    }
    lines
}

fn long_enumeration(name: &str, values: &[String], modifiers: &[String]) -> Vec<String> {
    let mut call = vec!["enumeration(".to_owned(), format!("    {name:?},")];
    let list = format!("&[{}]", values.join(", "));
    if list.chars().count() <= SHORT {
        call.push(format!("    {list},"));
    } else {
        let indent = INDENT + if modifiers.is_empty() { 8 } else { 12 };
        call.push("    &[".to_owned());
        call.extend(values_in_lines(values, LINE - indent).iter().map(|line| format!("        {line}")));
        call.push("    ],".to_owned());
    }
    call.push(")".to_owned());
    if modifiers.is_empty() {
        let last = call.len() - 1;
        let line = |(i, line): (usize, &String)| match i {
            0 => format!("table.{line}"),
            i if i == last => format!("{line};"),
            _ => line.clone(),
        };
        return call.iter().enumerate().map(line).collect();
    }
    chain(&call, modifiers)
}

fn values_in_lines(values: &[String], width: usize) -> Vec<String> {
    if values.iter().any(|value| value.chars().count() > SHORT_WORD) {
        return values.iter().map(|value| format!("{value},")).collect();
    }
    let mut lines: Vec<String> = Vec::new();
    for value in values {
        match lines.last_mut() {
            Some(line) if line.chars().count() + value.chars().count() + 2 < width => {
                line.push_str(&format!(" {value},"));
            }
            _ => lines.push(format!("{value},")),
        }
    }
    lines
}

/// The lines that take a field away: keys first, since no database drops a column that a key still holds.
fn remove(field: &Field) -> Vec<String> {
    let name = &field.name;
    let reference = matches!(field.kind, FieldKind::Reference { .. });
    match &field.kind {
        FieldKind::Morphs => vec![format!("table.drop_morphs({name:?});")],
        FieldKind::Fixed { method: "timestamps", .. } => vec!["table.drop_timestamps();".to_owned()],
        FieldKind::Fixed { method: "soft_deletes", .. } => vec!["table.drop_soft_deletes();".to_owned()],
        FieldKind::Fixed { method: "remember_token", .. } => vec!["table.drop_remember_token();".to_owned()],
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
