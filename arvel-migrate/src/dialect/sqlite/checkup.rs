//! What `db doctor` asks of SQLite.

use crate::{
    checkup::{self, Circumstances, Finding, Level, Question},
    dialect::Row,
};

/// Changes the file and takes it back.
const MAY_WRITE: &str = "BEGIN IMMEDIATE; CREATE TABLE IF NOT EXISTS arvel_may_write (a); ROLLBACK";

pub(super) fn questions(_about: &Circumstances<'_>) -> Vec<Question> {
    vec![
        Question::new("version", "SELECT sqlite_version()", |rows| {
            let said = rows.first().and_then(|row| row.at(0)).unwrap_or_default();
            checkup::version("SQLite", said, (3, 35), (3, 35))
        }),
        Question {
            refused: Level::Fail,
            // `BEGIN IMMEDIATE` alone succeeds on a file that can only be read: the change is the question.
            ..Question::new("rights", MAY_WRITE, |_| Finding::ok("rights", "the file can be written"))
        },
        Question::new("foreign_keys", "PRAGMA foreign_key_check", foreign_keys),
        Question::new("journal", "PRAGMA journal_mode", journal),
    ]
}

fn foreign_keys(rows: &[Row]) -> Finding {
    let Some(first) = rows.first() else {
        return Finding::ok("foreign_keys", "every row has the rows that it references");
    };
    let (child, parent) = (first.at(0).unwrap_or_default(), first.at(2).unwrap_or_default());
    Finding::warn(
        "foreign_keys",
        format!(
            "{} rows reference rows that are not there, such as rows of `{child}` in `{parent}`",
            rows.len()
        ),
        "`PRAGMA foreign_key_check` lists them; mend the rows, and set `PRAGMA foreign_keys = ON` in every program that \
         writes to the file",
    )
}

fn journal(rows: &[Row]) -> Finding {
    match rows.first().and_then(|row| row.at(0)).unwrap_or_default() {
        mode @ ("wal" | "memory") => Finding::ok("journal", format!("the journal mode is `{mode}`")),
        mode => Finding {
            hint: Some("`PRAGMA journal_mode = WAL` lets readers go on while somebody writes".to_owned()),
            ..Finding::ok("journal", format!("the journal mode is `{mode}`"))
        },
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn orphans_are_counted_and_one_is_named() {
        let columns: Vec<String> = ["table", "rowid", "parent", "fkid"].map(str::to_owned).into();
        let cells = ["children", "1", "parents", "0"].map(|cell| Some(cell.to_owned())).into();
        let finding = foreign_keys(&[Row::new(Arc::from(columns), cells)]);
        assert_eq!(finding.level, Level::Warn);
        assert!(finding.text.contains("`children`") && finding.text.contains("`parents`"));
        assert_eq!(foreign_keys(&[]).level, Level::Ok);
    }
}
