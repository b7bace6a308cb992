//! The documents about a database itself: `db create`, `db drop`, `db doctor`.

use arvel_migrate::{DatabaseIdentity, checkup::Finding};
#[cfg(test)]
use schemars::JsonSchema;
use serde::Serialize;

/// Which database.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Database"))]
pub struct DatabaseText {
    /// Its name in the configuration.
    name: String,
    /// What it is, for people: `SQLite`, `PostgreSQL`, `MariaDB`, `MySQL`.
    driver: String,
    /// Host and port; empty for a file.
    host: String,
    /// The database, or the file's path.
    database: String,
}

impl DatabaseText {
    /// Of an identity.
    pub fn of(identity: &DatabaseIdentity) -> Self {
        Self {
            name: identity.name.clone(),
            driver: identity.driver.clone(),
            host: identity.host.clone(),
            database: identity.database.clone(),
        }
    }
}

/// `db create` and `db drop`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct DatabaseBody {
    /// Which database.
    database: DatabaseText,
    /// Whether anything was changed.
    changed: bool,
    /// Whether nothing was done.
    dry_run: bool,
}

impl DatabaseBody {
    /// What happened to a database.
    pub fn of(database: &DatabaseIdentity, changed: bool, dry_run: bool) -> Self {
        Self { database: DatabaseText::of(database), changed, dry_run }
    }
}

/// `db doctor`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct DoctorBody<'a> {
    /// What was found.
    checks: Vec<FindingBody<'a>>,
    /// How many failed.
    failed: usize,
    /// How many are worth a look.
    warned: usize,
}

/// One finding.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Finding"))]
struct FindingBody<'a> {
    /// What was looked at: a stable word.
    check: &'a str,
    /// How bad it is.
    #[cfg_attr(test, schemars(extend("enum" = super::schemas::LEVELS)))]
    level: &'static str,
    /// What was seen.
    text: &'a str,
    /// What mends it.
    hint: Option<&'a str>,
}

impl<'a> DoctorBody<'a> {
    /// All findings, and how many of them are bad.
    pub fn of(findings: &'a [Finding], failed: usize, warned: usize) -> Self {
        let checks = findings.iter().map(|finding| FindingBody {
            check: finding.check,
            level: finding.level.as_str(),
            text: &finding.text,
            hint: finding.hint.as_deref(),
        });
        Self { checks: checks.collect(), failed, warned }
    }
}
