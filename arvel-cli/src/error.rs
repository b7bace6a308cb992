//! Everything that can stop a command, in the one form that is shown: a message, a code, a hint, an exit code.
//!
//! The errors themselves belong to the rooms that make them. Here they are only brought to one shape, so that a
//! person and a program read the same thing.

use std::path::{Path, PathBuf};

use arvel_core::{ConfigError, Exit};
use arvel_migrate::{
    dialect::{CompileError, SplitError},
    exec::{Failure, RunError, RunReport},
    graph::TargetError,
    migration::DEFAULT_DATABASE,
    plan::PlanError,
    project::{Init, InitError, MakeError, NewPackageError, PlaceError, WriteError},
    publish::BundleError,
    seed::SeedError,
    settings::UnknownDatabase,
};

/// What stopped a command.
#[derive(Debug)]
pub struct CommandError {
    /// A stable name for programs.
    pub code: String,
    /// A lowercase fragment.
    pub message: String,
    /// What to do, ready to be pasted.
    pub hint: Option<String>,
    /// How the process ends.
    pub exit: Exit,
    /// The file that it is about.
    pub file: Option<PathBuf>,
    /// A failed step with everything that is known of it.
    pub failure: Option<Box<Failure>>,
    /// SQL that can not be split into statements.
    pub split: Option<Box<SplitError>>,
    /// What had been done before it stopped, when it was interrupted.
    pub report: Option<Box<RunReport>>,
    /// The database that it is about, where it is not clear.
    pub database: Option<String>,
}

impl CommandError {
    /// An error of this crate's own.
    pub fn new(exit: Exit, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            message: message.into(),
            hint: None,
            exit,
            file: None,
            failure: None,
            split: None,
            report: None,
            database: None,
        }
    }

    /// The same with a hint.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// What was asked for on the command line makes no sense together.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Exit::USAGE, "usage", message)
    }

    /// The same with the paths below `root` shown from there.
    pub fn relative_to(mut self, root: &Path) -> Self {
        let shorten = |path: &mut Option<PathBuf>| {
            if let Some(inside) = path.as_deref().and_then(|path| path.strip_prefix(root).ok()) {
                *path = Some(inside.to_path_buf());
            }
        };
        shorten(&mut self.file);
        if let Some(failure) = &mut self.failure {
            shorten(&mut failure.path);
        }
        self
    }

    /// The same about one of several databases: it is named, and the commands of the hint are about it.
    pub fn in_database(mut self, name: &str) -> Self {
        self.hint = self.hint.map(|hint| about(&hint, name));
        self.database = Some(name.to_owned());
        self
    }

    /// Stopped by a signal, outside a migration.
    pub fn interrupted(message: impl Into<String>) -> Self {
        Self::new(Exit::INTERRUPTED, "interrupted", message)
    }

    fn of(code: &str, message: String, hint: Option<String>, exit: Exit) -> Self {
        Self { hint, ..Self::new(exit, code, message) }
    }
}

/// Subcommands of `db` that a hint may name, and that are about a database.
const OF_A_DATABASE: [&str; 24] = [
    "migrate",
    "rollback",
    "downgrade",
    "reset",
    "refresh",
    "fresh",
    "wipe",
    "create",
    "drop",
    "status",
    "current",
    "inspect",
    "history",
    "heads",
    "show",
    "stamp",
    "clear",
    "ensure-version",
    "delete",
    "edit",
    "merge",
    "publish",
    "unpublish",
    "seed",
];

/// A hint whose commands are about a database: `` `db migrate` `` is `` `db migrate --database reporting` ``.
pub fn about(hint: &str, name: &str) -> String {
    if name == DEFAULT_DATABASE || hint.contains("--database") {
        return hint.to_owned();
    }
    let commands = OF_A_DATABASE.iter().map(|command| ("`db", *command)).chain([("`make", "migration")]);
    commands.map(|(group, command)| format!("{group} {command}")).fold(hint.to_owned(), |hint, command| {
        let mut parts = hint.split(command.as_str());
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |text, rest| match rest.starts_with(['`', ' ']) {
            true => format!("{text}{command} --database {name}{rest}"),
            false => format!("{text}{command}{rest}"),
        })
    })
}

impl From<UnknownDatabase> for CommandError {
    fn from(error: UnknownDatabase) -> Self {
        Self::of(error.code(), error.to_string(), Some(error.hint()), error.exit())
    }
}

impl From<ConfigError> for CommandError {
    fn from(error: ConfigError) -> Self {
        Self::of(error.code(), error.to_string(), Some(error.hint()), error.exit())
    }
}

