//! Every statement that empties the schema. With foreign keys off no order is needed among tables, and no row is
//! deleted one by one; `sqlite_sequence` loses its rows with their tables.

use super::{QUOTE, inspect::text_cell};
use crate::dialect::{Clearing, Connection, DriverError, Probe, Statement, quote};
use crate::operation::TableName;

/// Views first, then virtual tables, which take their shadow tables with them.
const OBJECTS: &str = "SELECT type, name FROM pragma_table_list WHERE schema = 'main' \
                       AND type IN ('view', 'virtual', 'table') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
                       ORDER BY type = 'table', type = 'virtual', name";

pub(super) async fn wipe(connection: &mut dyn Connection, keep: &[String]) -> Result<Clearing, DriverError> {
    let mut out = Vec::new();
    for row in connection.query(OBJECTS).await? {
        let name = text_cell(&row, 1);
        if keep.iter().any(|kept| kept.eq_ignore_ascii_case(&name)) {
            continue;
        }
        let quoted = quote::identifier(&name, QUOTE);
        let statement = if row.at(0) == Some("view") {
            Statement::new(format!("DROP VIEW {quoted}"))
        } else {
            let probe = Probe::TableMissing(TableName { schema: None, name });
            Statement::new(format!("DROP TABLE {quoted}")).probed(probe)
        };
        out.push(statement.foreign_keys_off());
    }
    Ok(out.into())
}
