//! Columns as inspection saw them, as definitions that make them again.

use crate::{
    operation::{ColumnDef, ColumnType},
    schema::Column,
    undo,
};

use super::{identity, type_check::Held};

/// A type with a check beside it is that type again; a column that counts by a sequence of its own is `serial`. The key
/// of an identity column is told apart: it has a name that need not be the one of the convention.
pub(super) fn column(column: &Column) -> ColumnDef {
    let mut def = undo::column(column);
    if let Some(held) = column.extra.as_deref().and_then(Held::in_extra) {
        def.kind = held.kind();
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
