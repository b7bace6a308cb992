//! Types: as DDL says them, and as the catalog's `COLUMN_TYPE` shows them.
//!
//! `Binary` is `blob` (64 KiB, as in Laravel). `json` on MariaDB is `longtext` with a check `json_valid(…)`: inspection
//! calls it `json` again, so that it is what was asked for. A `Timestamp` is always said with NULL or NOT NULL, and see
//! `explicit_timestamps` in [`facts`](super::facts). The storage engine is the server's default: none is forced.

use crate::{
    dialect::{CompileError, scope::Scope},
    operation::{ColumnDef, ColumnType},
};

use super::{facts::Facts, literal};

/// The type as DDL says it, `bigint unsigned`.
pub(super) fn type_name(facts: &Facts, def: &ColumnDef) -> String {
    let sign = if def.unsigned { " unsigned" } else { "" };
    let fraction = |name: &str, precision: u8| match precision {
        0 => name.to_owned(),
        _ => format!("{name}({precision})"),
    };
    match &def.kind {
        ColumnType::TinyInteger => format!("tinyint{sign}"),
        ColumnType::SmallInteger => format!("smallint{sign}"),
        ColumnType::MediumInteger => format!("mediumint{sign}"),
        ColumnType::Integer => format!("int{sign}"),
        ColumnType::BigInteger => format!("bigint{sign}"),
        ColumnType::Decimal { precision, scale } => format!("decimal({precision},{scale}){sign}"),
        ColumnType::Float => format!("float{sign}"),
        ColumnType::Double => format!("double{sign}"),
        ColumnType::Boolean => "tinyint(1)".to_owned(),
        ColumnType::Char { length } => format!("char({length})"),
        ColumnType::String { length } => format!("varchar({length})"),
        ColumnType::Text => "text".to_owned(),
        ColumnType::MediumText => "mediumtext".to_owned(),
        ColumnType::LongText => "longtext".to_owned(),
        ColumnType::Binary => "blob".to_owned(),
        ColumnType::Date => "date".to_owned(),
        ColumnType::Time { precision } => fraction("time", *precision),
        ColumnType::DateTime { precision } => fraction("datetime", *precision),
        ColumnType::Timestamp { precision } => fraction("timestamp", *precision),
        ColumnType::Uuid if facts.uuid_type => "uuid".to_owned(),
        ColumnType::Uuid => "char(36)".to_owned(),
        ColumnType::Json | ColumnType::Jsonb => "json".to_owned(),
        ColumnType::Enumeration { values } => {
            let values: Vec<String> = values.iter().map(|value| literal::text(value)).collect();
            format!("enum({})", values.join(","))
        }
    }
}

/// The type as the catalog shows it, `bigint(20) unsigned`.
pub(super) fn catalog_name(facts: &Facts, def: &ColumnDef) -> String {
    let name = type_name(facts, def);
    let width = match (&def.kind, def.unsigned) {
        _ if !facts.integer_widths => return name,
        (ColumnType::TinyInteger, false) => 4,
        (ColumnType::TinyInteger, true) => 3,
        (ColumnType::SmallInteger, false) => 6,
        (ColumnType::SmallInteger, true) => 5,
        (ColumnType::MediumInteger, false) => 9,
        (ColumnType::MediumInteger, true) => 8,
        (ColumnType::Integer, false) => 11,
        (ColumnType::Integer, true) => 10,
        (ColumnType::BigInteger, _) => 20,
        _ => return name,
    };
    match name.split_once(' ') {
        Some((base, sign)) => format!("{base}({width}) {sign}"),
        None => format!("{name}({width})"),
    }
}

/// Refuses what the type can not hold.
pub(super) fn check(scope: &Scope<'_>, facts: &Facts, def: &ColumnDef) -> Result<(), CompileError> {
    let name = &def.name;
    let number = is_integer(&def.kind)
        || matches!(def.kind, ColumnType::Decimal { .. } | ColumnType::Float | ColumnType::Double);
    if def.unsigned && !number {
        return Err(scope.unsupported(
            format!("column `{name}` is unsigned, but not a number"),
            "take `unsigned()` away",
        ));
    }
    if def.auto_increment && !is_integer(&def.kind) {
        return Err(scope.unsupported(
            format!("column `{name}` counts up, but is not an integer"),
            "use `big_increments(…)` or `increments(…)`",
        ));
    }
    let required = def.nullable != Some(true) && (def.default.is_none());
    if !facts.explicit_timestamps
        && required
        && !def.change
        && matches!(def.kind, ColumnType::Timestamp { .. })
    {
        return Err(scope.unsupported(
            format!("column `{name}` is a NOT NULL timestamp without a default, to which this server adds ON UPDATE CURRENT_TIMESTAMP by itself"),
            "add `use_current()` or `nullable()`, or use `date_time(…)`",
        ));
    }
    Ok(())
}

/// Whether it is a whole number.
pub(super) fn is_integer(kind: &ColumnType) -> bool {
    use ColumnType as T;
    matches!(kind, T::TinyInteger | T::SmallInteger | T::MediumInteger | T::Integer | T::BigInteger)
}

/// Whether it has a collation that a change must keep.
pub(super) fn is_text(kind: &ColumnType) -> bool {
    use ColumnType as T;
    matches!(
        kind,
        T::Char { .. } | T::String { .. } | T::Text | T::MediumText | T::LongText | T::Enumeration { .. }
    )
}

/// Whether its default can not be a literal on MySQL.
pub(super) fn is_large(kind: &ColumnType) -> bool {
    use ColumnType as T;
    matches!(kind, T::Text | T::MediumText | T::LongText | T::Binary | T::Json | T::Jsonb)
}
