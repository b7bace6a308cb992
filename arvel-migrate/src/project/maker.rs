//! `make migration` and `make seeder` as functions from words to a file's name and text. Nothing is written here.
//!
//! The name says the kind. Refused: bad names, names that the folder has already, fields without a table, removed
//! fields without a type (the way back could only guess), and fields for a SQL migration.

use std::collections::BTreeMap;

use arvel_core::Exit;
use sha2::{Digest, Sha256};

use super::{
    Change, Field, FieldError, MigrationKind, Naming, NamingError, SlugError, Stamp, Stamps, TemplateError,
    Templates, compose::New, file_stem, render::seeder, slug::slug,
};
use crate::{
    migration::{Label, NameError, Origin, RevisionId, hex, slug_of},
    publish::FileKind,
};

/// What a person asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MakeRequest {
    /// The name, `create_posts_table` or `create posts table`.
    pub name: String,
    /// Fields in the shorthand of [`Field`].
    pub fields: Vec<String>,
    /// `--create T`: the table to create, whatever the name says.
    pub create: Option<String>,
    /// `--table T`: the table to change, whatever the name says.
    pub table: Option<String>,
    /// `--sql`: a SQL file.
    pub sql: bool,
    /// `--template NAME`: another template than that of its kind.
    pub template: Option<String>,
    /// It joins the parents of its header, and does nothing.
    pub merge: bool,
    /// What the file says about its place in the graph.
    pub header: FileHeader,
}

/// How the project makes its files.
#[derive(Clone, Debug, Default)]
pub struct Making {
    /// The moment from which files are stamped; the present one when it is not given.
    pub now: Option<Stamp>,
    /// How files are named.
    pub naming: Naming,
    /// The project's own templates.
    pub templates: Templates,
    /// The names of files in other folders, whose stamps are taken too.
    pub elsewhere: Vec<String>,
}

impl From<Stamp> for Making {
    fn from(now: Stamp) -> Self {
        Self { now: Some(now), ..Self::default() }
    }
}

/// Header data of a new file. Empty parts are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileHeader {
    /// A revision other than the file's stem.
    pub revision: Option<String>,
    /// Parents; an empty list is a root, `None` is what comes before it.
    pub parents: Option<Vec<String>>,
    /// Revisions and origins.
    pub depends_on: Vec<String>,
    /// Names of the branch that begins here.
    pub labels: Vec<String>,
    /// The database that it is for.
    pub database: Option<String>,
    /// One line for people.
    pub description: Option<String>,
    /// Whether it runs in a transaction, where the database can do that.
    pub transaction: bool,
}

impl Default for FileHeader {
    fn default() -> Self {
        Self {
            revision: None,
            parents: None,
            depends_on: Vec::new(),
            labels: Vec::new(),
            database: None,
            description: None,
            transaction: true,
        }
    }
}

impl FileHeader {
    /// Entries of `migration!`.
    pub(super) fn entries(&self) -> Vec<String> {
        let list = |names: &[String]| {
            let names: Vec<String> = names.iter().map(|name| format!("{name:?}")).collect();
            format!("[{}]", names.join(", "))
        };
        let text =
            |key: &str, value: &Option<String>| value.as_ref().map(|value| format!("{key}: {value:?}"));
        let filled =
            |key: &str, names: &[String]| (!names.is_empty()).then(|| format!("{key}: {}", list(names)));
        let entries = [
            text("revision", &self.revision),
            self.parents.as_ref().map(|parents| format!("parents: {}", list(parents))),
            filled("depends_on", &self.depends_on),
            filled("labels", &self.labels),
            text("database", &self.database),
            text("description", &self.description),
            (!self.transaction).then(|| "transaction: false".to_owned()),
        ];
        entries.into_iter().flatten().collect()
    }

    /// Header lines of a SQL file.
    pub(super) fn lines(&self) -> Vec<(&'static str, String)> {
        let filled = |names: &[String]| (!names.is_empty()).then(|| names.join(", "));
        let parents = |parents: &Vec<String>| filled(parents).unwrap_or_else(|| "none".to_owned());
        let lines = [
            ("revision", self.revision.clone()),
            ("parents", self.parents.as_ref().map(parents)),
            ("depends_on", filled(&self.depends_on)),
            ("labels", filled(&self.labels)),
            ("database", self.database.clone()),
            ("description", self.description.clone()),
        ];
        lines.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
    }

    fn check(&self) -> Result<(), MakeError> {
        for revision in self.revision.iter().chain(self.parents.iter().flatten()) {
            RevisionId::new(revision)?;
        }
        for label in &self.labels {
            Label::new(label)?;
        }
        for dependency in self.depends_on.iter().filter(|name| name.parse::<Origin>().is_err()) {
            RevisionId::new(dependency)?;
        }
        let lines = self.database.iter().chain(&self.description);
        match lines.filter(|text| text.contains(['\n', '\r'])).count() {
            0 => Ok(()),
            _ => Err(MakeError::SeveralLines),
        }
    }
}

