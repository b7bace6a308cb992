//! Every statement that empties `DATABASE()`: views, tables, sequences, routines. Each for itself, so that an interrupted wipe is
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
             WHERE TABLE_SCHEMA = DATABASE() UNION ALL \
             SELECT ROUTINE_NAME, ROUTINE_TYPE FROM information_schema.ROUTINES \
             WHERE ROUTINE_SCHEMA = DATABASE() ORDER BY name",
        )
        .await?;
    let drop = |kinds: &[&str], what: &str| -> Vec<Statement> {
        let names = rows.iter().filter(|row| row.text("kind").is_some_and(|kind| kinds.contains(&kind)));
        let tables = !matches!(what, "FUNCTION" | "PROCEDURE");
        let kept = |name: &str| tables && keep.iter().any(|kept| kept == name);
        let names = names.filter_map(|row| row.text("name")).filter(|name| !kept(name));
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
    statements.extend(drop(&["FUNCTION"], "FUNCTION"));
    statements.extend(drop(&["PROCEDURE"], "PROCEDURE"));
    if !statements.is_empty() {
        let set = |on: u8| Statement::new(format!("SET FOREIGN_KEY_CHECKS = {on}")).probed(Probe::Repeatable);
        statements.insert(0, set(0));
        statements.push(set(1));
    }
    Ok(statements)
}
