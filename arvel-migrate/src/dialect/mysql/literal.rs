//! Values as MySQL and MariaDB literals: a backslash escapes there, so it is doubled.

use crate::{
    dialect::{Value, quote},
    migration::hex,
};

pub(super) fn literal(value: &Value) -> String {
    match value {
        Value::Null => "NULL".to_owned(),
        Value::Bool(value) => i32::from(*value).to_string(),
        Value::Integer(value) => value.to_string(),
        Value::Float(value) => format!("{value:?}"),
        Value::Text(value) => text(value),
        Value::Bytes(value) => format!("x'{}'", hex(value)),
    }
}

/// A text literal: quotes and backslashes doubled.
pub(super) fn text(value: &str) -> String {
    quote::text(&value.replace('\\', "\\\\"))
}