impl From<arvel_migrate::Error> for CommandError {
    fn from(error: arvel_migrate::Error) -> Self {
        if let arvel_migrate::Error::Run(error) = error {
            return Self::from(error);
        }
        let file = match &error {
            arvel_migrate::Error::Script(error) => error.path().cloned(),
            _ => None,
        };
        Self { file, ..Self::of(error.code(), error.to_string(), error.hint(), error.exit()) }
    }
}

impl From<RunError> for CommandError {
    fn from(error: RunError) -> Self {
        let shown = Self::of(error.code(), error.to_string(), error.hint(), error.exit());
        match error {
            RunError::Failed(failure) => Self { file: failure.path.clone(), failure: Some(failure), ..shown },
            RunError::Compile { path, error: CompileError::Split(split), revision } => Self {
                message: format!("`{revision}`: {}", split.problem),
                file: split.file.as_ref().map(PathBuf::from).or(path),
                split: Some(Box::new(split)),
                ..shown
            },
            RunError::Compile { path, .. } | RunError::EditedHalfway { path, .. } => {
                Self { file: path, ..shown }
            }
            RunError::Interrupted { planned: 0, .. } => Self {
                message: "interrupted while waiting for the lock; nothing was done".to_owned(),
                ..shown
            },
            RunError::Interrupted { report, .. } => Self { report: Some(report), ..shown },
            _ => shown,
        }
    }
}

impl From<TargetError> for CommandError {
    fn from(error: TargetError) -> Self {
        Self::from(arvel_migrate::Error::from(error))
    }
}

impl From<PlanError> for CommandError {
    fn from(error: PlanError) -> Self {
        Self::from(RunError::from(error))
    }
}

impl From<SeedError> for CommandError {
    fn from(error: SeedError) -> Self {
        Self::from(arvel_migrate::Error::from(error))
    }
}

impl From<BundleError> for CommandError {
    fn from(error: BundleError) -> Self {
        Self::of("publish.bundle", error.to_string(), Some(error.hint()), Exit::FAILED)
    }
}

impl From<arvel_migrate::publish::PlanError> for CommandError {
    fn from(error: arvel_migrate::publish::PlanError) -> Self {
        Self::of(error.code(), error.to_string(), Some(error.hint()), error.exit())
    }
}

impl From<PlaceError> for CommandError {
    fn from(error: PlaceError) -> Self {
        Self::of(error.code(), error.to_string(), Some(error.hint()), error.exit())
    }
}

impl From<InitError> for CommandError {
    fn from(error: InitError) -> Self {
        match error {
            InitError::Write(error) => Self::from(error),
            InitError::OneDatabase => Self::of(
                "project.one_database",
                error.to_string(),
                Some(format!(
                    "add `[databases.{0}]` with `url = \"sqlite://database/{0}.db\"` and `path = \"database/{0}\"` to it, \
                     and run `db init --multi` again",
                    Init::SECOND
                )),
                Exit::REFUSED,
            ),
            other => Self::of(
                "project.exists",
                other.to_string(),
                Some("`make migration NAME` writes a migration".to_owned()),
                Exit::REFUSED,
            ),
        }
    }
}

impl From<NewPackageError> for CommandError {
    fn from(error: NewPackageError) -> Self {
        let (code, exit) = match error {
            NewPackageError::Write(error) => return error.into(),
            NewPackageError::Occupied { .. } => ("project.exists", Exit::REFUSED),
            _ => ("make", Exit::USAGE),
        };
        Self::of(code, error.to_string(), Some(error.hint()), exit)
    }
}

impl From<WriteError> for CommandError {
    fn from(error: WriteError) -> Self {
        let exit = match error {
            WriteError::Outside { .. }
            | WriteError::Link { .. }
            | WriteError::BadName { .. }
            | WriteError::SameButForCase { .. }
            | WriteError::ListedByHand { .. } => Exit::REFUSED,
            _ => Exit::FAILED,
        };
        let code = match error {
            WriteError::Changed { .. } => crate::again::CHANGED,
            _ => "project.write",
        };
        Self::of(code, error.to_string(), Some(error.hint()), exit)
    }
}

impl From<MakeError> for CommandError {
    fn from(error: MakeError) -> Self {
        Self::of(error.code(), error.to_string(), Some(error.hint()), error.exit())
    }
}

#[cfg(test)]
mod tests {
    use super::about;

    #[test]
    fn a_hint_is_about_the_database_that_failed() {
        let table = [
            ("run `db migrate` again", "run `db migrate --database reporting` again"),
            (
                "`db merge heads -m x`, then mend it",
                "`db merge --database reporting heads -m x`, then mend it",
            ),
            ("`db seed --class users`", "`db seed --database reporting --class users`"),
            ("`db migrate --database audit` first", "`db migrate --database audit` first"),
            ("mend the file", "mend the file"),
        ];
        for (hint, expected) in table {
            assert_eq!(about(hint, "reporting"), expected);
            assert_eq!(about(hint, "default"), hint);
        }
    }
}
