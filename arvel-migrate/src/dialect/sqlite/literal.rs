//! Values as SQLite literals.

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
        Value::Text(value) => quote::text(value),
        Value::Bytes(value) => format!("x'{}'", hex(value)),
    }
}
