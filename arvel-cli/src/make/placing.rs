//! What `make migration`, `db revision` and `db merge` share: options, the graph of the files, and the writing.
//!
//! The graph is read from the files, so that what was written a second ago counts; what is compiled in is added from
//! other folders. The global `arvel` has nothing compiled in, and says so where that matters.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::Arc,
};

use arvel_migrate::{
    graph::{Graph, Target},
    migration::{
        Catalog, CatalogError, DEFAULT_DATABASE, Dependency, LineName, Migration, Origin, RevisionId,
    },
    project::{
        FileHeader, FolderKind, HistoryStyle, MakeRequest, Making, Place, ProjectFolder, check_place,
        make_migration,
    },
};
use clap::Args;

use super::Work;
use crate::{db::target, editor, error::CommandError, output::json::PlaceBody};

/// The place of a new migration, and what is done with its file.
#[derive(Args, Debug)]
pub struct Options {
    /// Columns: `title:string`, `price:decimal:10,2`, `body:text:null`, `user:references`
    pub fields: Vec<String>,
    /// Create this table, whatever the name says
    #[arg(long, value_name = "T", conflicts_with = "table")]
    pub create: Option<String>,
    /// Change this table, whatever the name says
    #[arg(long, value_name = "T")]
    pub table: Option<String>,
    /// Follow this revision: a head, `label@head`, or `base` for a new root
    #[arg(long, value_name = "R", value_parser = target::text, allow_hyphen_values = true)]
    pub head: Option<String>,
    /// Begin a branch at `--head`, although something follows it
    #[arg(long, requires = "head")]
    pub splice: bool,
    /// Apply this revision, or `package/stub`, before; repeatable
    #[arg(long, value_name = "R", value_parser = target::text, allow_hyphen_values = true)]
    pub depends_on: Vec<String>,
    #[command(flatten)]
    pub file: FileOptions,
}

/// What a new file says of itself, and what is done with it.
#[derive(Args, Debug)]
pub struct FileOptions {
    /// Name the branch that begins here; repeatable
    #[arg(long = "branch-label", visible_alias = "label", value_name = "L")]
    pub labels: Vec<String>,
    /// A revision of your own, instead of the file's name
    #[arg(long, value_name = "R")]
    pub rev_id: Option<String>,
    /// Write a SQL file
    #[arg(long)]
    pub sql: bool,
    /// Use this template; `db list-templates` shows them
    #[arg(long, value_name = "NAME")]
    pub template: Option<String>,
    /// Open the file in `$VISUAL` or `$EDITOR`
    #[arg(long)]
    pub edit: bool,
    /// Show the file, and write nothing
    #[arg(long, visible_alias = "pretend", conflicts_with = "edit")]
    pub dry_run: bool,
}

/// A migration that is wanted.
pub struct Wanted<'a> {
    /// The command's name.
    pub command: &'a str,
    /// The migration's name.
    pub name: String,
    /// One line for people.
    pub description: Option<String>,
    /// The folder, instead of the usual one.
    pub folder: Option<&'a PathBuf>,
}

impl Options {
    fn place(&self) -> Result<Place, CommandError> {
        Ok(Place {
            head: self.head.as_deref().map(Target::parse).transpose()?,
            splice: self.splice,
            labels: self.file.labels.clone(),
            depends_on: self.depends_on.clone(),
            revision: self.file.rev_id.clone(),
        })
    }

    /// Writes the migration.
    pub fn write(&self, work: &Work, wanted: Wanted<'_>) -> Result<(), CommandError> {
        let (place, style) = (self.place()?, work.folders.style()?);
        let of_head = self.folder_of_head(work, &place, wanted.folder)?;
        let destination = folder(work, wanted.folder.or(of_head.as_ref()))?;
        let folder = &destination.folder;
        if !self.file.dry_run {
            work.recover(folder)?;
        }
        let line = folder.line()?;
        // Where nothing is said about its place, nothing is asked about the other files: a broken one stops nobody.
        let graph = match place == Place::default() && style == HistoryStyle::Linear {
            true => None,
            false => Some(graph(work, folder)?),
        };
        if graph.is_none() {
            note_joined(work, folder, &line);
        }
        let header = match &graph {
            Some(graph) => place.header(graph, &line, style).map_err(|error| work.explain(error.into()))?,
            None => FileHeader::default(),
        };
        let header = FileHeader { database: said_database(work, &line), ..header };
        let request = MakeRequest {
            name: wanted.name,
            fields: self.fields.clone(),
            create: self.create.clone(),
            table: self.table.clone(),
            sql: self.file.sql,
            template: self.file.template.clone(),
            merge: false,
            header: FileHeader { description: wanted.description, ..header },
        };
        self.file.write(work, wanted.command, &destination, graph.as_ref(), &request)
    }

