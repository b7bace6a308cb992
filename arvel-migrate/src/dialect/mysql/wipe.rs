//! Every statement that empties `DATABASE()`: views, tables, sequences. Each for itself, so that an interrupted wipe is
//! finished by running it again; foreign keys are not looked at meanwhile, by this session alone.

use crate::dialect::{Connection, DriverError, Probe, Statement, quote};

use super::QUOTE;

pub(super) async fn wipe(
    connection: &mut dyn Connection,
    keep: &[String],
) -> Result<Vec<Statement>, DriverError> {
    let rows = connection
        .query(
            "SELECT TABLE_NAME AS name, TABLE_TYPE AS kind FROM information_schema.TABLES \
             WHERE TABLE_SCHEMA = DATABASE() ORDER BY TABLE_NAME",
        )
        .await?;
    let drop = |kinds: &[&str], what: &str| -> Vec<Statement> {
        let names = rows.iter().filter(|row| row.text("kind").is_some_and(|kind| kinds.contains(&kind)));
        let names = names.filter_map(|row| row.text("name")).filter(|name| !keep.iter().any(|k| k == name));
        names
            .map(|name| {
                let sql = format!("DROP {what} IF EXISTS {}", quote::identifier(name, QUOTE));
                Statement::new(sql).probed(Probe::Repeatable)
            })
            .collect()
    };
    let mut statements = drop(&["VIEW"], "VIEW");
    statements.extend(drop(&["BASE TABLE", "SYSTEM VERSIONED"], "TABLE"));
    statements.extend(drop(&["SEQUENCE"], "SEQUENCE"));
    if !statements.is_empty() {
        let set = |on: u8| Statement::new(format!("SET FOREIGN_KEY_CHECKS = {on}")).probed(Probe::Repeatable);
        statements.insert(0, set(0));
        statements.push(set(1));
    }
    Ok(statements)
}
