//! Why there is no plan.

use arvel_core::Exit;

use super::StubTextError;
use crate::{
    migration::{Origin, RevisionId},
    project::{NamingError, PlaceError},
};

/// A request that names what is not there, or that no files could be made for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// A package that registers nothing.
    #[error("no linked package is called `{package}`; registered: {}", list(registered))]
    UnknownPackage {
        /// The name as written.
        package: String,
        /// The packages that bundle migrations.
        registered: Vec<String>,
    },
    /// A stub that no selected package has.
    #[error("no stub is called `{stub}`; there are: {}", list(registered))]
    UnknownStub {
        /// The name as written.
        stub: String,
        /// The stubs of the selected packages.
        registered: Vec<String>,
    },
    /// A stub that is no migration.
    #[error("stub `{origin}` {problem}")]
    Text {
        /// Package and stub.
        origin: Origin,
        /// What is wrong with it.
        problem: StubTextError,
    },
    /// New files name their parent, and there are several to name.
    #[error("{}", PlaceError::SeveralHeads { heads: heads.clone() })]
    SeveralHeads {
        /// The heads of the line.
        heads: Vec<RevisionId>,
    },
    /// New files would sort before those that are there.
    #[error(transparent)]
    Naming(#[from] NamingError),
}

impl PlanError {
    /// A stable name for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            PlanError::UnknownPackage { .. } | PlanError::UnknownStub { .. } => "publish.unknown",
            PlanError::Text { .. } => "publish.bundle",
            PlanError::SeveralHeads { .. } => "place.several_heads",
            PlanError::Naming(_) => "make.naming",
        }
    }

    /// The exit code of a command that ends with it.
    pub fn exit(&self) -> Exit {
        match self {
            PlanError::UnknownPackage { .. } | PlanError::UnknownStub { .. } => Exit::USAGE,
            PlanError::Text { .. } => Exit::FAILED,
            PlanError::SeveralHeads { .. } => Exit::GRAPH,
            PlanError::Naming(_) => Exit::CONFIGURATION,
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> String {
        let nearest = |name: &str, names: &[String]| {
            let best = names
                .iter()
                .max_by(|a, b| strsim::jaro_winkler(name, a).total_cmp(&strsim::jaro_winkler(name, b)));
            best.filter(|best| strsim::jaro_winkler(name, best) > 0.8).cloned()
        };
        match self {
            PlanError::UnknownPackage { package, registered } => {
                let linked = format!(
                    "a package that is only a line in Cargo.toml is never linked and registers nothing; name it once: `use {} as _;`",
                    package.replace('-', "_")
                );
                match nearest(package, registered) {
                    Some(near) => format!("did you mean `{near}`? {linked}"),
                    None => linked,
                }
            }
            PlanError::UnknownStub { stub, registered } => match nearest(stub, registered) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`db publish --list` shows every stub".to_owned(),
            },
            PlanError::Text { .. } => "mend the stub in its package".to_owned(),
            PlanError::SeveralHeads { .. } => "join them with `db merge heads`, and publish again".to_owned(),
            PlanError::Naming(error) => error.hint(),
        }
    }
}

fn list(names: &[String]) -> String {
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}