    /// The configured folder that the head of `--head` lies in: a branch goes on where it began.
    fn folder_of_head(
        &self,
        work: &Work,
        place: &Place,
        given: Option<&PathBuf>,
    ) -> Result<Option<PathBuf>, CommandError> {
        let Some(head) = place.head.as_ref().filter(|_| given.is_none() && !work.folders.lines.is_empty())
        else {
            return Ok(None);
        };
        let graph = graph(work, &folder(work, None)?.folder)?;
        // What the target does not name is told where the place is looked for.
        let found =
            if head.needs_history() { Vec::new() } else { head.revisions(&graph, &[]).unwrap_or_default() };
        let line = found.first().and_then(|revision| graph.get(revision)).map(|migration| &migration.line);
        Ok(line.and_then(|line| work.folders.lines.get(line.as_str()).cloned()))
    }
}

impl FileOptions {
    /// Checks the place of a migration in the graph, and writes it, shows it, opens it.
    pub fn write(
        &self,
        work: &Work,
        command: &str,
        destination: &Destination,
        graph: Option<&Graph>,
        request: &MakeRequest,
    ) -> Result<(), CommandError> {
        let Destination { folder, way } = destination;
        let names = folder.names()?;
        let making = Making { elsewhere: elsewhere(work, folder)?, ..work.making()? };
        let mut file =
            make_migration(request, &names, making).map_err(|error| work.explain_template(error))?;
        file.name.insert_str(0, way);
        let path = folder.path().join(&file.name);
        let shown = work.folders.shown(&path);
        if let Some(graph) = graph {
            check_place(graph, &file.stem, &folder.line()?, shown.clone(), &file.header)
                .map_err(|error| work.explain(error.into()))?;
        }
        let place = PlaceBody::of(&file);
        if self.dry_run {
            work.would_write(command, folder.path(), &file, Some(place));
            return Ok(());
        }
        let committed = folder.commit(Some(&names), &[file.change()])?;
        work.after_write(std::slice::from_ref(&path))?;
        let opened = match self.edit {
            true => editor::open(&work.console, &[path], std::slice::from_ref(&shown)),
            false => Ok(()),
        };
        opened.map_err(|error| {
            let message = format!("wrote `{}`; {}", shown.display(), error.message);
            CommandError { message, ..error }
        })?;
        work.wrote_at(command, &[(folder.path(), &committed)], Some(place));
        Ok(())
    }
}

/// The files of the other configured folders: their stamps are taken too.
fn elsewhere(work: &Work, folder: &ProjectFolder) -> Result<Vec<String>, CommandError> {
    let mut names = Vec::new();
    for (kind, path) in work.folders.configured() {
        let other = ProjectFolder::open(&work.folders.root, path, kind)?;
        if other.path() != folder.path() {
            names.extend(other.names()?);
        }
    }
    Ok(names)
}

/// The database that the header of a new file names: none where its folder says it, or where it is the default one.
pub fn said_database(work: &Work, line: &LineName) -> Option<String> {
    let named = work.folders.database.clone().filter(|name| name != DEFAULT_DATABASE);
    named.filter(|_| line.database().is_none())
}

/// The database whose graph a new file of a line joins.
fn database_of<'a>(work: &'a Work, line: &'a LineName) -> &'a str {
    line.database().or(work.folders.database.as_deref()).unwrap_or(DEFAULT_DATABASE)
}

/// Refuses a folder of another database than the one that is named, and one whose `mod.rs` contradicts the configuration.
fn check_database(work: &Work, folder: &ProjectFolder) -> Result<(), CommandError> {
    let (line, shown) = (folder.line()?, work.folders.shown(folder.path()));
    let expected = work.folders.line_of(folder.path()).unwrap_or_else(|| line.clone());
    if line.database() != expected.database() {
        let database = expected.database().unwrap_or(DEFAULT_DATABASE).to_owned();
        let error = CatalogError::LineOfFolder { folder: shown, database, line, expected };
        return Err(arvel_migrate::Error::from(error).into());
    }
    let Some(named) = work.folders.database.as_deref() else { return Ok(()) };
    let of_folder = match line.database() {
        Some(database) => database,
        None if line == LineName::default_line() && work.folders.own(named).is_some() => DEFAULT_DATABASE,
        // Its header says whose a file is.
        None => return Ok(()),
    };
    if of_folder == named {
        return Ok(());
    }
    let message =
        format!("`{}` is the folder of the database `{of_folder}`, and not of `{named}`", shown.display());
    Err(CommandError::usage(message).hint("leave `--path` or `--database` out"))
}

/// Says that a file which names no parents joins several heads: where another tool would ask for one.
fn note_joined(work: &Work, folder: &ProjectFolder, line: &LineName) {
    let Ok(graph) = graph(work, folder) else { return };
    let heads = graph.line_heads(line);
    if heads.len() > 1 {
        let names: Vec<String> = heads.iter().map(|head| format!("`{head}`")).collect();
        work.console.progress(format_args!(
            "note: it names no parents, so it follows every earlier migration and joins the heads {}; `--head` names one",
            names.join(", ")
        ));
    }
}

/// Where files are written: the folder whose `mod.rs` lists them, and the way from there into a nested one.
pub struct Destination {
    /// The folder with the list.
    pub folder: ProjectFolder,
    /// What stands before a file's name: `2026/`, or nothing.
    pub way: String,
}

