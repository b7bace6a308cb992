//! From what is written to owned, checked values.

use std::{
    path::{Component, Path, PathBuf},
    sync::Arc,
};

use super::CatalogError;
use crate::migration::{
    Body, Dependency, Label, LineName, Migration, Origin, Parents, Registration, RevisionId, Source, SqlFile,
    SqlFileError, TransactionMode, const_is_valid_stem, sql_file::normalize,
};
use crate::{
    Given,
    dsl::Schema,
    given,
    project::FileHeader,
    publish::{Declaration, plain},
};

impl Migration {
    /// The migration of a registration, stubs included: their revision is their stem.
    ///
    /// # Errors
    /// [`CatalogError`] for a name, a header or a SQL text that can not be used.
    pub fn from_registration(registration: &Registration) -> Result<Self, CatalogError> {
        let stem = registration.stem;
        let line = LineName::new(registration.line);
        let listed = |ending: &str| {
            let folder = |path: &'static str| Path::new(path).parent().unwrap_or(Path::new(""));
            let folder = folder(registration.file).join(folder(registration.listed));
            tidy(&folder.join(format!("{stem}{ending}")))
        };
        match registration.source {
            Source::Rust { up, down } => {
                let transaction = match registration.transaction {
                    None => TransactionMode::PerMigration,
                    Some(true) => TransactionMode::Whole,
                    Some(false) => TransactionMode::None,
                };
                let header = Header {
                    revision: registration.revision.map(str::to_owned),
                    parents: registration.parents.map(owned),
                    depends_on: owned(registration.depends_on),
                    labels: owned(registration.labels),
                    origin: registration.origin.map(str::to_owned),
                };
                let path = tidy(Path::new(registration.file));
                let checked = header.check(stem, &path)?;
                let read = registration.reads;
                let reads = read.map(|read| owned(read.entries)).unwrap_or_default();
                check_reads(&reads, &path)?;
                if read.is_some_and(|read| read.text.is_empty()) {
                    return Err(CatalogError::NoText { file: path });
                }
                Ok(Self {
                    reads,
                    text: read.map(|read| Arc::from(&*normalize(read.text))),
                    database: database(registration.database, &line, &path)?,
                    description: registration.description.map(str::to_owned),
                    up_transaction: transaction,
                    down_transaction: transaction,
                    ..checked.into_migration(stem, line, path, Body::Rust(up), down.map(Body::Rust))
                })
            }
            Source::Sql { text } => sql(stem, line, listed(".sql"), text),
            Source::SqlPair { up, down } => {
                sql_pair(stem, line, (listed(".up.sql"), up), (&listed(".down.sql"), down))
            }
        }
    }
}

/// The migration of one SQL file.
pub(super) fn sql(stem: &str, line: LineName, path: PathBuf, text: &str) -> Result<Migration, CatalogError> {
    let file = SqlFile::parse(text).map_err(|error| CatalogError::Sql { file: path.clone(), error })?;
    of_sql(stem, line, path, text, file)
}

/// The migration of a pair of SQL files.
pub(super) fn sql_pair(
    stem: &str,
    line: LineName,
    (path, up): (PathBuf, &str),
    (down_path, down): (&Path, &str),
) -> Result<Migration, CatalogError> {
    let file = SqlFile::parse_pair(up, down).map_err(|error| match error {
        SqlFileError::InDown(error) => CatalogError::Sql { file: down_path.to_owned(), error: *error },
        error => CatalogError::Sql { file: path.clone(), error },
    })?;
    of_sql(stem, line, path, up, file)
}

fn of_sql(
    stem: &str,
    line: LineName,
    path: PathBuf,
    text: &str,
    file: SqlFile,
) -> Result<Migration, CatalogError> {
    let header = Header {
        revision: file.revision,
        parents: file.parents,
        depends_on: file.depends_on,
        labels: file.labels,
        origin: file.origin,
    };
    let checked = header.check(stem, &path)?;
    check_reads(&file.reads, &path)?;
    Ok(Migration {
        reads: file.reads,
        database: database(file.database.as_deref(), &line, &path)?,
        description: file.description,
        up_transaction: file.up_transaction,
        down_transaction: file.down_transaction,
        text: Some(Arc::from(&*normalize(text))),
        ..checked.into_migration(stem, line, path, Body::Sql(file.up), file.down.map(Body::Sql))
    })
}

/// What the declaration of a Rust file says; `None` for a file without one, which is a module like any other.
pub(super) fn declared(
    stem: &str,
    line: LineName,
    path: PathBuf,
    text: &str,
) -> Result<Option<Migration>, CatalogError> {
    let text = plain(text);
    let Some(declaration) = Declaration::find(&text) else {
        return match text.parse::<proc_macro2::TokenStream>() {
            Ok(_) => Ok(None),
            Err(error) => Err(CatalogError::NotRust { file: path, problem: error.to_string() }),
        };
    };
    if !const_is_valid_stem(stem) {
        return Err(CatalogError::FileName { file: path });
    }
    let (texts, lists) = (["revision", "origin", "database"], ["parents", "depends_on", "labels", "reads"]);
    let hidden = texts
        .into_iter()
        .find(|key| declaration.has(key) && declaration.text(key).is_none())
        .or_else(|| lists.into_iter().find(|key| declaration.has(key) && declaration.list(key).is_none()));
    if let Some(key) = hidden {
        return Err(CatalogError::NotPlain { file: path, key });
    }
    let list = |key| declaration.list(key).map(<[String]>::to_vec);
    let header = Header {
        revision: declaration.text("revision").map(str::to_owned),
        parents: list("parents"),
        depends_on: list("depends_on").unwrap_or_default(),
        labels: list("labels").unwrap_or_default(),
        origin: declaration.text("origin").map(str::to_owned),
    };
    let reads = list("reads").unwrap_or_default();
    check_reads(&reads, &path)?;
    let checked = header.check(stem, &path)?;
    Ok(Some(Migration {
        reads,
        database: database(declaration.text("database"), &line, &path)?,
        description: declaration.text("description").map(str::to_owned),
        ..checked.into_migration(stem, line, path, Body::Rust(unread), None)
    }))
}

