//! What a script says to the database's own command line client, besides the statements themselves.
//!
//! A script is run by somebody else, later, and without this program: so it must stop by itself, at the first error and
//! where the database is not what it was written for, and its session must be one as migrations have it.

use std::time::Duration;

/// One entry of a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScriptLine {
    /// For people.
    Comment(String),
    /// A command of the client, as it is.
    Client(String),
    /// A statement, without its end.
    Statement(String),
}

/// What stands around a step that rebuilds tables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AroundRebuild {
    /// Before its transaction.
    pub before: Vec<String>,
    /// Before the commit: stops the script when rows would be left without their parent.
    pub check: Vec<String>,
    /// After its transaction.
    pub after: Vec<String>,
}

/// The database's own command line client.
pub trait Client: Send + Sync {
    /// The server that a script is for, as far as it is known: `PostgreSQL 12 or later`.
    fn server(&self) -> String;

    /// How a script is run: a command with `FILE` in it.
    fn run_with(&self) -> &'static str;

    /// What stands first: the client stops at the first error, and its session is one as migrations have it.
    fn opening(&self, lock_wait: Duration) -> Vec<ScriptLine>;

    /// A statement as the client reads it, with what ends it.
    fn ended(&self, statement: &str) -> String {
        ended(statement)
    }

    /// Statements that fail with a message unless a condition holds.
    fn require(&self, condition: &str, otherwise: &str) -> Vec<String>;

    /// What stands around a rebuild of tables, where there are such.
    fn around_rebuild(&self) -> Option<AroundRebuild> {
        None
    }
}

/// With a semicolon; on a line of its own behind what may be a comment.
fn ended(statement: &str) -> String {
    let last = statement.lines().next_back().unwrap_or_default();
    let comment = last.contains("--") || last.contains('#');
    format!("{statement}{}", if comment { "\n;" } else { ";" })
}

#[cfg(test)]
mod tests {
    use crate::dialect::driver_for;

    #[test]
    fn a_comment_at_the_end_swallows_no_end_and_a_body_has_an_end_of_its_own() {
        let ended =
            |scheme: &str, sql: &str| driver_for(scheme).unwrap().offline_dialect().client().ended(sql);
        assert_eq!(ended("postgres", "SELECT 1"), "SELECT 1;");
        assert_eq!(ended("sqlite", "SELECT 1 -- one"), "SELECT 1 -- one\n;");
        assert_eq!(ended("mysql", "SELECT 1"), "SELECT 1;");
        assert_eq!(ended("mysql", "BEGIN a; END"), "DELIMITER $$\nBEGIN a; END\n$$\nDELIMITER ;");
        assert_eq!(ended("mysql", "SELECT '$$;'"), "DELIMITER //\nSELECT '$$;'\n//\nDELIMITER ;");
    }

    #[test]
    fn a_version_is_read_as_people_write_it() {
        let server = |scheme: &str, version: &str| {
            let dialect = driver_for(scheme).unwrap().offline_dialect_at(version);
            dialect.map(|dialect| dialect.client().server())
        };
        let said = |text: &str| Some(text.to_owned());
        assert_eq!(server("postgres", "15"), said("PostgreSQL 15.0"));
        assert_eq!(server("postgres", "15.4"), said("PostgreSQL 15.4"));
        assert_eq!(server("postgres", "new"), None);
        assert_eq!(server("mysql", "8.0.36"), said("MySQL 8.0.36"));
        assert_eq!(server("mysql", "11.4"), said("MariaDB 11.4-MariaDB"));
        assert_eq!(server("mariadb", "10.11.6-MariaDB"), said("MariaDB 10.11.6-MariaDB"));
        assert_eq!(server("mysql", "eight"), None);
        assert_eq!(server("sqlite", "3.45"), None, "what is built in decides");
    }
}