/// A file that is ready to be written.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct MadeFile {
    /// The file's name.
    pub name: String,
    /// The file's stem: the revision, unless the header names another.
    pub stem: String,
    /// What it is for; `None` for a seeder.
    #[serde(flatten)]
    pub kind: Option<MigrationKind>,
    /// What the file says about its place in the graph.
    #[serde(skip)]
    pub header: FileHeader,
    /// The text.
    #[serde(skip)]
    pub text: String,
}

impl MadeFile {
    /// The change that writes it: see [`ProjectFolder::commit`](super::ProjectFolder::commit).
    #[must_use]
    pub fn change(&self) -> Change {
        Change::Create { name: self.name.clone(), text: self.text.clone() }
    }
}

/// Why nothing is made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MakeError {
    /// A bad name.
    #[error(transparent)]
    Slug(#[from] SlugError),
    /// A field that can not be understood.
    #[error(transparent)]
    Field(#[from] FieldError),
    /// A bad name in the header.
    #[error(transparent)]
    Name(#[from] NameError),
    /// A table name that is none.
    #[error("`{table}` is no table name; letters, digits and `_` are allowed, and `schema.table`")]
    Table {
        /// The name.
        table: String,
    },
    /// Two kinds at once.
    #[error("`--create` and `--table` exclude each other")]
    CreateAndTable,
    /// Fields and no table.
    #[error("fields need a table, and `{name}` names none")]
    FieldsWithoutTable {
        /// The name.
        name: String,
    },
    /// Fields for a SQL file.
    #[error("fields describe Rust migrations; the statements of a SQL one are written by hand")]
    FieldsInSql,
    /// A removed field without a type.
    #[error("the type of `{field}` is needed: the way back adds it again")]
    UntypedRemoval {
        /// The field.
        field: String,
    },
    /// The folder has such a file.
    #[error("`{file}` has this name already")]
    Taken {
        /// The file.
        file: String,
    },
    /// A header text of several lines.
    #[error("a description and a database's name are one line")]
    SeveralLines,
    /// A name by the project's own template for names.
    #[error(transparent)]
    Naming(#[from] NamingError),
    /// A template.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// A name that the folder needs itself.
    #[error("`{name}` is the name of the folder's own file")]
    Reserved {
        /// The name.
        name: String,
    },
}

impl MakeError {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            MakeError::Slug(error) => error.hint(),
            MakeError::Field(error) => error.hint(),
            MakeError::Name(_) => "use letters, digits, `_` and `.`".to_owned(),
            MakeError::Table { .. } => "use a name such as `posts`".to_owned(),
            MakeError::CreateAndTable => "`--create` makes a table, `--table` changes one".to_owned(),
            MakeError::FieldsWithoutTable { .. } => {
                "name it `create_posts_table` or `add_slug_to_posts_table`, or give `--create` or `--table`"
                    .to_owned()
            }
            MakeError::FieldsInSql => "leave out `--sql`, or the fields".to_owned(),
            MakeError::UntypedRemoval { field } => {
                format!("write it as it is in the table, such as `{field}:string`")
            }
            MakeError::Taken { file } => format!("edit `{file}`, or choose another name"),
            MakeError::SeveralLines => "write it in one line".to_owned(),
            MakeError::Naming(error) => error.hint(),
            MakeError::Template(error) => error.hint(),
            MakeError::Reserved { .. } => "choose another name".to_owned(),
        }
    }

    /// A stable name for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            MakeError::Naming(_) => "make.naming",
            MakeError::Template(_) => "make.template",
            _ => "make",
        }
    }

    /// The exit code of a command that ends with it.
    pub fn exit(&self) -> Exit {
        match self {
            MakeError::Naming(_) => Exit::CONFIGURATION,
            MakeError::Template(error) => error.exit(),
            _ => Exit::USAGE,
        }
    }
}

/// What a migration of this slug is for: `create_X_table` creates; `add_…_to_X_table` and `remove_…_from_X_table`
/// change `X`; anything else starts blank.
#[must_use]
pub fn migration_kind(slug: &str) -> MigrationKind {
    let Some(rest) = slug.strip_suffix("_table") else { return MigrationKind::Blank };
    if let Some(table) = rest.strip_prefix("create_").filter(|table| !table.is_empty()) {
        return MigrationKind::Create { table: table.to_owned() };
    }
    let behind = |prefix: &str, word: &str| {
        let (what, table) = rest.strip_prefix(prefix)?.rsplit_once(word)?;
        (!what.is_empty() && !table.is_empty()).then(|| table.to_owned())
    };
    if let Some(table) = behind("add_", "_to_") {
        return MigrationKind::Add { table };
    }
    match behind("remove_", "_from_") {
        Some(table) => MigrationKind::Remove { table },
        None => MigrationKind::Blank,
    }
}