/// The database of a file: what its header says, else that of its folder. They may not say different things.
fn database(said: Option<&str>, line: &LineName, file: &Path) -> Result<Option<String>, CatalogError> {
    match (said, line.database()) {
        (Some(said), Some(folder)) if said != folder => Err(CatalogError::DatabaseOfFolder {
            file: file.to_owned(),
            database: said.to_owned(),
            folder: folder.to_owned(),
        }),
        (said, folder) => Ok(said.or(folder).map(str::to_owned)),
    }
}

/// Stands for a body that was not compiled in.
fn unread(_: &mut Schema) {}

impl Migration {
    /// The migration of a file that is to be written: its place, without its bodies.
    ///
    /// # Errors
    /// [`CatalogError`] for names that can not be used.
    pub(crate) fn planned(
        stem: &str,
        line: LineName,
        path: PathBuf,
        header: &FileHeader,
    ) -> Result<Self, CatalogError> {
        let unchecked = Header {
            revision: header.revision.clone(),
            parents: header.parents.clone(),
            depends_on: header.depends_on.clone(),
            labels: header.labels.clone(),
            origin: None,
        };
        let database = database(header.database.as_deref(), &line, &path)?;
        let planned =
            unchecked.check(stem, &path)?.into_migration(stem, line, path, Body::Rust(unread), None);
        Ok(Self { database, ..planned })
    }
}

/// What a header says, unchecked.
struct Header {
    revision: Option<String>,
    parents: Option<Vec<String>>,
    depends_on: Vec<String>,
    labels: Vec<String>,
    origin: Option<String>,
}

/// What a header says, checked.
struct Checked {
    revision: RevisionId,
    parents: Parents,
    depends_on: Vec<Dependency>,
    labels: Vec<Label>,
    origin: Option<Origin>,
}

impl Header {
    fn check(self, stem: &str, file: &Path) -> Result<Checked, CatalogError> {
        let name = |error| CatalogError::Name { file: file.to_owned(), error };
        let origin = |text: &str| {
            text.parse::<Origin>().map_err(|error| CatalogError::Origin { file: file.to_owned(), error })
        };
        let revision = |text: &str| RevisionId::new(text).map_err(name);
        let depends_on = self.depends_on.iter().map(|text| match text.contains('/') {
            true => origin(text).map(Dependency::Origin),
            false => revision(text).map(Dependency::Revision),
        });
        let parents = match self.parents {
            None => Parents::Previous,
            Some(none) if none.is_empty() => Parents::Root,
            Some(some) => Parents::Of(some.iter().map(|text| revision(text)).collect::<Result<_, _>>()?),
        };
        Ok(Checked {
            revision: revision(self.revision.as_deref().unwrap_or(stem))?,
            parents,
            depends_on: depends_on.collect::<Result<_, _>>()?,
            labels: self
                .labels
                .iter()
                .map(|text| Label::new(text).map_err(name))
                .collect::<Result<_, _>>()?,
            origin: self.origin.as_deref().map(origin).transpose()?,
        })
    }
}

impl Checked {
    fn into_migration(
        self,
        stem: &str,
        line: LineName,
        path: PathBuf,
        up: Body,
        down: Option<Body>,
    ) -> Migration {
        Migration {
            revision: self.revision,
            stem: stem.to_owned(),
            line,
            parents: self.parents,
            depends_on: self.depends_on,
            labels: self.labels,
            origin: self.origin,
            in_place: None,
            database: None,
            description: None,
            up,
            down,
            up_transaction: TransactionMode::PerMigration,
            down_transaction: TransactionMode::PerMigration,
            reads: Vec::new(),
            given: Given::default(),
            path: Some(path),
            text: None,
        }
    }
}

/// Keys of `-x`, and `--tag`.
fn check_reads(reads: &[String], file: &Path) -> Result<(), CatalogError> {
    let is_good = |entry: &&String| *entry == given::TAG || given::is_key(entry);
    match reads.iter().find(|entry| !is_good(entry)) {
        Some(entry) => Err(CatalogError::Reads { file: file.to_owned(), entry: entry.clone() }),
        None => Ok(()),
    }
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// The file of a migration, or its revision when it has none.
pub(super) fn file_of(migration: &Migration) -> PathBuf {
    migration.path.clone().unwrap_or_else(|| PathBuf::from(migration.revision.as_str()))
}

/// `src/../database/migrations/1_a.rs`, as `#[path]` makes it, is `database/migrations/1_a.rs`.
pub(crate) fn tidy(path: &Path) -> PathBuf {
    if path.to_str().is_some_and(|text| !text.contains("./") && !text.contains(".\\")) {
        return path.to_owned();
    }
    let mut tidy = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if matches!(tidy.components().next_back(), Some(Component::Normal(_))) => {
                tidy.pop();
            }
            component => tidy.push(component),
        }
    }
    tidy
}
