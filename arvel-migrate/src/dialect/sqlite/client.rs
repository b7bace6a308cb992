//! The shell `sqlite3`.

use std::time::Duration;

use super::{Sqlite, guard};
use crate::dialect::{AroundRebuild, Client, ScriptLine};

impl Client for Sqlite {
    fn server(&self) -> String {
        self.capability.display_name.to_owned()
    }

    fn run_with(&self) -> &'static str {
        "sqlite3 -batch app.db < FILE"
    }

    fn opening(&self, lock_wait: Duration) -> Vec<ScriptLine> {
        vec![
            ScriptLine::Client(".bail on".to_owned()),
            // The pragma would print its value.
            ScriptLine::Client(format!(".timeout {}", lock_wait.as_millis())),
            ScriptLine::Statement("PRAGMA foreign_keys = ON".to_owned()),
        ]
    }

    fn require(&self, condition: &str, otherwise: &str) -> Vec<String> {
        vec![guard::unless(condition, otherwise)]
    }

    fn around_rebuild(&self) -> Option<AroundRebuild> {
        const ORPHANS: &str =
            "SELECT \"table\" AS child, \"rowid\" AS number, parent, fkid FROM pragma_foreign_key_check";
        let switch = self.capability.foreign_key_switch?;
        let on = switch.on.split(';').map(|statement| statement.trim().to_owned());
        Some(AroundRebuild {
            before: vec![switch.off.to_owned(), format!("CREATE TEMPORARY TABLE arvel_orphans AS {ORPHANS}")],
            check: vec![guard::orphans(&format!("{ORPHANS} EXCEPT SELECT * FROM temp.arvel_orphans"))],
            after: on.chain(["DROP TABLE temp.arvel_orphans".to_owned()]).collect(),
        })
    }
}