/// A new migration beside the files of a folder, stamped with the first free second from `now` on.
///
/// # Errors
/// [`MakeError`] with the reason; no file is ever a broken one.
pub fn make_migration(
    request: &MakeRequest,
    existing: &[String],
    making: impl Into<Making>,
) -> Result<MadeFile, MakeError> {
    let making: Making = making.into();
    let slug = slug(&request.name)?;
    request.header.check()?;
    if let Some(file) = existing.iter().find(|name| slug_of(file_stem(name)) == slug) {
        return Err(MakeError::Taken { file: file.clone() });
    }
    let kind = match (&request.create, &request.table) {
        (None, None) if request.merge => MigrationKind::Merge,
        (Some(_), Some(_)) => return Err(MakeError::CreateAndTable),
        (Some(table), None) => MigrationKind::Create { table: table_name(table)? },
        (None, Some(table)) if slug.starts_with("remove_") => {
            MigrationKind::Remove { table: table_name(table)? }
        }
        (None, Some(table)) => MigrationKind::Add { table: table_name(table)? },
        (None, None) => migration_kind(&slug),
    };
    let fields = Field::parse_all(&request.fields)?;
    if !fields.is_empty() && request.sql {
        return Err(MakeError::FieldsInSql);
    }
    if !fields.is_empty() && matches!(kind, MigrationKind::Blank | MigrationKind::Merge) {
        return Err(MakeError::FieldsWithoutTable { name: slug });
    }
    if matches!(kind, MigrationKind::Remove { .. })
        && let Some(field) = fields.iter().find(|field| !field.typed && !is_fixed(field))
    {
        return Err(MakeError::UntypedRemoval { field: field.name.clone() });
    }
    // Later than what it names, so that a list by name reads as the graph runs.
    let named = request.header.parents.iter().flatten().chain(&request.header.depends_on);
    let floor = named.filter_map(|revision| Stamp::of_stem(revision)).max();
    let naming = &making.naming;
    let stems: Vec<&str> = existing.iter().chain(&making.elsewhere).map(|name| file_stem(name)).collect();
    let now = making.now.unwrap_or_else(|| naming.now());
    let stamp = Stamps::named(naming, now, stems.iter().copied()).after(floor);
    let mut header = request.header.clone();
    if naming.has_revision() && header.revision.is_none() {
        header.revision = Some(new_revision(stamp, &slug));
    }
    let name = naming.name(stamp, &slug, header.revision.as_deref().unwrap_or_default());
    let stem = file_stem(&format!("{name}.rs")).to_owned();
    naming.check_order(&stem, &existing.iter().map(|name| file_stem(name)).collect::<Vec<_>>())?;
    RevisionId::new(&stem)?;
    let new = New { slug, stem, stamp, kind, fields, header };
    let (file, text) = new.text(request, &making.templates)?;
    let New { stem, kind, header, .. } = new;
    Ok(MadeFile { name: format!("{name}.{}", file.ending()), stem, kind: Some(kind), header, text })
}

/// A revision for names that hold one, as short as Alembic's.
pub(crate) fn new_revision(stamp: Stamp, slug: &str) -> String {
    hex(&Sha256::digest(format!("{stamp}_{slug}").as_bytes())).chars().take(12).collect()
}

/// A new seeder beside the files of a folder.
///
/// # Errors
/// [`MakeError`] with the reason.
pub fn make_seeder(name: &str, existing: &[String], templates: &Templates) -> Result<MadeFile, MakeError> {
    let stem = slug(name)?;
    let name = format!("{stem}.rs");
    if stem == "mod" {
        return Err(MakeError::Reserved { name });
    }
    if existing.contains(&name) {
        return Err(MakeError::Taken { file: name });
    }
    let text = match templates.find("seeder", FileKind::Rust) {
        Some(own) => templates.seeder(own, BTreeMap::from([("name".to_owned(), stem.clone())]))?,
        None => seeder(&stem),
    };
    Ok(MadeFile { text, name, stem, kind: None, header: FileHeader::default() })
}

fn is_fixed(field: &Field) -> bool {
    matches!(field.kind, super::FieldKind::Fixed { .. })
}

fn table_name(table: &str) -> Result<String, MakeError> {
    let part = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    };
    let good = table.split('.').count() <= 2 && table.split('.').all(part);
    if good { Ok(table.to_owned()) } else { Err(MakeError::Table { table: table.to_owned() }) }
}

#[cfg(test)]
#[path = "maker_tests.rs"]
mod tests;
