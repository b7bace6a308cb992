//! psql.

use std::time::Duration;

use super::{Postgres, support};
use crate::{
    dialect::{Client, ScriptLine, quote},
    history::BookkeepingSql,
};

/// The variables of psql that a profile of its user may have set otherwise, then the session.
const OPENING: [&str; 3] = ["\\set ON_ERROR_STOP on", "\\set AUTOCOMMIT on", "\\set ON_ERROR_ROLLBACK off"];
const SESSION: [&str; 3] =
    ["SET client_encoding = 'UTF8'", "SET DateStyle = 'ISO, MDY'", "SET TimeZone = 'UTC'"];

impl Client for Postgres {
    fn server(&self) -> String {
        let version = support::version(&self.capability);
        match self.capability.version.is_empty() {
            true => format!("PostgreSQL {} or later", version / 10_000),
            false => format!("PostgreSQL {}.{}", version / 10_000, version % 10_000),
        }
    }

    fn run_with(&self) -> &'static str {
        "psql -X -f FILE \"$DATABASE_URL\""
    }

    fn opening(&self, lock_wait: Duration) -> Vec<ScriptLine> {
        let client = OPENING.map(|line| ScriptLine::Client(line.to_owned()));
        let session = SESSION.map(str::to_owned).into_iter();
        let session = session.chain(self.bookkeeping.lock_timeout(lock_wait.as_millis()));
        client.into_iter().chain(session.map(ScriptLine::Statement)).collect()
    }

    fn require(&self, condition: &str, otherwise: &str) -> Vec<String> {
        let message = quote::text(otherwise);
        vec![format!(
            "DO $arvel$ BEGIN\n  IF ({condition}) IS NOT TRUE THEN\n    RAISE EXCEPTION USING MESSAGE = {message};\n  \
             END IF;\nEND $arvel$"
        )]
    }
}
