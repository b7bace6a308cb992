//! The facade: every verb of the command line as a method that returns a value. Wiring only.
//!
//! ```no_run
//! # async fn f() -> Result<(), arvel_migrate::Error> {
//! use arvel_migrate::Migrator;
//! let migrator = Migrator::builder("sqlite://database/app.db")?.build()?;
//! let report = migrator.migrate(&Default::default()).await?;
//! println!("{} migrations applied", report.steps.len());
//! # Ok(()) }
//! ```

mod builder;
mod database;
mod diagnose;
mod dry_run;
mod fresh;
#[cfg(test)]
mod fresh_tests;
mod questions;
mod read;
mod refresh;
mod script;
mod several;
mod stamp;
mod start;
mod status;
mod verbs;

pub use builder::MigratorBuilder;
pub use questions::{Inspection, TableSize};
pub use read::Reading;
pub use refresh::RefreshReport;
pub use script::{ScriptRequest, ScriptVerb};
pub use several::{DatabasesError, Migrators, MigratorsBuilder, OnFailure, Outcome, Outcomes};
pub use stamp::{InstallReport, StampReport, StampRequest};
pub use start::StartState;
pub use status::{DatabaseIdentity, Status};
pub use verbs::{DowngradeRequest, FreshReport, RollbackRequest, UpgradeRequest};

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, OnceLock},
};

use crate::{
    Given, Hooks,
    dialect::Driver,
    exec::{Observer, RunOptions, Target},
    graph::Graph,
    history::{BookkeepingNames, Comparison, Loaded, SetDigest, compare},
    migration::{Checksum, Migration, RevisionId},
    plan::Policy,
    url::DatabaseUrl,
};

/// Applies, undoes and explains the migrations of one program on one database.
pub struct Migrator {
    name: String,
    url: DatabaseUrl,
    driver: &'static dyn Driver,
    graph: Arc<Graph>,
    names: BookkeepingNames,
    policy: Policy,
    options: RunOptions,
    observer: Arc<dyn Observer>,
    selected: Option<BTreeSet<RevisionId>>,
    hooks: Hooks,
    given: Given,
    skipped: Vec<Arc<Migration>>,
    checksums: OnceLock<HashMap<RevisionId, Checksum>>,
    own_digest: OnceLock<SetDigest>,
}

impl Migrator {
    /// The name of the database, `default` unless another was given.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The graph of the program's migrations.
    #[must_use]
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// The database's URL; it hides its secrets.
    #[must_use]
    pub fn url(&self) -> &DatabaseUrl {
        &self.url
    }

    /// The names of the bookkeeping tables.
    #[must_use]
    pub fn names(&self) -> &BookkeepingNames {
        &self.names
    }

    /// The digest of the program's own set of migrations: computed once, on the first call.
    pub fn own_digest(&self) -> SetDigest {
        let member = |migration: &Arc<Migration>| {
            let checksum = self.checksums().get(&migration.revision).cloned();
            (migration.identity(), checksum.unwrap_or_else(|| Checksum::of(migration)))
        };
        *self.own_digest.get_or_init(|| {
            SetDigest::of(self.graph.iter().filter(|migration| !migration.is_follow_up()).map(member))
        })
    }

    /// What the program's filter leaves out, in the order of the catalog.
    #[must_use]
    pub fn skipped(&self) -> &[Arc<Migration>] {
        &self.skipped
    }

    /// What the command line gave.
    #[must_use]
    pub fn given(&self) -> &Given {
        &self.given
    }

    fn checksums(&self) -> &HashMap<RevisionId, Checksum> {
        self.checksums.get_or_init(|| {
            self.graph.iter().map(|migration| (migration.revision.clone(), Checksum::of(migration))).collect()
        })
    }

    fn compare(&self, loaded: &Loaded) -> Comparison {
        let checksum = |migration: &Migration| match self.checksums().get(&migration.revision) {
            Some(checksum) => checksum.clone(),
            None => Checksum::of(migration),
        };
        let failed: Vec<RevisionId> =
            loaded.journal.iter().filter_map(|row| RevisionId::new(&row.revision).ok()).collect();
        compare(&self.graph, &loaded.rows, &checksum).with_failed(&failed).with_skipped(&self.skipped)
    }

    /// Without what is not selected: that is nobody's business in this run, whatever its state.
    fn in_sight(&self, comparison: Comparison) -> Comparison {
        match &self.selected {
            Some(selected) => comparison.within(selected),
            None => comparison,
        }
    }

    /// The family of the database, as `when_database` names it.
    fn family(&self) -> &'static str {
        self.driver.offline_dialect().capability().family
    }

    fn target(&self) -> Target<'_> {
        let database =
            DatabaseIdentity::of(&self.url, self.driver.offline_dialect().capability().display_name)
                .named(&self.name);
        let (names, hooks, given) = (&self.names, &self.hooks, &self.given);
        Target { driver: self.driver, url: &self.url, names, hooks, given, database }
    }
}
