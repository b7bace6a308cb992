//! [`Migrators`]: several databases of one program, one after the other, each with a migrator of its own.
//!
//! Nothing is shared between them: each has its graph, its history, its lock. A failure in one is that one's outcome.

use std::collections::BTreeSet;

use arvel_core::{BoxFuture, Exit};

use super::{
    DowngradeRequest, Migrator, MigratorBuilder, RollbackRequest, StartState, Status, UpgradeRequest,
};
use crate::{
    Error,
    exec::RunReport,
    migration::{Catalog, KnownDatabase},
};

/// Databases that can not be told apart.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DatabasesError {
    /// Two of one name.
    #[error("two databases are called `{name}`")]
    Twice {
        /// The name.
        name: String,
    },
    /// Two that would keep their history in the same tables.
    #[error("`{first}` and `{second}` are the same database, and both keep their history in `{table}`")]
    OneHistory {
        /// One.
        first: String,
        /// The other.
        second: String,
        /// The table.
        table: String,
    },
}

impl DatabasesError {
    /// A stable name for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Twice { .. } => "databases.twice",
            Self::OneHistory { .. } => "databases.one_history",
        }
    }

    /// What to do.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::Twice { .. } => "give each a name of its own: `.database(\"name\")`".to_owned(),
            Self::OneHistory { .. } => {
                "give one of them another prefix for its tables, with `.names(…)`".to_owned()
            }
        }
    }
}

/// What is done when one of several databases fails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnFailure {
    /// The others have their turn.
    #[default]
    GoOn,
    /// The others are not begun.
    Stop,
}

/// How it went with one database.
#[derive(Debug)]
pub struct Outcome<T> {
    /// The database.
    pub database: String,
    /// What came of it; `None` when it was not begun.
    pub result: Option<Result<T, Error>>,
}

/// How it went with each, in order.
#[derive(Debug)]
pub struct Outcomes<T> {
    /// One for each database.
    pub each: Vec<Outcome<T>>,
}

impl<T> Outcomes<T> {
    /// The outcome of one.
    #[must_use]
    pub fn get(&self, database: &str) -> Option<&Outcome<T>> {
        self.each.iter().find(|outcome| outcome.database == database)
    }

    /// Those that failed, with what stopped them.
    pub fn failed(&self) -> impl Iterator<Item = (&str, &Error)> {
        self.each.iter().filter_map(|outcome| match &outcome.result {
            Some(Err(error)) => Some((outcome.database.as_str(), error)),
            _ => None,
        })
    }

    /// How a program ends with it: see [`Exit::of_several`].
    pub fn exit(&self) -> Exit {
        let begun = self.each.iter().filter_map(|outcome| outcome.result.as_ref());
        let exits: Vec<Result<Exit, Exit>> = begun
            .map(|result| match result {
                Ok(_) => Ok(Exit::DONE),
                Err(error) => Err(error.exit()),
            })
            .collect();
        Exit::of_several(&exits)
    }
}

/// Several databases, in order.
///
/// ```no_run
/// # async fn f() -> Result<(), arvel_migrate::Error> {
/// use arvel_migrate::{Migrator, Migrators, OnFailure};
///
/// let all = Migrators::builder()
///     .with(Migrator::builder("postgres://app@localhost/shop")?)
///     .with(Migrator::builder("mysql://app@localhost/reports")?.database("reporting"))
///     .build()?;
/// let outcomes = all.migrate(&Default::default(), OnFailure::GoOn).await;
/// for (database, error) in outcomes.failed() {
///     eprintln!("{database}: {error}");
/// }
/// # Ok(()) }
/// ```
pub struct Migrators {
    all: Vec<Migrator>,
}

/// Collects the databases of [`Migrators`].
#[derive(Default)]
pub struct MigratorsBuilder {
    all: Vec<MigratorBuilder>,
}

