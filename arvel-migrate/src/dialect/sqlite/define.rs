//! Columns as inspection saw them, as definitions that make them again.

use crate::{
    dialect::quote,
    dsl::conventional_name,
    operation::{ColumnDef, ColumnType, TableName},
    schema::Column,
    undo,
};

use super::{QUOTE, shape, types};

/// An enumeration is its values. One over a type that others chose is that type with its check.
pub(super) fn column(table: &TableName, column: &Column) -> ColumnDef {
    let mut def = undo::column(column);
    let Some(extra) = &column.extra else { return def };
    let Some(values) = shape::values_in(extra) else { return def };
    def.kind = match shape::check_name(extra) {
        Some(name) if column.type_name == types::ENUMERATION => {
            // After a rename it has the name that it had.
            let convention = conventional_name(&table.name, &[column.name.as_str()], "check");
            def.type_check = Some(name).filter(|name| *name != convention);
            ColumnType::Enumeration { values, type_name: None }
        }
        _ => {
            let check = shape::check_of(extra, &quote::identifier(&column.name, QUOTE));
            ColumnType::Raw { sql: format!("{} {check}", column.type_name) }
        }
    };
    def
}
