//! Every statement that empties `DATABASE()`, and drops what migrations made in other databases: views, tables, sequences,
//! routines. Each for itself, so that an interrupted wipe is finished by running it again; foreign keys are not looked at
//! meanwhile, by this session alone.

use crate::{
    dialect::{Clearing, Connection, DriverError, Probe, Statement, quote},
    operation::{Made, ObjectKind, TableName},
};

use super::QUOTE;

pub(super) async fn wipe(
    connection: &mut dyn Connection,
    keep: &[String],
    made: &Made,
) -> Result<Clearing, DriverError> {
    let relations = made.of(&[ObjectKind::View, ObjectKind::Sequence]).map(|id| &id.name);
    let relations = elsewhere(made.tables.iter().chain(relations));
    let routines = elsewhere(made.of(&[ObjectKind::Function, ObjectKind::Procedure]).map(|id| &id.name));
    let query = format!(
        "SELECT NULLIF(TABLE_SCHEMA, DATABASE()) AS space, TABLE_NAME AS name, TABLE_TYPE AS kind \
         FROM information_schema.TABLES \
         WHERE TABLE_SCHEMA = DATABASE() OR (TABLE_SCHEMA, TABLE_NAME) IN ({relations}) UNION ALL \
         SELECT NULLIF(ROUTINE_SCHEMA, DATABASE()), ROUTINE_NAME, ROUTINE_TYPE FROM information_schema.ROUTINES \
         WHERE ROUTINE_SCHEMA = DATABASE() OR (ROUTINE_SCHEMA, ROUTINE_NAME) IN ({routines}) ORDER BY space, name"
    );
    let rows = connection.query(&query).await?;
    let drop = |kinds: &[&str], what: &str| -> Vec<Statement> {
        let found = rows.iter().filter(|row| row.text("kind").is_some_and(|kind| kinds.contains(&kind)));
        let tables = !matches!(what, "FUNCTION" | "PROCEDURE");
        let named = found.filter_map(|row| Some((row.text("space"), row.text("name")?)));
        named
            .filter(|(space, name)| !(tables && space.is_none() && keep.iter().any(|kept| kept == name)))
            .map(|(space, name)| {
                let space =
                    space.map(|space| format!("{}.", quote::identifier(space, QUOTE))).unwrap_or_default();
                let sql = format!("DROP {what} IF EXISTS {space}{}", quote::identifier(name, QUOTE));
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
    Ok(statements.into())
}

/// The names with a database of their own, as rows; one that is nowhere when there is none.
fn elsewhere<'n>(names: impl Iterator<Item = &'n TableName>) -> String {
    let row = |name: &TableName| {
        let space = name.schema.as_deref()?;
        Some(format!("({}, {})", super::literal::text(space), super::literal::text(&name.name)))
    };
    let rows: Vec<String> = names.filter_map(row).collect();
    if rows.is_empty() { "(NULL, NULL)".to_owned() } else { rows.join(", ") }
}
