//! The types of columns as text.
//!
//! SQLite decides by the words in a type how values are stored, so the names are chosen for that: texts contain `char`
//! or `text`, whole numbers are `integer`. Lengths and precisions are kept in the text and not enforced. A STRICT table
//! knows six types; what they can not hold is refused.

use super::compile::Context;
use crate::{
    dialect::CompileError,
    operation::{ColumnDef, ColumnType},
};

/// How the columns of a table are spelled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Spelling {
    /// Whether the table is STRICT, which knows six types only.
    pub(super) strict: bool,
}

impl Spelling {
    /// The type's text.
    pub(super) fn of(self, context: &Context<'_>, column: &ColumnDef) -> Result<String, CompileError> {
        if self.strict { strict(context, column) } else { Ok(loose(&column.kind)) }
    }
}

/// The type under the check of an enumeration.
pub(super) const ENUMERATION: &str = "varchar";

/// Lengths and precisions stay in the text.
fn loose(kind: &ColumnType) -> String {
    match kind {
        ColumnType::TinyInteger
        | ColumnType::SmallInteger
        | ColumnType::MediumInteger
        | ColumnType::Integer
        | ColumnType::BigInteger
        | ColumnType::Year => "integer".into(),
        ColumnType::Decimal { precision, scale } => format!("decimal({precision}, {scale})"),
        ColumnType::Float => "float".into(),
        ColumnType::Double => "double".into(),
        ColumnType::Boolean => "boolean".into(),
        ColumnType::Char { length } => format!("char({length})"),
        ColumnType::String { length } => format!("varchar({length})"),
        // `json`, `uuid`, `inet` would be numeric columns, which turn the text "1" into a number.
        ColumnType::TinyText
        | ColumnType::Text
        | ColumnType::MediumText
        | ColumnType::LongText
        | ColumnType::Json
        | ColumnType::Jsonb => "text".into(),
        ColumnType::Uuid => "char(36)".into(),
        ColumnType::Ulid => "char(26)".into(),
        ColumnType::IpAddress => "varchar(45)".into(),
        ColumnType::MacAddress => "varchar(17)".into(),
        ColumnType::Enumeration { .. } => ENUMERATION.into(),
        ColumnType::Binary | ColumnType::MediumBinary | ColumnType::LongBinary => "blob".into(),
        // `binary(16)` would be a numeric column as well.
        ColumnType::BinaryOf { length, .. } => format!("blob({length})"),
        ColumnType::Date => "date".into(),
        ColumnType::Time { precision } | ColumnType::TimeTz { precision } => digits("time", *precision),
        ColumnType::DateTime { precision } => digits("datetime", *precision),
        ColumnType::Timestamp { precision } => digits("timestamp", *precision),
        ColumnType::Raw { sql } => sql.clone(),
        // Refused by the gate.
        ColumnType::Set { .. }
        | ColumnType::Geometry { .. }
        | ColumnType::Geography { .. }
        | ColumnType::Vector { .. }
        | ColumnType::Array(_)
        | ColumnType::Special(_) => String::new(),
    }
}

fn digits(name: &str, precision: u8) -> String {
    if precision == 0 { name.into() } else { format!("{name}({precision})") }
}

/// The types of a STRICT table, https://www.sqlite.org/stricttables.html
const STRICT: &[&str] = &["int", "integer", "real", "text", "blob", "any"];

/// One of the six types of a STRICT table, by what the values are.
fn strict(context: &Context<'_>, column: &ColumnDef) -> Result<String, CompileError> {
    let loose = loose(&column.kind);
    if let ColumnType::Raw { sql } = &column.kind {
        let word = sql.split_whitespace().next().unwrap_or_default();
        if STRICT.iter().any(|known| word.eq_ignore_ascii_case(known)) {
            return Ok(loose);
        }
    }
    as_strict(&loose).ok_or_else(|| match &column.kind {
        ColumnType::Decimal { precision, .. } => context.unsupported(
            &format!(
                "column `{}` has {precision} digits, and the numbers of a STRICT table hold 15",
                column.name
            ),
            "use `big_integer` for the smallest unit, `text`, or a table that is not strict",
        ),
        _ => context.unsupported(
            &format!("column `{}` has the type `{loose}`, and the table is STRICT", column.name),
            "use `integer`, `real`, `text`, `blob` or `any`",
        ),
    })
}

/// The type of a STRICT table that holds what is in a column of this type.
pub(super) fn as_strict(type_text: &str) -> Option<String> {
    let text = type_text.to_ascii_lowercase();
    if STRICT.contains(&text.as_str()) {
        return Some(type_text.to_owned());
    }
    let word = text.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    let digits =
        |text: &str| text.split(['(', ',', ')']).nth(1).and_then(|digits| digits.trim().parse().ok());
    let strict = match (affinity(&text), word) {
        // `integer` would make a primary key the number of its row.
        (Affinity::Integer, _) => "int",
        (Affinity::Text, _) | (Affinity::Numeric, "date" | "time" | "datetime" | "timestamp") => "text",
        (Affinity::Blob, "") => "any",
        (Affinity::Blob, _) => "blob",
        (Affinity::Real, _) => "real",
        (Affinity::Numeric, "boolean" | "bool") => "integer",
        // A double holds every decimal number of so many digits.
        (Affinity::Numeric, "decimal" | "numeric")
            if digits(&text).is_some_and(|digits: u16| digits <= 15) =>
        {
            "real"
        }
        (Affinity::Numeric, _) => return None,
    };
    Some(strict.to_owned())
}

/// What SQLite makes of the values in a column, https://www.sqlite.org/datatype3.html
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Affinity {
    Integer,
    Text,
    Blob,
    Real,
    Numeric,
}

/// By the words in the type, in the order of the manual.
pub(super) fn affinity(type_text: &str) -> Affinity {
    let text = type_text.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if has(&["int"]) {
        Affinity::Integer
    } else if has(&["char", "clob", "text"]) {
        Affinity::Text
    } else if text.is_empty() || has(&["blob"]) {
        Affinity::Blob
    } else if has(&["real", "floa", "doub"]) {
        Affinity::Real
    } else {
        Affinity::Numeric
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn affinities_are_those_of_the_manual() {
        let cases = [
            ("INT", Affinity::Integer),
            ("charint", Affinity::Integer),
            ("varchar(9)", Affinity::Text),
            ("CLOB", Affinity::Text),
            ("blob(16)", Affinity::Blob),
            ("", Affinity::Blob),
            ("double precision", Affinity::Real),
            ("float", Affinity::Real),
            ("decimal(10, 2)", Affinity::Numeric),
            ("binary(16)", Affinity::Numeric),
            ("timestamp", Affinity::Numeric),
        ];
        for (text, expected) in cases {
            assert_eq!(affinity(text), expected, "{text}");
        }
    }
}
