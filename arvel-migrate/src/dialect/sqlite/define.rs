//! Columns as inspection saw them, as definitions that make them again.

use crate::{
    dialect::quote,
    operation::{ColumnDef, ColumnType},
    schema::Column,
    undo,
};

use super::{QUOTE, shape, types};

/// An enumeration is its values. One over a type that others chose is that type with its check.
pub(super) fn column(column: &Column) -> ColumnDef {
    let mut def = undo::column(column);
    let Some(extra) = &column.extra else { return def };
    let Some(values) = shape::values_in(extra) else { return def };
    def.kind = if column.type_name == types::ENUMERATION {
        ColumnType::Enumeration { values, type_name: None }
    } else {
        let check = shape::check_of(extra, &quote::identifier(&column.name, QUOTE));
        ColumnType::Raw { sql: format!("{} {check}", column.type_name) }
    };
    def
}
