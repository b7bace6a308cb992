//! What of a package does not hold, where it was seen, and what its author does about it.

use std::fmt;

use crate::{
    Error,
    exec::RunError,
    migration::{CatalogError, Origin},
    project::WriteError,
    publish::{BundleError, PlanError},
};

/// A package whose stubs do not hold. Its `Debug` is what a failed test shows: the message, and the hint below it.
#[derive(thiserror::Error)]
#[error("package `{package}`{}{}, {step}: {problem}", of_stub(stub.as_ref(), package), of_engine(*engine))]
#[non_exhaustive]
pub struct PackageError {
    /// The package.
    pub package: String,
    /// The stub, where it is about one; it may be one of a package that is needed.
    pub stub: Option<Origin>,
    /// The engine, where it is about one.
    pub engine: Option<&'static str>,
    /// What was being done.
    pub step: PackageStep,
    /// What does not hold.
    pub problem: Box<PackageProblem>,
}

/// What a check of a package does, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PackageStep {
    /// The declarations are read and ordered.
    Bundle,
    /// Each stub is looked at by itself: its text, and what it records.
    Stub,
    /// They are published into a temporary project.
    Publish,
    /// They are published once more.
    PublishAgain,
    /// What was published is read.
    Read,
    /// A database is made.
    Database,
    /// A stub is applied.
    Apply,
    /// It is undone.
    Undo,
    /// It is applied again.
    ApplyAgain,
    /// Everything is undone.
    RollBack,
    /// Everything is applied in one run.
    ApplyAll,
    /// A follow-up brings an older shape to the one of now.
    FollowUp,
}

/// What does not hold.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PackageProblem {
    /// No bundle of this name is linked.
    #[error("no bundle of it is linked into this test; linked: {}", list(linked))]
    NotLinked {
        /// The packages whose bundles are linked.
        linked: Vec<String>,
    },
    /// The declaration.
    #[error(transparent)]
    Bundle(BundleError),
    /// A Rust stub that is text only.
    #[error("it is declared, and no `migration!` of it is compiled in")]
    NotCompiled,
    /// A stub that can not be a migration.
    #[error(transparent)]
    Stub(CatalogError),
    /// Something that only the package has.
    #[error("its text says `{said}`, which means something else in an application")]
    Here {
        /// What it says.
        said: String,
    },
    /// A body that records something else each time.
    #[error("its `{function}` does not say the same each time it is asked")]
    Restless {
        /// `up` or `down`.
        function: &'static str,
    },
    /// A body with a mistake.
    #[error("its `{function}` can not be recorded: {mistake}")]
    Mistaken {
        /// `up` or `down`.
        function: &'static str,
        /// The first mistake.
        mistake: String,
    },
    /// Two stubs that create one table.
    #[error("it creates the table `{table}`, which `{other}` creates too")]
    SameTable {
        /// The table.
        table: String,
        /// The other stub.
        other: Origin,
    },
    /// The request for a plan.
    #[error(transparent)]
    Plan(PlanError),
    /// A stub that is not written into an empty project, or that is written twice.
    #[error("{reason}")]
    Published {
        /// What was decided, and why.
        reason: String,
    },
    /// The temporary project.
    #[error("the temporary project: {0}")]
    Write(WriteError),
    /// A file that is not what its stub is.
    #[error("its published file {what}")]
    Altered {
        /// What is different.
        what: String,
    },
    /// `mod.rs` and the folder do not agree.
    #[error("the published folder would not pass the build guard: {what}")]
    Unlisted {
        /// The first file.
        what: String,
    },
    /// A migration or the database failed.
    #[error("{}", failure(.0))]
    Failed(Error),
    /// Undoing left something else than there was.
    #[error("what is there is not what was there before it: {difference}")]
    NotReversible {
        /// The first part that differs.
        difference: String,
    },
    /// Applying again left something else than applying had.
    #[error("it makes something else than before: {difference}")]
    NotRepeatable {
        /// The first part that differs.
        difference: String,
    },
    /// Follow-ups that make something else than their stubs do now.
    #[error("undone and applied again, the follow-ups do not make what the stubs make: {difference}")]
    NotFollowed {
        /// The first part that differs.
        difference: String,
    },
    /// Rolled back to nothing, something is left.
    #[error("the database is not empty again: {difference}")]
    LeftOver {
        /// The first part that is left.
        difference: String,
    },
}

