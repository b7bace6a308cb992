//! Columns as text: types, defaults and the clauses behind them.
//!
//! SQLite decides by the words in a type how values are stored, so the names are chosen for that: texts contain `char`
//! or `text`, whole numbers are `integer`. Lengths and precisions are kept in the text and not enforced. `unsigned` is
//! accepted and means nothing here, as every integer has 64 bits. Comments have no place and are refused.

use super::{QUOTE, compile::Context, ddl};
use crate::{
    dialect::{CompileError, quote},
    dsl::conventional_name,
    operation::{ColumnDef, ColumnType, DefaultValue, ForeignKeyDef},
};

/// The type's text.
pub(super) fn sql(kind: &ColumnType) -> String {
    match kind {
        ColumnType::TinyInteger
        | ColumnType::SmallInteger
        | ColumnType::MediumInteger
        | ColumnType::Integer
        | ColumnType::BigInteger => "integer".into(),
        ColumnType::Decimal { precision, scale } => format!("decimal({precision}, {scale})"),
        ColumnType::Float => "float".into(),
        ColumnType::Double => "double".into(),
        ColumnType::Boolean => "boolean".into(),
        ColumnType::Char { length } => format!("char({length})"),
        ColumnType::String { length } => format!("varchar({length})"),
        // `json` and `uuid` would be numeric columns, which turn the text "1" into a number.
        ColumnType::Text
        | ColumnType::MediumText
        | ColumnType::LongText
        | ColumnType::Json
        | ColumnType::Jsonb => "text".into(),
        ColumnType::Binary => "blob".into(),
        ColumnType::Date => "date".into(),
        ColumnType::Time { precision } => digits("time", *precision),
        ColumnType::DateTime { precision } => digits("datetime", *precision),
        ColumnType::Timestamp { precision } => digits("timestamp", *precision),
        ColumnType::Uuid => "char(36)".into(),
        ColumnType::Enumeration { .. } => "varchar".into(),
    }
}

fn digits(name: &str, precision: u8) -> String {
    if precision == 0 { name.into() } else { format!("{name}({precision})") }
}

/// The default's text, without the word DEFAULT.
pub(super) fn default(
    context: &Context<'_>,
    kind: &ColumnType,
    value: &DefaultValue,
) -> Result<String, CompileError> {
    Ok(match value {
        DefaultValue::Null => "NULL".into(),
        DefaultValue::Bool(value) => i32::from(*value).to_string(),
        DefaultValue::Integer(value) => value.to_string(),
        DefaultValue::Float(value) if value.is_finite() => format!("{value:?}"),
        DefaultValue::Float(_) => {
            return Err(
                context.unsupported("SQLite has no literal for it", "use a finite number as the default")
            );
        }
        DefaultValue::Text(value) if value.contains('\0') => {
            return Err(context.unsupported(
                "a text with a NUL character has no literal",
                "use `default_expression(\"…\")` with `char(0)` in it",
            ));
        }
        DefaultValue::Text(value) => quote::text(value),
        DefaultValue::Expression(value) => format!("({value})"),
        DefaultValue::CurrentTimestamp => match kind {
            ColumnType::Date => "CURRENT_DATE".into(),
            ColumnType::Time { .. } => "CURRENT_TIME".into(),
            _ => "CURRENT_TIMESTAMP".into(),
        },
    })
}

/// The check of an enumeration, which stands at its column and goes with it.
pub(super) fn enumeration_check(table: &str, column: &str, values: &[String]) -> String {
    let values: Vec<String> = values.iter().map(|value| quote::text(value)).collect();
    format!(
        "CONSTRAINT {} CHECK ({} IN ({}))",
        quote::identifier(&conventional_name(table, &[column], "check"), QUOTE),
        quote::identifier(column, QUOTE),
        values.join(", ")
    )
}

/// Refuses what no column of SQLite can have.
pub(super) fn check(context: &Context<'_>, column: &ColumnDef) -> Result<(), CompileError> {
    context.name(&column.name)?;
    if column.comment.is_some() {
        return Err(context.unsupported(
            &format!("column `{}` has a comment, and SQLite keeps none", column.name),
            "leave the comment out, or add it for the other databases with `schema.sql_for(…)`",
        ));
    }
    if column.auto_increment && sql(&column.kind) != "integer" {
        return Err(context.unsupported(
            &format!("column `{}` counts up and is not a whole number", column.name),
            "give it an integer type",
        ));
    }
    Ok(())
}

/// The whole definition of a new column.
pub(super) fn column(context: &Context<'_>, table: &str, column: &ColumnDef) -> Result<String, CompileError> {
    check(context, column)?;
    let mut out = format!("{} {}", quote::identifier(&column.name, QUOTE), sql(&column.kind));
    if column.auto_increment {
        out.push_str(" PRIMARY KEY AUTOINCREMENT NOT NULL");
    } else if column.nullable != Some(true) {
        out.push_str(" NOT NULL");
    }
    if let Some(value) = &column.default {
        out.push_str(" DEFAULT ");
        out.push_str(&default(context, &column.kind, value)?);
    }
    if let ColumnType::Enumeration { values } = &column.kind {
        out.push(' ');
        out.push_str(&enumeration_check(table, &column.name, values));
    }
    if let Some(reference) = &column.references {
        let name = reference
            .name
            .clone()
            .unwrap_or_else(|| conventional_name(table, &[column.name.as_str()], "foreign"));
        let key = ForeignKeyDef {
            name,
            columns: Vec::new(),
            references: reference.table.clone(),
            referenced_columns: vec![reference.column.clone()],
            on_delete: reference.on_delete,
            on_update: reference.on_update,
        };
        out.push(' ');
        out.push_str(&ddl::foreign_key(context, &key)?);
    }
    Ok(out)
}

/// Whether `ALTER TABLE … ADD COLUMN` takes it whatever rows there are: NULL or a literal for them, and no key.
pub(super) fn addable(column: &ColumnDef) -> bool {
    let literal = matches!(
        column.default,
        Some(
            DefaultValue::Bool(_) | DefaultValue::Integer(_) | DefaultValue::Float(_) | DefaultValue::Text(_)
        )
    );
    let null = matches!(column.default, None | Some(DefaultValue::Null));
    !column.auto_increment
        && !column.primary
        && (literal || (null && column.nullable == Some(true)))
        && (null || column.references.is_none())
}