/// The folder written to: a configured one, which is made when it is absent, or one that is there.
pub fn folder(work: &Work, given: Option<&PathBuf>) -> Result<Destination, CommandError> {
    let path = super::chosen(given, &work.folders, work.folders.usual());
    let is_configured = work.folders.configured().iter().any(|(_, known)| *known == path);
    if !is_configured && !path.is_dir() {
        let shown = work.folders.shown(&path);
        return Err(CommandError::usage(format!("there is no folder `{}` to write to", shown.display()))
            .hint(match path.starts_with(work.folders.usual()) {
                true => format!("`mkdir -p {}` makes it", path.display()),
                false => format!(
                    "`mkdir -p {}` makes it; its `mod.rs` must be part of the program, as that of `{}` is",
                    path.display(),
                    work.folders.shown(work.folders.usual()).display()
                ),
            }));
    }
    let (folder, way) = work.folders.listing(&path)?;
    check_database(work, &folder)?;
    Ok(Destination { folder, way })
}

/// The graph of the files of the configured folders and of this one, of what is compiled in from elsewhere, and of what
/// packages run in place: of the database that is named, or that the folder is of.
pub fn graph(work: &Work, folder: &ProjectFolder) -> Result<Graph, CommandError> {
    graph_but(work, folder, None)
}

/// The heads of a folder's line, which published files follow. What is to be published may be what another file waits for,
/// so an origin that nothing carries yet is no obstacle.
pub fn heads(work: &Work, folder: &ProjectFolder) -> Result<Vec<RevisionId>, CommandError> {
    let mut migrations = migrations_but(work, folder, None)?;
    let carried: BTreeSet<Origin> =
        migrations.iter().filter_map(|migration| migration.origin.clone()).collect();
    for migration in &mut migrations {
        let is_there =
            |needed: &Dependency| !matches!(needed, Dependency::Origin(it) if !carried.contains(it));
        migration.depends_on.retain(is_there);
    }
    Ok(graph_of(work, migrations, database_of(work, &folder.line()?))?.line_heads(&folder.line()?))
}

/// The same without the files of a stem.
pub fn graph_but(work: &Work, folder: &ProjectFolder, stem: Option<&str>) -> Result<Graph, CommandError> {
    graph_of(work, migrations_but(work, folder, stem)?, database_of(work, &folder.line()?))
}

fn graph_of(work: &Work, migrations: Vec<Migration>, database: &str) -> Result<Graph, CommandError> {
    let files = Catalog::new(migrations).map_err(arvel_migrate::Error::from)?;
    let catalog = files.in_place(&work.folders.in_place)?.of_database(database);
    let catalog = catalog.map_err(arvel_migrate::Error::from)?;
    Ok(Graph::build(catalog.into_migrations()).map_err(arvel_migrate::Error::from)?)
}

/// What the graph is built of.
fn migrations_but(
    work: &Work,
    folder: &ProjectFolder,
    stem: Option<&str>,
) -> Result<Vec<Migration>, CommandError> {
    let mut files: Vec<Migration> = Vec::new();
    let mut lines: BTreeSet<LineName> = BTreeSet::new();
    let mut folders = Vec::new();
    let database = database_of(work, &folder.line()?).to_owned();
    for (kind, path) in work.folders.configured() {
        // What is in the folder of another database is that one's.
        if matches!(&kind, FolderKind::Migrations { line } if LineName::new(line).database().is_some_and(|of| of != database))
        {
            continue;
        }
        folders.push(ProjectFolder::open(&work.folders.root, path, kind)?);
    }
    let all = work.folders.configured();
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let configured: Vec<PathBuf> = all.iter().map(|(_, path)| real(path)).collect();
    if !configured.iter().any(|known| folder.path().starts_with(known)) {
        folders.push(folder.clone());
    }
    for folder in &folders {
        let line = folder.line()?;
        let read = Catalog::read_files_but(folder.path(), &line, stem, &configured);
        let read = read.map_err(arvel_migrate::Error::from)?;
        files.extend(read.migrations().iter().map(|migration| Migration::clone(migration)));
        lines.extend(read.migrations().iter().map(|migration| migration.line.clone()));
        lines.insert(line);
    }
    let known: BTreeSet<String> =
        files.iter().flat_map(|of| [of.stem.clone(), of.revision.to_string()]).collect();
    let compiled = Catalog::compiled().map_err(arvel_migrate::Error::from)?;
    let elsewhere = compiled.migrations().iter().filter(|migration| {
        let gone = stem == Some(migration.stem.as_str())
            || lines.contains(&migration.line) && file_of(&work.folders.root, migration).is_none();
        !gone && !known.contains(&migration.stem) && !known.contains(migration.revision.as_str())
    });
    files.extend(elsewhere.map(|migration| Migration::clone(migration)));
    Ok(files)
}

/// The file of a migration; a compiled path is relative to where cargo ran: the root, or a folder above it. What runs in
/// place has none in this project, wherever the package lies.
pub fn file_of(root: &Path, migration: &Arc<Migration>) -> Option<PathBuf> {
    let path = migration.path.as_deref().filter(|_| migration.line.package().is_none())?;
    root.ancestors().map(|folder| folder.join(path)).find(|path| path.is_file())
}
