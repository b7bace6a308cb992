//! The canonical text of operations: what the checksum is computed over.
//!
//! One line per operation, free of any dialect, with fields at their default left out, so that a field added in a
//! later version changes no existing checksum. The form is frozen by goldens: it must never change for operations
//! that can already be written.

use std::fmt::Write;

use serde::Serialize;

use super::{
    CheckDef, ColumnDef, ColumnType, DefaultValue, ForeignKeyDef, IndexDef, Operation, PrimaryKeyDef,
    TableChange, TableDef, is_default,
};

/// Version 1 of the canonical form.
#[must_use]
pub fn canonical_text(operations: &[Operation]) -> String {
    let mut out = String::new();
    for operation in operations {
        line(&mut out, operation);
        out.push('\n');
    }
    out
}

fn line(out: &mut String, operation: &Operation) {
    match operation {
        Operation::CreateTable(table) => create(out, table),
        Operation::AlterTable { table, changes } => {
            put(out, "alter_table", &table.to_string());
            for change in changes {
                out.push(' ');
                self::change(out, change);
            }
        }
        Operation::RenameTable { from, to } => {
            put(out, "rename_table", &from.to_string());
            pair(out, "to", &to.to_string());
        }
        Operation::DropTable { table, if_exists } => {
            put(out, "drop_table", &table.to_string());
            flag(out, "if_exists", *if_exists);
        }
        Operation::Create(object) => json(out, "create", object),
        Operation::Drop { object, if_exists } => {
            json(out, "drop", object);
            flag(out, "if_exists", *if_exists);
        }
        Operation::Rename { object, to } => {
            json(out, "rename", object);
            pair(out, "to", &to.to_string());
        }
        Operation::AlterEnum { name, change } => {
            put(out, "alter_enum", &name.to_string());
            out.push(' ');
            json(out, "change", change);
        }
        Operation::RefreshView { name, online, without_data } => {
            put(out, "refresh_view", &name.to_string());
            flag(out, "online", *online);
            flag(out, "without_data", *without_data);
        }
        Operation::When { condition, then, otherwise } => {
            put(out, "when", &condition.to_string());
            for (word, side) in [("then", then), ("otherwise", otherwise)] {
                if !side.is_empty() {
                    group(out, word, |out| {
                        for operation in side {
                            out.push(' ');
                            line(out, operation);
                        }
                    });
                }
            }
        }
        Operation::Sql(step) => {
            out.push_str("sql");
            for (database, text) in &step.texts {
                pair(out, database.as_deref().unwrap_or("*"), text.trim());
            }
        }
        Operation::Data(step) => put(out, "data", &step.name),
        Operation::Batched(step) => {
            put(out, "batched", &step.name);
            pair(out, "table", &step.table.to_string());
            pair(out, "key", &step.key);
        }
    }
}

fn create(out: &mut String, table: &TableDef) {
    put(out, "create_table", &table.name.to_string());
    flag(out, "if_not_exists", table.if_not_exists);
    for column in &table.columns {
        out.push_str(" (column");
        self::column(out, column);
        out.push(')');
    }
    if let Some(key) = &table.primary_key {
        out.push(' ');
        primary(out, key);
    }
    for index in &table.indexes {
        out.push(' ');
        self::index(out, index);
    }
    for key in &table.foreign_keys {
        out.push(' ');
        foreign(out, key);
    }
    for check in &table.checks {
        out.push(' ');
        self::check(out, check);
    }
    if let Some(comment) = &table.comment {
        pair(out, "comment", comment);
    }
    for exclusion in &table.exclusions {
        out.push(' ');
        json(out, "exclusion", exclusion);
    }
    field(out, "options", &table.options);
    field(out, "partition_by", &table.partition_by);
}

