//! Values as PostgreSQL literals. With `standard_conforming_strings` on (the default since 9.1) a backslash is itself.

use crate::{
    dialect::{Value, quote},
    migration::hex,
};

pub(super) fn literal(value: &Value) -> String {
    match value {
        Value::Null => "NULL".to_owned(),
        Value::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        Value::Integer(value) => value.to_string(),
        Value::Float(value) => format!("{value:?}"),
        Value::Text(value) => quote::text(value),
        Value::Bytes(value) => format!("'\\x{}'::bytea", hex(value)),
    }
}
