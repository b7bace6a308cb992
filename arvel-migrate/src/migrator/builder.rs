//! Puts a [`Migrator`] together.

use std::{
    collections::BTreeSet,
    sync::{Arc, OnceLock},
};

use super::Migrator;
use crate::{
    DatabaseIdentity, Error, FilterContext, Given, Hooks,
    dialect::driver_for,
    exec::{Observer, RunOptions, Silent},
    graph::Graph,
    history::BookkeepingNames,
    migration::{Catalog, DEFAULT_DATABASE, Migration, RevisionId},
    plan::Policy,
    url::{DatabaseUrl, UrlError},
};

/// Collects what a [`Migrator`] needs; everything but the URL has a default.
pub struct MigratorBuilder {
    pub(super) name: String,
    pub(super) url: DatabaseUrl,
    pub(super) catalog: Option<Catalog>,
    pub(super) names: BookkeepingNames,
    policy: Policy,
    options: RunOptions,
    observer: Arc<dyn Observer>,
    selected: Option<BTreeSet<RevisionId>>,
    hooks: Hooks,
    given: Given,
}

impl Migrator {
    /// Begins with a database URL.
    ///
    /// # Errors
    /// [`UrlError`] when it can not be read or no driver knows its scheme.
    pub fn builder(url: &str) -> Result<MigratorBuilder, Error> {
        Ok(Self::builder_for(DatabaseUrl::parse(url)?))
    }

    /// Begins with a parsed database URL.
    #[must_use]
    pub fn builder_for(url: DatabaseUrl) -> MigratorBuilder {
        MigratorBuilder {
            name: DEFAULT_DATABASE.to_owned(),
            url,
            catalog: None,
            names: BookkeepingNames::default(),
            policy: Policy::default(),
            options: RunOptions::default(),
            observer: Arc::new(Silent),
            selected: None,
            hooks: Hooks::default(),
            given: Given::default(),
        }
    }
}

impl MigratorBuilder {
    /// The name of the database, `default` unless it is set. Of the migrations only its own count: those whose header or
    /// folder names it, and for `default` those that name none.
    ///
    /// ```
    /// # fn f() -> Result<(), arvel_migrate::Error> {
    /// use arvel_migrate::Migrator;
    /// let reporting = Migrator::builder("sqlite://database/reporting.db")?.database("reporting").build()?;
    /// assert_eq!(reporting.name(), "reporting");
    /// # Ok(()) }
    /// # f().unwrap();
    /// ```
    #[must_use]
    pub fn database(mut self, name: &str) -> Self {
        name.clone_into(&mut self.name);
        self
    }

    /// The migrations; by default those compiled into the program.
    #[must_use]
    pub fn catalog(mut self, catalog: Catalog) -> Self {
        self.catalog = Some(catalog);
        self
    }

    /// The names of the bookkeeping tables.
    #[must_use]
    pub fn names(mut self, names: BookkeepingNames) -> Self {
        self.names = names;
        self
    }

    /// What to do about missing, changed and late revisions.
    #[must_use]
    pub fn policy(mut self, policy: Policy) -> Self {
        self.policy = policy;
        self
    }

    /// How runs behave.
    #[must_use]
    pub fn options(mut self, options: RunOptions) -> Self {
        self.options = options;
        self
    }

    /// Who hears of the events of a run.
    #[must_use]
    pub fn observer(mut self, observer: Arc<dyn Observer>) -> Self {
        self.observer = observer;
        self
    }

    /// Every verb is about these revisions only: upgrades take what they need along; everything else stays known, is
    /// never missing, and never touched.
    #[must_use]
    pub fn select(mut self, revisions: impl IntoIterator<Item = RevisionId>) -> Self {
        self.selected = Some(revisions.into_iter().collect());
        self
    }

    /// The program's own code around runs and steps, and its choice of migrations.
    #[must_use]
    pub fn hooks(mut self, hooks: Hooks) -> Self {
        self.hooks = self.hooks.and(hooks);
        self
    }

    /// What migrations and hooks can read: `-x` and `--tag` of the command line.
    #[must_use]
    pub fn given(mut self, given: Given) -> Self {
        self.given = given;
        self
    }

    /// Reads the catalog and builds the graph.
    ///
    /// # Errors
    /// What is wrong with the set of migrations.
    pub fn build(self) -> Result<Migrator, Error> {
        let catalog = match self.catalog {
            Some(catalog) => catalog,
            None => Catalog::compiled()?,
        };
        let scheme = self.url.scheme().to_owned();
        let Some(driver) = driver_for(&scheme) else {
            let known = crate::dialect::schemes().join(", ");
            return Err(UrlError::UnknownScheme { scheme, known }.into());
        };
        let mut migrations = catalog.of_database(&self.name)?.into_migrations();
        if !self.given.is_empty() {
            migrations = migrations.into_iter().map(|migration| with(migration, &self.given)).collect();
        }
        let mut skipped = Vec::new();
        if self.hooks.has_filter() {
            let shown = driver.offline_dialect().capability().display_name;
            let database = DatabaseIdentity::of(&self.url, shown).named(&self.name);
            let context = FilterContext { database, given: self.given.clone() };
            (migrations, skipped) =
                migrations.into_iter().partition(|migration| self.hooks.keeps(migration, &context));
        }
        Ok(Migrator {
            name: self.name,
            url: self.url,
            driver,
            graph: Arc::new(Graph::without(migrations, &skipped)?),
            skipped,
            hooks: self.hooks,
            given: self.given,
            names: self.names,
            policy: self.policy,
            options: self.options,
            observer: self.observer,
            selected: self.selected,
            checksums: OnceLock::new(),
            own_digest: OnceLock::new(),
        })
    }
}

/// A migration that reads what is given, with it.
fn with(migration: Arc<Migration>, given: &Given) -> Arc<Migration> {
    match migration.reads.is_empty() {
        true => migration,
        false => Arc::new(Migration { given: given.clone(), ..Migration::clone(&migration) }),
    }
}
