//! What can be wrong with a file, or with two files of one name.

use std::{io, path::PathBuf};

use arvel_core::Exit;

use crate::{
    graph::nearest,
    migration::{LineName, NameError, OriginError, RevisionId, SqlFileError},
    shown::shown,
};

/// What is wrong with the set of migrations.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CatalogError {
    /// A SQL file whose name is not a migration's.
    #[error("`{}` is not the name of a SQL migration", file.display())]
    FileName {
        /// The file.
        file: PathBuf,
    },
    /// One file of a pair is missing.
    #[error("`{}` has no `{}` beside it", file.display(), missing.display())]
    HalfPair {
        /// The file that is there.
        file: PathBuf,
        /// The file that is missing.
        missing: PathBuf,
    },
    /// Two files of one folder are the same migration: `x.sql` and `x.up.sql`.
    #[error("`{}` and `{}` are the same migration", first.display(), second.display())]
    StemTwice {
        /// One file.
        first: PathBuf,
        /// The other.
        second: PathBuf,
    },
    /// Two files have one revision.
    #[error("`{}` and `{}` have the same revision `{revision}`", first.display(), second.display())]
    DuplicateRevision {
        /// The revision.
        revision: RevisionId,
        /// One file.
        first: PathBuf,
        /// The other.
        second: PathBuf,
    },
    /// A revision or a label that can not be used.
    #[error("`{}`: {error}", file.display())]
    Name {
        /// The file.
        file: PathBuf,
        /// Why not.
        error: NameError,
    },
    /// An origin that can not be used.
    #[error("`{}`: {error}", file.display())]
    Origin {
        /// The file.
        file: PathBuf,
        /// Why not.
        error: OriginError,
    },
    /// Something in `reads` that the command line does not have.
    #[error("`{}` reads {entry:?}, which is neither a key of `-x` nor `--tag`", file.display())]
    Reads {
        /// The file.
        file: PathBuf,
        /// The entry.
        entry: String,
    },
    /// A Rust file that reads the command line, and whose text is not in the program.
    #[error("`{}` reads the command line, and its text is not in the program: an edit of it could not be seen", file.display())]
    NoText {
        /// The file.
        file: PathBuf,
    },
    /// A SQL file that can not be read as a migration.
    #[error("`{}`, {error}", file.display())]
    Sql {
        /// The file; of a pair, the one with the line.
        file: PathBuf,
        /// What is wrong, with the line.
        error: SqlFileError,
    },
    /// A Rust file that can not be read as one.
    #[error("`{}` can not be read as Rust: {problem}", file.display())]
    NotRust {
        /// The file.
        file: PathBuf,
        /// What the lexer says.
        problem: String,
    },
    /// A Rust file whose place only the compiler can read.
    #[error("`{}` does not write its `{key}` as plain texts", file.display())]
    NotPlain {
        /// The file.
        file: PathBuf,
        /// The key of the declaration.
        key: &'static str,
    },
    /// The header names another database than the folder belongs to.
    #[error(
        "`{}` says that it is for the database `{}`, and lies in the folder of `{folder}`",
        file.display(), shown(database)
    )]
    DatabaseOfFolder {
        /// The file.
        file: PathBuf,
        /// The database in its header.
        database: String,
        /// The database of its folder.
        folder: String,
    },
    /// The header or the folder names a database that the configuration does not have.
    #[error(
        "`{}` is for the database `{}`, which the configuration does not know",
        file.display(), shown(database)
    )]
    UnknownDatabase {
        /// The file.
        file: PathBuf,
        /// The database.
        database: String,
        /// Those that there are.
        known: Vec<String>,
    },
    /// A parent or a dependency in another database.
    #[error(
        "`{}` of the database `{database}` names `{named}` in its `{key}`, which belongs to the database `{other}`: \
         each database has a graph of its own", file.display()
    )]
    AcrossDatabases {
        /// The file.
        file: PathBuf,
        /// Its database.
        database: String,
        /// `parents` or `depends_on`.
        key: &'static str,
        /// What it names.
        named: String,
        /// Whose that is.
        other: String,
    },
    /// The `mod.rs` of a folder makes its files those of another database than the configuration does.
    #[error(
        "`{}` is the folder of the database `{database}`, and its `mod.rs` says `line!(\"{line}\")`", folder.display()
    )]
    LineOfFolder {
        /// The folder.
        folder: PathBuf,
        /// The database that the configuration gives it to.
        database: String,
        /// The line that its `mod.rs` names.
        line: LineName,
        /// The line that it should name.
        expected: LineName,
    },
    /// A database whose folder is not there, and of which nothing is compiled in.
    #[error("the folder `{}` of the database `{database}` is not there, and none of its migrations is compiled in", folder.display())]
    NoFolder {
        /// The folder.
        folder: PathBuf,
        /// The database.
        database: String,
    },
    /// A file that is not UTF-8.
    #[error("`{}` is not UTF-8 text", file.display())]
    NotText {
        /// The file.
        file: PathBuf,
    },
    /// A folder or a file that can not be read.
    #[error("can not read `{}`: {error}", path.display())]
    Unreadable {
        /// The folder or file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
}

