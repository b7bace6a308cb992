//! Defaults that are no value of their column.

use super::{DslError, Mistakes};
use crate::operation::{ColumnDef, ColumnType, DefaultValue, SpecialType};

impl Mistakes {
    pub(super) fn default(&mut self, column: &ColumnDef) {
        let Some(value) = &column.default else { return };
        let (shown, reason) = match value {
            DefaultValue::Expression(sql) => {
                return self.expression(sql, || format!("the default of column `{}`", column.name));
            }
            DefaultValue::Bool(value) => (value.to_string(), of_bool(&column.kind)),
            DefaultValue::Integer(value) => (value.to_string(), of_integer(column, *value)),
            DefaultValue::Float(value) => (value.to_string(), of_float(&column.kind)),
            DefaultValue::Text(text) => (format!("{text:?}"), of_text(&column.kind, text)),
            _ => return,
        };
        if let Some(reason) = reason {
            let (table, column) = (self.table.clone(), column.name.clone());
            self.found.push(DslError::BadDefault { table, column, value: shown, reason });
        }
    }
}

/// What a literal of a type looks like: the end of the sentence that says why another is none.
fn expected(kind: &ColumnType) -> String {
    let word = match kind {
        _ if kind.is_integer() => "it holds whole numbers",
        _ if kind.is_number() => "it holds numbers",
        ColumnType::Boolean => "it holds `true` or `false`",
        ColumnType::Year => "it holds years, such as 2026",
        ColumnType::Json | ColumnType::Jsonb => "it holds JSON, written as a text",
        ColumnType::Special(SpecialType::Oid) => "it holds whole numbers",
        _ => "its values are written as texts",
    };
    word.to_owned()
}

/// A type whose literals nothing here can judge.
fn unknown(kind: &ColumnType) -> bool {
    matches!(kind, ColumnType::Raw { .. } | ColumnType::Special(SpecialType::Money))
}

fn of_bool(kind: &ColumnType) -> Option<String> {
    (!unknown(kind) && *kind != ColumnType::Boolean).then(|| expected(kind))
}

fn of_integer(column: &ColumnDef, value: i64) -> Option<String> {
    let kind = &column.kind;
    match kind {
        ColumnType::Boolean => (!matches!(value, 0 | 1)).then(|| expected(kind)),
        ColumnType::Decimal { .. } | ColumnType::Float | ColumnType::Double
            if column.unsigned && value < 0 =>
        {
            Some("it is `unsigned()`".to_owned())
        }
        ColumnType::Year | ColumnType::Special(SpecialType::Oid) => None,
        _ if kind.is_integer() => out_of_range(column, value),
        _ if kind.is_number() || unknown(kind) => None,
        _ => Some(expected(kind)),
    }
}

fn out_of_range(column: &ColumnDef, value: i64) -> Option<String> {
    let bits = match column.kind {
        ColumnType::TinyInteger => 8,
        ColumnType::SmallInteger => 16,
        ColumnType::MediumInteger => 24,
        ColumnType::Integer => 32,
        _ => 64,
    };
    let (least, most) = match (column.unsigned, bits) {
        (true, 64) => (0, i64::MAX),
        (true, bits) => (0, (1 << bits) - 1),
        (false, bits) => (i64::MIN >> (64 - bits), i64::MAX >> (64 - bits)),
    };
    (!(least..=most).contains(&value)).then(|| format!("it holds numbers from {least} to {most}"))
}

fn of_float(kind: &ColumnType) -> Option<String> {
    let number = kind.is_number() && !kind.is_integer();
    (!number && !unknown(kind)).then(|| expected(kind))
}

fn of_text(kind: &ColumnType, text: &str) -> Option<String> {
    let letters = text.chars().count();
    match kind {
        // Digits as a text are exact where a number of the language would not be.
        ColumnType::Decimal { .. } => {
            (!text.parse::<f64>().is_ok_and(f64::is_finite)).then(|| expected(kind))
        }
        _ if kind.is_number() => Some(expected(kind)),
        ColumnType::Boolean | ColumnType::Year | ColumnType::Special(SpecialType::Oid) => {
            Some(expected(kind))
        }
        ColumnType::Char { length } | ColumnType::String { length } if letters > *length as usize => {
            Some(format!("it holds {length} characters, and these are {letters}"))
        }
        ColumnType::TinyText if text.len() > 255 => {
            Some(format!("it holds 255 bytes, and these are {}", text.len()))
        }
        ColumnType::BinaryOf { length, .. } if text.len() > *length as usize => {
            Some(format!("it holds {length} bytes, and these are {}", text.len()))
        }
        ColumnType::Enumeration { values, .. } => {
            (!values.iter().any(|value| value == text)).then(|| among(values))
        }
        ColumnType::Set { values } => {
            let known =
                text.is_empty() || text.split(',').all(|part| values.iter().any(|value| value == part));
            (!known).then(|| among(values))
        }
        ColumnType::Json | ColumnType::Jsonb => {
            let json = serde_json::from_str::<serde::de::IgnoredAny>(text);
            json.err().map(|error| format!("it is no JSON: {error}"))
        }
        _ => None,
    }
}

fn among(values: &[String]) -> String {
    let values: Vec<String> = values.iter().map(|value| format!("{value:?}")).collect();
    format!("its values are {}", values.join(", "))
}
