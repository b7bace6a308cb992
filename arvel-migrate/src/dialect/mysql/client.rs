//! The client `mariadb`, or `mysql`.

use std::time::Duration;

use super::MySql;
use crate::{
    dialect::{Client, ScriptLine, quote},
    history::BookkeepingSql,
};

/// The session as the driver makes it, which asks for IGNORE_SPACE when it connects: what a routine or a view keeps of its
/// session is the same then, and read again.
const SESSION: [&str; 3] = [
    "SET NAMES utf8mb4",
    "SET SESSION time_zone = '+00:00'",
    "SET SESSION sql_mode = concat(replace(@@sql_mode, 'NO_BACKSLASH_ESCAPES', ''), \
     ',IGNORE_SPACE,PIPES_AS_CONCAT,NO_ENGINE_SUBSTITUTION', if(locate('STRICT_', @@sql_mode) > 0, '', ',STRICT_ALL_TABLES'))",
];

/// What may end a statement with semicolons in it.
const DELIMITERS: [&str; 4] = ["$$", "//", "@@@", "~~~~"];

/// The longest name of a constraint, which is the only text of ours that the server shows.
const LONGEST: usize = 64;

impl Client for MySql {
    fn server(&self) -> String {
        let name = self.capability.display_name;
        match self.capability.version.as_str() {
            "" => format!("{name} 10.11 or later"),
            version => format!("{name} {version}"),
        }
    }

    fn run_with(&self) -> &'static str {
        "mariadb --comments DATABASE < FILE"
    }

    fn opening(&self, lock_wait: Duration) -> Vec<ScriptLine> {
        let session = SESSION.map(str::to_owned).into_iter();
        let session = session.chain(self.bookkeeping.lock_timeout(lock_wait.as_millis()));
        session.map(ScriptLine::Statement).collect()
    }

    fn ended(&self, statement: &str) -> String {
        if !statement.contains(';') {
            let comment =
                statement.lines().next_back().is_some_and(|last| last.contains("--") || last.contains('#'));
            return format!("{statement}{}", if comment { "\n;" } else { ";" });
        }
        let free = DELIMITERS.into_iter().find(|mark| !statement.contains(mark));
        let mark = free.map_or_else(|| format!("$${}", "$".repeat(statement.len())), str::to_owned);
        format!("DELIMITER {mark}\n{statement}\n{mark}\nDELIMITER ;")
    }

    /// No statement fails with a text of ours, but a check fails with its name.
    fn require(&self, condition: &str, otherwise: &str) -> Vec<String> {
        if !self.facts.checks {
            return vec![format!("SET @arvel_required = if({condition}, 1, (SELECT 1 UNION ALL SELECT 2))")];
        }
        // The server would double its quotes.
        let name: String = otherwise.replace(super::QUOTE, "").chars().take(LONGEST).collect();
        let name = quote::identifier(name.trim_end(), super::QUOTE);
        vec![
            "DROP TEMPORARY TABLE IF EXISTS arvel_required".to_owned(),
            format!(
                "CREATE TEMPORARY TABLE arvel_required (it_is int NOT NULL, CONSTRAINT {name} CHECK (it_is = 1))"
            ),
            format!("INSERT INTO arvel_required SELECT ({condition}) IS TRUE"),
            "DROP TEMPORARY TABLE arvel_required".to_owned(),
        ]
    }
}