impl MigratorsBuilder {
    /// One more, by the name that its builder has.
    #[must_use]
    pub fn with(mut self, database: MigratorBuilder) -> Self {
        self.all.push(database);
        self
    }

    /// Builds each.
    ///
    /// # Errors
    /// [`DatabasesError`] for two of one name or with one history, a migration for a database that is none of them, and
    /// what is wrong with the migrations of one.
    pub fn build(self) -> Result<Migrators, Error> {
        let mut names = BTreeSet::new();
        for (at, second) in self.all.iter().enumerate() {
            if !names.insert(second.name.clone()) {
                return Err(DatabasesError::Twice { name: second.name.clone() }.into());
            }
            let one = |first: &&MigratorBuilder| {
                first.names == second.names && first.url.is_same_place(&second.url)
            };
            if let Some(first) = self.all[..at].iter().find(one) {
                let (first, table) = (first.name.clone(), second.names.history());
                return Err(DatabasesError::OneHistory { first, second: second.name.clone(), table }.into());
            }
        }
        let known: Vec<KnownDatabase> =
            names.into_iter().map(|name| KnownDatabase { name, own_folder: false }).collect();
        let build = |mut builder: MigratorBuilder| {
            let catalog = match builder.catalog.take() {
                Some(catalog) => catalog,
                None => Catalog::compiled()?,
            };
            catalog.check_databases(&known)?;
            builder.catalog(catalog).build()
        };
        Ok(Migrators { all: self.all.into_iter().map(build).collect::<Result<_, _>>()? })
    }
}

impl Migrators {
    /// Begins with none.
    #[must_use]
    pub fn builder() -> MigratorsBuilder {
        MigratorsBuilder::default()
    }

    /// The migrator of one database.
    #[must_use]
    pub fn get(&self, database: &str) -> Option<&Migrator> {
        self.all.iter().find(|migrator| migrator.name() == database)
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Migrator> {
        self.all.iter()
    }

    /// Does something with each, one after the other. One that was interrupted is the last.
    pub async fn each<'a, T>(
        &'a self,
        on_failure: OnFailure,
        verb: impl Fn(&'a Migrator) -> BoxFuture<'a, Result<T, Error>>,
    ) -> Outcomes<T> {
        let mut each = Vec::with_capacity(self.all.len());
        let mut stopped = false;
        for migrator in &self.all {
            let result = if stopped { None } else { Some(verb(migrator).await) };
            if let Some(Err(error)) = &result {
                stopped = on_failure == OnFailure::Stop || error.exit() == Exit::INTERRUPTED;
            }
            each.push(Outcome { database: migrator.name().to_owned(), result });
        }
        Outcomes { each }
    }

    /// The state of every revision of each.
    pub async fn status(&self) -> Outcomes<Status> {
        self.each(OnFailure::GoOn, |migrator| Box::pin(migrator.status())).await
    }

    /// What a starting program finds in each.
    pub async fn start_state(&self) -> Outcomes<StartState> {
        self.each(OnFailure::GoOn, |migrator| Box::pin(migrator.start_state())).await
    }

    /// Applies what is pending in each.
    pub async fn migrate<'a>(
        &'a self,
        request: &'a UpgradeRequest,
        on_failure: OnFailure,
    ) -> Outcomes<RunReport> {
        self.each(on_failure, |migrator| Box::pin(migrator.migrate(request))).await
    }

    /// Undoes in each what was applied last.
    pub async fn rollback<'a>(
        &'a self,
        request: &'a RollbackRequest,
        on_failure: OnFailure,
    ) -> Outcomes<RunReport> {
        self.each(on_failure, |migrator| Box::pin(migrator.rollback(request))).await
    }

    /// Undoes each down to a target, which stays.
    pub async fn downgrade<'a>(
        &'a self,
        request: &'a DowngradeRequest,
        on_failure: OnFailure,
    ) -> Outcomes<RunReport> {
        self.each(on_failure, |migrator| Box::pin(migrator.downgrade(request))).await
    }
}
