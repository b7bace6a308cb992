//! The one error of the facade: every room's error with its code, hint and exit.

use arvel_core::Exit;

use crate::{
    exec::RunError,
    graph::{GraphError, TargetError},
    migration::CatalogError,
    migrator::DatabasesError,
    plan::PlanError,
    publish::InPlaceError,
    script::ScriptError,
    seed::SeedError,
    url::UrlError,
};

/// What a verb of [`Migrator`](crate::Migrator) can answer with instead of a result.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The database URL.
    #[error(transparent)]
    Url(#[from] UrlError),
    /// The set of migrations.
    #[error(transparent)]
    Catalog(#[from] CatalogError),
    /// The packages that run in place.
    #[error(transparent)]
    InPlace(#[from] InPlaceError),
    /// Their graph.
    #[error(transparent)]
    Graph(#[from] GraphError),
    /// The target.
    #[error(transparent)]
    Target(#[from] TargetError),
    /// The plan, or the run.
    #[error(transparent)]
    Run(#[from] RunError),
    /// The script.
    #[error(transparent)]
    Script(#[from] ScriptError),
    /// The seeders.
    #[error(transparent)]
    Seed(#[from] SeedError),
    /// Several databases.
    #[error(transparent)]
    Databases(#[from] DatabasesError),
}

impl From<PlanError> for Error {
    fn from(error: PlanError) -> Self {
        Self::Run(RunError::Plan(error))
    }
}

impl Error {
    /// A stable name for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Error::Url(_) => "configuration.url",
            Error::Catalog(error) => error.code(),
            Error::InPlace(error) => error.code(),
            Error::Graph(error) => error.code(),
            Error::Target(error) => error.code(),
            Error::Run(error) => error.code(),
            Error::Script(error) => error.code(),
            Error::Seed(error) => error.code(),
            Error::Databases(error) => error.code(),
        }
    }

    /// What to do, ready to be pasted.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Error::Url(_) => {
                Some("set `databases.default.url` in `arvel.toml`, or `DATABASE_URL`".to_owned())
            }
            Error::Catalog(error) => error.hint(),
            Error::InPlace(error) => Some(error.hint()),
            Error::Graph(error) => Some(error.hint()),
            Error::Target(error) => Some(error.hint()),
            Error::Run(error) => error.hint(),
            Error::Script(error) => Some(error.hint()),
            Error::Seed(error) => error.hint(),
            Error::Databases(error) => Some(error.hint()),
        }
    }

    /// The exit code, as documented.
    pub fn exit(&self) -> Exit {
        match self {
            Error::Url(_) => Exit::CONFIGURATION,
            Error::Catalog(error) => error.exit(),
            Error::InPlace(error) => error.exit(),
            Error::Graph(error) => error.exit(),
            Error::Target(error) => error.exit(),
            Error::Run(error) => error.exit(),
            Error::Script(error) => error.exit(),
            Error::Seed(error) => error.exit(),
            Error::Databases(_) => Exit::CONFIGURATION,
        }
    }
}