fn change(out: &mut String, change: &TableChange) {
    match change {
        TableChange::AddColumn(column) => group(out, "add_column", |out| self::column(out, column)),
        TableChange::ChangeColumn(column) => group(out, "change_column", |out| self::column(out, column)),
        TableChange::DropColumn { name } => group(out, "drop_column", |out| text(out, name)),
        TableChange::RenameColumn { from, to } => group(out, "rename_column", |out| {
            text(out, from);
            pair(out, "to", to);
        }),
        TableChange::AddPrimaryKey(key) => primary(out, key),
        TableChange::DropPrimaryKey { name } => group(out, "drop_primary", |out| text(out, name)),
        TableChange::AddIndex(index) => self::index(out, index),
        TableChange::DropIndex { name, mode, .. } => group(out, "drop_index", |out| {
            text(out, name);
            field(out, "mode", mode);
        }),
        TableChange::RenameIndex { from, to } => group(out, "rename_index", |out| {
            text(out, from);
            pair(out, "to", to);
        }),
        TableChange::AddForeignKey(key) => foreign(out, key),
        TableChange::DropForeignKey { name, .. } => group(out, "drop_foreign", |out| text(out, name)),
        TableChange::AddCheck(check) => self::check(out, check),
        TableChange::DropCheck { name } => group(out, "drop_check", |out| text(out, name)),
        TableChange::Comment(comment) => group(out, "comment", |out| {
            if let Some(comment) = comment {
                text(out, comment);
            }
        }),
        TableChange::AddExclusion(exclusion) => json(out, "exclusion", exclusion),
        TableChange::DropExclusion { name } => group(out, "drop_exclusion", |out| text(out, name)),
        TableChange::Options(options) => json(out, "options", options),
        TableChange::ValidateConstraint { name } => group(out, "validate_constraint", |out| text(out, name)),
        TableChange::AttachPartition { name, bounds } => group(out, "attach_partition", |out| {
            text(out, &name.to_string());
            text(out, bounds);
        }),
        TableChange::DetachPartition { name, mode, .. } => group(out, "detach_partition", |out| {
            text(out, &name.to_string());
            field(out, "mode", mode);
        }),
    }
}

fn column(out: &mut String, column: &ColumnDef) {
    text(out, &column.name);
    out.push(' ');
    kind(out, &column.kind);
    match column.nullable {
        Some(true) => out.push_str(" nullable"),
        Some(false) if column.change => out.push_str(" not_null"),
        _ => {}
    }
    if let Some(value) = &column.default {
        out.push_str(" default=");
        default(out, value);
    }
    flag(out, "unsigned", column.unsigned);
    flag(out, "auto_increment", column.auto_increment);
    if let Some(comment) = &column.comment {
        pair(out, "comment", comment);
    }
    field(out, "position", &column.position);
    field(out, "invisible", &column.invisible);
    field(out, "generated", &column.generated);
    field(out, "identity", &column.identity);
    field(out, "starting_value", &column.starting_value);
    flag(out, "use_current_on_update", column.use_current_on_update == Some(true));
    flag(out, "no_current_on_update", column.use_current_on_update == Some(false));
    field(out, "charset", &column.charset);
    field(out, "collation", &column.collation);
    field(out, "type_check", &column.type_check);
    field(out, "using", &column.using);
    field(out, "mode", &column.mode);
}

fn kind(out: &mut String, kind: &ColumnType) {
    let (name, arguments): (&str, Vec<String>) = match kind {
        ColumnType::TinyInteger => ("tiny_integer", vec![]),
        ColumnType::SmallInteger => ("small_integer", vec![]),
        ColumnType::MediumInteger => ("medium_integer", vec![]),
        ColumnType::Integer => ("integer", vec![]),
        ColumnType::BigInteger => ("big_integer", vec![]),
        ColumnType::Decimal { precision, scale } => {
            ("decimal", vec![precision.to_string(), scale.to_string()])
        }
        ColumnType::Float => ("float", vec![]),
        ColumnType::Double => ("double", vec![]),
        ColumnType::Boolean => ("boolean", vec![]),
        ColumnType::Char { length } => ("char", vec![length.to_string()]),
        ColumnType::String { length } => ("string", vec![length.to_string()]),
        ColumnType::Text => ("text", vec![]),
        ColumnType::MediumText => ("medium_text", vec![]),
        ColumnType::LongText => ("long_text", vec![]),
        ColumnType::Binary => ("binary", vec![]),
        ColumnType::Date => ("date", vec![]),
        ColumnType::Time { precision } => ("time", vec![precision.to_string()]),
        ColumnType::DateTime { precision } => ("date_time", vec![precision.to_string()]),
        ColumnType::Timestamp { precision } => ("timestamp", vec![precision.to_string()]),
        ColumnType::Uuid => ("uuid", vec![]),
        ColumnType::Json => ("json", vec![]),
        ColumnType::Jsonb => ("jsonb", vec![]),
        ColumnType::Enumeration { values, type_name: None } => {
            ("enumeration", values.iter().map(|v| quoted(v)).collect())
        }
        other => return json(out, "type", other),
    };
    out.push_str(name);
    if !arguments.is_empty() {
        let _ = write!(out, "({})", arguments.join(","));
    }
}

