//! Types in the catalog's own words, as `format_type()` says them: they are valid in DDL too, so that what is written
//! and what is read back are one spelling.
//!
//! There is no unsigned integer: it keeps its width and takes negatives (as in Laravel). `TinyInteger` is `smallint`,
//! `MediumInteger` is `integer`. An enumeration is a `varchar(255)` with a check, see [`enumeration`](super::enumeration).

use crate::{
    dialect::{CompileError, scope::Scope},
    operation::{ColumnDef, ColumnType},
};

/// The type, `character varying(255)`.
pub(super) fn type_name(kind: &ColumnType) -> String {
    match kind {
        ColumnType::TinyInteger | ColumnType::SmallInteger => "smallint".to_owned(),
        ColumnType::MediumInteger | ColumnType::Integer => "integer".to_owned(),
        ColumnType::BigInteger => "bigint".to_owned(),
        ColumnType::Decimal { precision, scale } => format!("numeric({precision},{scale})"),
        ColumnType::Float => "real".to_owned(),
        ColumnType::Double => "double precision".to_owned(),
        ColumnType::Boolean => "boolean".to_owned(),
        ColumnType::Char { length } => format!("character({length})"),
        ColumnType::String { length } => format!("character varying({length})"),
        ColumnType::Text | ColumnType::MediumText | ColumnType::LongText => "text".to_owned(),
        ColumnType::Binary => "bytea".to_owned(),
        ColumnType::Date => "date".to_owned(),
        ColumnType::Time { precision } => format!("time({precision}) without time zone"),
        ColumnType::DateTime { precision } => format!("timestamp({precision}) without time zone"),
        ColumnType::Timestamp { precision } => format!("timestamp({precision}) with time zone"),
        ColumnType::Uuid => "uuid".to_owned(),
        ColumnType::Json => "json".to_owned(),
        ColumnType::Jsonb => "jsonb".to_owned(),
        ColumnType::Enumeration { .. } => "character varying(255)".to_owned(),
    }
}

/// Refuses what the type can not hold: the server would cut a precision with no more than a warning.
pub(super) fn check(scope: &Scope<'_>, column: &ColumnDef) -> Result<(), CompileError> {
    let name = &column.name;
    match &column.kind {
        ColumnType::Time { precision }
        | ColumnType::DateTime { precision }
        | ColumnType::Timestamp { precision }
            if *precision > 6 =>
        {
            return Err(scope.unsupported(
                format!("column `{name}` asks for {precision} digits behind the second; there are 6"),
                "use a precision of 6 or less",
            ));
        }
        _ => {}
    }
    if column.unsigned && !is_number(&column.kind) {
        return Err(scope.unsupported(
            format!("column `{name}` is unsigned, but not a number"),
            "take `unsigned()` away",
        ));
    }
    if column.auto_increment && !is_integer(&column.kind) {
        return Err(scope.unsupported(
            format!("column `{name}` counts up, but is not an integer"),
            "use `big_increments(…)` or `increments(…)`",
        ));
    }
    Ok(())
}

/// Whether it is a whole number.
pub(super) fn is_integer(kind: &ColumnType) -> bool {
    use ColumnType as T;
    matches!(kind, T::TinyInteger | T::SmallInteger | T::MediumInteger | T::Integer | T::BigInteger)
}

fn is_number(kind: &ColumnType) -> bool {
    is_integer(kind) || matches!(kind, ColumnType::Decimal { .. } | ColumnType::Float | ColumnType::Double)
}

/// Types between which an assignment cast exists, so that a change of type checks instead of cutting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    Text,
    Number,
    Boolean,
    Moment,
    Json,
    Other,
}

/// The family of a type as the catalog spells it.
pub(super) fn family(type_name: &str) -> Family {
    let base = type_name.split(['(', ' ']).next().unwrap_or(type_name);
    match base {
        "character" | "text" | "citext" => Family::Text,
        "smallint" | "integer" | "bigint" | "numeric" | "real" | "double" => Family::Number,
        "boolean" => Family::Boolean,
        "date" | "timestamp" | "time" => Family::Moment,
        "json" | "jsonb" => Family::Json,
        _ => Family::Other,
    }
}

/// The expression of `USING` for a change of type, where the assignment cast is missing. A plain `x::varchar(9)` would
/// cut long texts without a word, so it is never written where the server can check instead.
pub(super) fn using(from: &str, to: &str, column: &str) -> Option<String> {
    match (family(from), family(to)) {
        (_, Family::Text) => None,
        (Family::Boolean, Family::Number) => Some(format!("{column}::integer")),
        (Family::Number, Family::Boolean) => Some(format!("{column} <> 0")),
        (a, b) if a == b && a != Family::Other => None,
        _ if from == to => None,
        _ => Some(format!("{column}::{to}")),
    }
}
