//! What `db doctor` asks of MariaDB and MySQL.

use super::literal;
use crate::{
    checkup::{self, Circumstances, Finding, Question},
    dialect::Row,
};

/// What migrations need on a database.
const NEEDED: [&str; 9] =
    ["SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "ALTER", "INDEX", "REFERENCES"];

pub(super) fn questions(about: &Circumstances<'_>) -> Vec<Question> {
    let remote = about.remote;
    let own = about.names.schema.as_deref().map_or_else(|| "database()".to_owned(), literal::text);
    let tables: Vec<String> = about.names.all().iter().map(|name| literal::text(name)).collect();
    vec![
        Question::new("version", "SELECT version()", |rows| {
            let said = rows.first().and_then(|row| row.at(0)).unwrap_or_default();
            match said.to_lowercase().contains("mariadb") {
                true => checkup::version("MariaDB", said, (10, 5), (10, 11)),
                false => checkup::version("MySQL", said, (8, 0), (8, 0)),
            }
        }),
        Question::new("rights", rights_query(), rights),
        Question::new(
            "history",
            format!(
                "SELECT table_name, engine FROM information_schema.tables WHERE table_schema = {own} AND table_name IN ({}) \
                 AND engine <> 'InnoDB' ORDER BY 1",
                tables.join(", ")
            ),
            engines,
        ),
        Question::new("tls", "SHOW SESSION STATUS LIKE 'Ssl_cipher'", move |rows| {
            let cipher = rows.first().and_then(|row| row.at(1)).unwrap_or_default();
            checkup::tls(!cipher.is_empty(), remote, "ssl-mode=REQUIRED")
        }),
    ]
}

/// The rights of the account itself; those of a role are not among them. A grant may name databases by a pattern.
fn rights_query() -> String {
    let grantee = "concat('''', substring_index(current_user(), '@', 1), '''@''', \
                   substring_index(current_user(), '@', -1), '''')";
    format!(
        "SELECT privilege_type, current_user(), database() FROM information_schema.user_privileges \
         WHERE grantee = {grantee} UNION SELECT privilege_type, current_user(), database() \
         FROM information_schema.schema_privileges WHERE grantee = {grantee} AND database() LIKE table_schema"
    )
}

fn rights(rows: &[Row]) -> Finding {
    let granted: Vec<&str> = rows.iter().filter_map(|row| row.at(0)).collect();
    let missing: Vec<&str> = NEEDED.into_iter().filter(|right| !granted.contains(right)).collect();
    let cell = |at| rows.first().and_then(|row| row.at(at)).unwrap_or_default();
    let (user, database) = (cell(1), cell(2));
    if missing.is_empty() {
        return Finding::ok("rights", format!("`{user}` may create and change tables in `{database}`"));
    }
    Finding::warn(
        "rights",
        format!("not granted to the account itself: {} (a role may grant it)", missing.join(", ")),
        format!("`SHOW GRANTS`, then `GRANT {} ON <database>.* TO <account>`", missing.join(", ")),
    )
}

fn engines(rows: &[Row]) -> Finding {
    let wrong: Vec<String> =
        rows.iter().filter_map(|row| Some(format!("`{}` ({})", row.at(0)?, row.at(1)?))).collect();
    match rows.first().and_then(|row| row.at(0)) {
        None => Finding::ok("history", "the tables of the history have transactions"),
        Some(first) => Finding::fail(
            "history",
            format!("tables of the history without transactions: {}", wrong.join(", ")),
            format!("`ALTER TABLE {first} ENGINE = InnoDB`"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::checkup::Level;

    fn row(cells: &[&str]) -> Row {
        let columns: Vec<String> = cells.iter().map(|_| String::new()).collect();
        Row::new(Arc::from(columns), cells.iter().map(|cell| Some((*cell).to_owned())).collect())
    }

    #[test]
    fn what_is_not_granted_is_named() {
        let all: Vec<Row> = NEEDED.iter().map(|right| row(&[right, "app@%", "shop"])).collect();
        assert_eq!(rights(&all).level, Level::Ok);
        let finding = rights(&all[1..]);
        assert_eq!(finding.level, Level::Warn);
        assert!(finding.text.contains("SELECT") && !finding.text.contains("INSERT"));
        assert_eq!(engines(&[row(&["arvel_migrations", "MyISAM"])]).level, Level::Fail);
    }
}