fn default(out: &mut String, value: &DefaultValue) {
    match value {
        DefaultValue::Null => out.push_str("null"),
        DefaultValue::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        DefaultValue::Integer(value) => {
            let _ = write!(out, "{value}");
        }
        DefaultValue::Float(value) => {
            let _ = write!(out, "{value:?}");
        }
        DefaultValue::Text(value) => out.push_str(&quoted(value)),
        DefaultValue::Expression(value) => {
            let _ = write!(out, "expression:{}", quoted(value));
        }
        DefaultValue::CurrentTimestamp => out.push_str("current_timestamp"),
        DefaultValue::Catalog(value) => {
            let _ = write!(out, "catalog:{}", quoted(value));
        }
    }
}

fn primary(out: &mut String, key: &PrimaryKeyDef) {
    group(out, "primary", |out| {
        text(out, &key.name);
        list(out, &key.columns);
    });
}

fn index(out: &mut String, index: &IndexDef) {
    if !index.is_plain() {
        return json(out, index.kind.word(), index);
    }
    group(out, index.kind.word(), |out| {
        text(out, &index.name);
        list(out, &index.column_names().cloned().collect::<Vec<_>>());
    });
}

fn foreign(out: &mut String, key: &ForeignKeyDef) {
    group(out, "foreign", |out| {
        text(out, &key.name);
        list(out, &key.columns);
        pair(out, "on", &key.references.to_string());
        list(out, &key.referenced_columns);
        if let Some(action) = key.on_delete {
            pair(out, "on_delete", action.sql());
        }
        if let Some(action) = key.on_update {
            pair(out, "on_update", action.sql());
        }
        field(out, "deferrable", &key.deferrable);
        flag(out, "match_full", key.match_full);
        field(out, "mode", &key.mode);
    });
}

fn check(out: &mut String, check: &CheckDef) {
    group(out, "check", |out| {
        text(out, &check.name);
        text(out, &check.expression);
        field(out, "mode", &check.mode);
    });
}

/// What was added after the first version is written as JSON, without fields that say nothing.
fn json(out: &mut String, word: &str, value: &impl Serialize) {
    group(out, word, |out| {
        out.push(' ');
        out.push_str(&serde_json::to_string(value).unwrap_or_default());
    });
}

/// A field, unless it says nothing.
fn field<T: Serialize + Default + PartialEq>(out: &mut String, key: &str, value: &T) {
    if !is_default(value) {
        let _ = write!(out, " {key}={}", serde_json::to_string(value).unwrap_or_default());
    }
}

fn group(out: &mut String, word: &str, inside: impl FnOnce(&mut String)) {
    out.push('(');
    out.push_str(word);
    inside(out);
    out.push(')');
}

fn list(out: &mut String, names: &[String]) {
    let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
    let _ = write!(out, " [{}]", names.join(","));
}

fn put(out: &mut String, word: &str, value: &str) {
    out.push_str(word);
    text(out, value);
}

fn text(out: &mut String, value: &str) {
    out.push(' ');
    out.push_str(&quoted(value));
}

fn pair(out: &mut String, key: &str, value: &str) {
    let _ = write!(out, " {key}={}", quoted(value));
}

fn flag(out: &mut String, word: &str, set: bool) {
    if set {
        out.push(' ');
        out.push_str(word);
    }
}

/// Quotes so that no two values share a spelling. Written out here: `Debug` for `str` may change with the language.
fn quoted(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 2);
    out.push('"');
    for c in value.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}