impl PackageError {
    /// An error about the package as a whole.
    pub(super) fn new(package: &str, step: PackageStep, problem: PackageProblem) -> Self {
        Self { package: package.to_owned(), stub: None, engine: None, step, problem: Box::new(problem) }
    }

    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> String {
        let link = |package: &str| format!("`use {} as _;`", package.replace('-', "_"));
        match &*self.problem {
            PackageProblem::NotLinked { .. } => format!(
                "name the library once in the test, so that it is linked: {}; and give the name of the package, \
                 `env!(\"CARGO_PKG_NAME\")`",
                link(&self.package)
            ),
            PackageProblem::Bundle(error) => error.hint(),
            PackageProblem::NotCompiled => {
                "write `migration! { up, down }` at the top level of the stub, and the stub in a folder called `stubs`"
                    .to_owned()
            }
            PackageProblem::Stub(error) => {
                error.hint().unwrap_or_else(|| "mend the header of the stub".to_owned())
            }
            PackageProblem::Here { said } if said.ends_with('!') => {
                "write the text into the stub: only the stub itself is copied".to_owned()
            }
            PackageProblem::Here { .. } => format!(
                "the copy is compiled in the application: write it into the stub, or name it through the package, `{}::…`",
                self.package.replace('-', "_")
            ),
            PackageProblem::Restless { .. } => {
                "record the same operations always: no clock, no random numbers, no variables of the process; what \
                 depends on data belongs into a data step"
                    .to_owned()
            }
            PackageProblem::Mistaken { function, .. } => format!("mend `{function}` of the stub"),
            PackageProblem::SameTable { .. } => {
                "one stub makes a table; another one changes it: `schema.table(…)`, `after` the first".to_owned()
            }
            PackageProblem::Plan(error) => error.hint(),
            PackageProblem::Published { .. } => "give every stub a name that no other one has".to_owned(),
            PackageProblem::Write(error) => error.hint(),
            PackageProblem::Altered { .. } | PackageProblem::Unlisted { .. } => {
                "this is a mistake of the publisher: report it with the text of the stub".to_owned()
            }
            PackageProblem::Failed(error) => match (error, self.step) {
                (Error::Run(RunError::Failed(_)), PackageStep::Undo | PackageStep::RollBack) => {
                    "mend `down` of the stub".to_owned()
                }
                (Error::Run(RunError::Failed(_)), PackageStep::FollowUp) => {
                    "let the follow-up change what the new text of its stub has and the former one had not; its `down` takes \
                     that back"
                        .to_owned()
                }
                (Error::Run(RunError::Failed(_)), PackageStep::ApplyAgain) => {
                    "let `down` of the stub take back everything that `up` does".to_owned()
                }
                (Error::Run(RunError::Failed(_)), _) => {
                    "mend `up` of the stub; a SQL stub is for every database that the package is for".to_owned()
                }
                (_, PackageStep::Undo | PackageStep::RollBack) => {
                    let hint = error.hint().unwrap_or_default();
                    format!("write a `down` that takes back everything that `up` does; {hint}")
                        .trim_end_matches("; ")
                        .to_owned()
                }
                _ => error.hint().unwrap_or_else(|| "mend the stub".to_owned()),
            },
            PackageProblem::NotReversible { .. } | PackageProblem::LeftOver { .. } => {
                "let `down` of the stub take back everything that `up` does, and nothing else".to_owned()
            }
            PackageProblem::NotFollowed { .. } => {
                "let the follow-up make exactly what the new text of its stub has and the former one had not; its `down` takes \
                 that back"
                    .to_owned()
            }
            PackageProblem::NotRepeatable { .. } => {
                "let `up` of the stub make the same whatever ran before; `down` takes back everything".to_owned()
            }
        }
    }
}

impl fmt::Debug for PackageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}\n  hint: {}", self.hint())
    }
}

impl fmt::Display for PackageStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            PackageStep::Bundle => "reading the bundle",
            PackageStep::Stub => "looking at it",
            PackageStep::Publish => "publishing it into an empty project",
            PackageStep::PublishAgain => "publishing it again",
            PackageStep::Read => "reading what was published",
            PackageStep::Database => "making a database",
            PackageStep::Apply => "applying it",
            PackageStep::Undo => "undoing it",
            PackageStep::ApplyAgain => "applying it again",
            PackageStep::RollBack => "rolling back to nothing",
            PackageStep::ApplyAll => "applying all of them in one run",
            PackageStep::FollowUp => "following up",
        })
    }
}

/// The stub of the package by its name alone, another one's by its origin.
fn of_stub(stub: Option<&Origin>, package: &str) -> String {
    match stub {
        Some(origin) if origin.package() == package => format!(", stub `{}`", origin.stub()),
        Some(origin) => format!(", stub `{origin}`"),
        None => String::new(),
    }
}

fn of_engine(engine: Option<&str>) -> String {
    engine.map(|engine| format!(" on {engine}")).unwrap_or_default()
}

fn list(names: &[String]) -> String {
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

/// A failure with its statement: the file that the revision names is gone when this is read.
fn failure(error: &Error) -> String {
    match error {
        Error::Run(RunError::Failed(failure)) => match (&failure.code, failure.statement.as_str()) {
            (Some(code), _) => format!("the data step `{code}` failed: {}", failure.error),
            (None, statement) => format!("`{}` failed: {}", statement.trim(), failure.error),
        },
        other => other.to_string(),
    }
}