impl CatalogError {
    /// A stable name for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::FileName { .. } => "catalog.file_name",
            Self::HalfPair { .. } => "catalog.half_pair",
            Self::StemTwice { .. } => "catalog.stem_twice",
            Self::DuplicateRevision { .. } => "catalog.duplicate_revision",
            Self::Name { .. } => "catalog.name",
            Self::Origin { .. } => "catalog.origin",
            Self::Reads { .. } => "catalog.reads",
            Self::NoText { .. } => "catalog.no_text",
            Self::Sql { .. } => "catalog.sql_file",
            Self::NotRust { .. } => "catalog.not_rust",
            Self::NotPlain { .. } => "catalog.not_plain",
            Self::DatabaseOfFolder { .. } => "catalog.database_of_folder",
            Self::UnknownDatabase { .. } => "catalog.unknown_database",
            Self::AcrossDatabases { .. } => "catalog.across_databases",
            Self::LineOfFolder { .. } => "catalog.line_of_folder",
            Self::NoFolder { .. } => "catalog.no_folder",
            Self::NotText { .. } => "catalog.not_text",
            Self::Unreadable { .. } => "catalog.unreadable",
        }
    }

    /// What to do.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::FileName { .. } => "name it `<stamp>_<slug>.sql`, such as \
                 `2026_11_20_143000_create_posts_table.sql` (the stamp may also be 1 to 18 digits; letters, digits, `_` \
                 and `.` follow), or move it out of the folder"
                .into(),
            Self::HalfPair { missing, .. } => format!(
                "write `{}`, or make it one `.sql` file with `-- migrate:up` and no way back",
                missing.display()
            ),
            Self::StemTwice { second, .. } => {
                format!("remove one of them, or give `{}` another stamp", second.display())
            }
            Self::DuplicateRevision { second, .. } => {
                format!("give `{}` another stamp, or another `revision` in its header", second.display())
            }
            Self::NotRust { file, .. } => format!("mend `{}`: `cargo check` says more", file.display()),
            Self::NotPlain { key: key @ ("revision" | "origin" | "database"), .. } => {
                format!("write it out, such as `{key}: \"name\"`")
            }
            Self::NotPlain { key, .. } => format!("write it out, such as `{key}: [\"name\"]`"),
            Self::Name { error: NameError::Character { name, .. }, .. } if name.contains('/') => {
                let name = shown(name);
                format!("an origin goes to `depends_on`: `{name}`; `parents` takes revisions only")
            }
            Self::Name { error: NameError::Reserved { .. }, .. } => {
                "choose another name; `head`, `heads`, `base`, `current` and `all` are targets".into()
            }
            Self::Name { .. } => {
                "use letters, digits, `_` and `.`, at most 190 of them; several names are separated by commas in \
                 SQL and are several strings in Rust"
                    .into()
            }
            Self::Origin { .. } => "write it as `package/stub`, such as `arvel-auth/create_users_table`".into(),
            Self::Reads { .. } => {
                "a key has letters, digits, `_`, `-` and `.`: `reads: [\"tenant\", \"--tag\"]`; in SQL `-- reads: tenant, --tag`"
                    .into()
            }
            Self::NoText { .. } => {
                "build the program where the compiler can read the file, as cargo does".into()
            }
            Self::Sql { error, .. } => error.hint(),
            Self::DatabaseOfFolder { database, .. } => format!(
                "move it to the folder of `{}`, or take `database` out of its header", shown(database)
            ),
            Self::UnknownDatabase { database, known, .. } => {
                let known_names = || known.iter().map(String::as_str);
                match nearest(database, known_names()).as_slice() {
                    [near, ..] => format!("did you mean `{near}`? The databases are {}", quoted(known)),
                    [] => format!(
                        "the databases are {}; set `url` under `[databases.{}]` in `arvel.toml` to add it",
                        quoted(known),
                        shown(database)
                    ),
                }
            }
            Self::AcrossDatabases { key, other, .. } => format!(
                "take it out of `{key}`; what `{other}` must have first, `db migrate --database {other}` applies first"
            ),
            Self::LineOfFolder { expected, .. } => {
                format!("write `arvel_migrate::line!(\"{expected}\");` in its `mod.rs`, and build")
            }
            Self::NoFolder { folder, database } => format!(
                "`make migration NAME --database {database}` makes it, or `mkdir -p {}`; else mend \
                 `databases.{database}.path` in `arvel.toml`",
                folder.display()
            ),
            Self::NotText { .. } => "save it as UTF-8".into(),
            Self::Unreadable { error, .. } if error.kind() == io::ErrorKind::NotFound => {
                "check `migrations.path` in `arvel.toml`, or `--path`".into()
            }
            Self::Unreadable { .. } => "check that it is a folder and that you may read it".into(),
        })
    }

    /// The exit code of a command that ends with this error: 3 for a database that the configuration does not have, else 4.
    pub fn exit(&self) -> Exit {
        match self {
            Self::UnknownDatabase { .. } => Exit::CONFIGURATION,
            _ => Exit::GRAPH,
        }
    }
}

fn quoted(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
