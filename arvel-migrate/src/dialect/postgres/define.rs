//! Columns as inspection saw them, as definitions that make them again.

use crate::{
    operation::{ColumnDef, ColumnType, TableName},
    schema::Column,
    undo,
};

use super::{
    identity,
    type_check::{self, Held},
};

/// A type with a check beside it is that type again; a column that counts by a sequence of its own is `serial`. The key
/// of an identity column is told apart: it has a name that need not be the one of the convention.
pub(super) fn column(table: &TableName, column: &Column) -> ColumnDef {
    let mut def = undo::column(column);
    if let Some(held) = column.extra.as_deref().and_then(Held::in_extra) {
        def.kind = held.kind();
        // After a rename of the table it has the name that it had.
        let name = column.extra.as_deref().and_then(type_check::name_in);
        def.type_check = name.filter(|name| *name != type_check::check_name(table, &column.name));
    }
    if def.identity.is_some() {
        (def.auto_increment, def.primary) = (false, false);
    }
    if identity::is_serial(column) {
        let serial = match column.type_name.as_str() {
            "smallint" => "smallserial",
            "integer" => "serial",
            _ => "bigserial",
        };
        def.kind = ColumnType::Raw { sql: serial.to_owned() };
        (def.default, def.auto_increment, def.primary) = (None, false, false);
    }
    def
}
