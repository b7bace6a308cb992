//! Where the migrations of each line and database are, and the catalog of one database.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use arvel_core::{ConfigError, Context};

use super::Settings;
use crate::{
    Error,
    migration::{Catalog, CatalogError, DEFAULT_DATABASE, KnownDatabase, LineName, Migration, Precedence},
    project::{FolderKind, ProjectFolder},
};

/// The shared folder, and those of the other lines: `[migrations.paths]`, and the folders of databases.
pub(super) fn folders(
    context: &Context,
    databases: &[String],
) -> Result<(PathBuf, BTreeMap<String, PathBuf>), ConfigError> {
    let config = context.config();
    let default = match config.get_opt::<String>("databases.default.path")? {
        Some(own) => own,
        None => config.get("migrations.path")?,
    };
    let shared = context.path(default);
    let mut paths: BTreeMap<String, PathBuf> = BTreeMap::new();
    for name in config.keys_under("migrations.paths") {
        let key = format!("migrations.paths.{name}");
        let path = context.path(config.get::<String>(&key)?);
        if let Some(problem) = bad_line(&name) {
            return Err(config.refuse(&key, problem, "such as `search = \"database/search\"`"));
        }
        if let Some((other, _)) = paths.iter().find(|(_, known)| same_folder(known, &path)) {
            let problem = format!("`{other}` has this folder too");
            return Err(config.refuse(&key, problem, "a folder belongs to one line"));
        }
        paths.insert(name, path);
    }
    for name in databases.iter().filter(|name| *name != DEFAULT_DATABASE) {
        let key = format!("databases.{name}.path");
        let Some(path) = config.get_opt::<String>(&key)? else { continue };
        let path = context.path(path);
        let taken = paths.iter().find(|(_, known)| same_folder(known, &path)).map(|(line, _)| line.as_str());
        let taken = taken.or_else(|| same_folder(&shared, &path).then_some(DEFAULT_DATABASE));
        if let Some(line) = taken {
            let whose = match LineName::new(line).database() {
                Some(database) => format!("the database `{database}`"),
                None if line == DEFAULT_DATABASE => format!("the database `{line}`"),
                None => format!("the line `{line}`"),
            };
            let hint = format!(
                "name another folder, or leave `path` out and write `database: \"{name}\"` in the migrations that are its"
            );
            return Err(config.refuse(&key, format!("it is the folder of {whose} already"), hint));
        }
        paths.insert(LineName::of_database(name).to_string(), path);
    }
    Ok((shared, paths))
}

/// Why a name is none of a line.
fn bad_line(name: &str) -> Option<String> {
    if name == LineName::default_line().as_str() {
        return Some("`default` is the line of `migrations.path`".to_owned());
    }
    let good = name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'));
    (!good).then(|| format!("`{name}` is no name of a line"))
}

impl Settings {
    /// The catalog of the database: what is compiled in, in debug builds overlaid with the SQL files of the folders, and
    /// the SQL files of `extra` folders, which are its own unless they say otherwise; and the stubs of packages that run in
    /// place.
    ///
    /// # Errors
    /// What is wrong with the set of migrations.
    pub fn catalog(&self, extra: &[PathBuf]) -> Result<Catalog, Error> {
        let mut catalog = Catalog::compiled()?;
        let configured = self.configured();
        let is_read = |folder: &Path| self.read_folder && folder.is_dir();
        for (line, folder) in configured.iter().filter(|(_, folder)| is_read(folder)) {
            match self.overlaid(&catalog, line, folder) {
                Ok(read) => catalog = read,
                Err(error) if self.is_about(line) => return Err(error.into()),
                // What is wrong in the folder of another database stops that one.
                Err(_) => {}
            }
        }
        for folder in extra {
            if !configured.iter().any(|(_, known)| is_read(known) && same_folder(folder, known)) {
                let read = self.read_extra(folder, &catalog)?;
                catalog = catalog.merge(read, Precedence::Disk)?;
            }
        }
        let catalog = catalog.in_place(&self.in_place)?;
        let known = self.databases.iter().map(|name| KnownDatabase {
            own_folder: self.paths.contains_key(LineName::of_database(name).as_str()),
            name: name.clone(),
        });
        catalog.check_databases(&known.collect::<Vec<_>>())?;
        let catalog = catalog.of_database(&self.name)?;
        // The default one may have none yet: so does every project begin.
        let expected = self.own_path().filter(|_| self.read_folder && !self.is_default() && extra.is_empty());
        match expected.filter(|folder| catalog.is_empty() && !folder.is_dir()) {
            Some(folder) => {
                let (folder, database) = (folder.to_path_buf(), self.name.clone());
                Err(CatalogError::NoFolder { folder, database }.into())
            }
            None => Ok(catalog),
        }
    }

    /// The configured folders with their lines, the shared one first.
    fn configured(&self) -> Vec<(LineName, &Path)> {
        let others = self.paths.iter().map(|(line, path)| (LineName::new(line), path.as_path()));
        std::iter::once((LineName::default_line(), self.migrations_path.as_path())).chain(others).collect()
    }

    /// Whether the migrations of this database can be in the folder of a line.
    #[must_use]
    pub fn is_about(&self, line: &LineName) -> bool {
        match (line.database(), self.is_default()) {
            (Some(database), _) => database == self.name,
            (None, default) => default || self.own_path().is_none(),
        }
    }

    /// A catalog with the SQL files of a folder, whose text counts. What lies in it and is configured itself is left out.
    fn overlaid(&self, catalog: &Catalog, line: &LineName, folder: &Path) -> Result<Catalog, CatalogError> {
        // What can not be read here is told by the commands that write there.
        let kind = FolderKind::Migrations { line: line.to_string() };
        let named = ProjectFolder::open(&self.root, folder, kind).and_then(|folder| folder.line());
        if let Some(named) = named.ok().filter(|named| named.database() != line.database()) {
            let (folder, database) =
                (folder.to_path_buf(), line.database().unwrap_or(DEFAULT_DATABASE).to_owned());
            return Err(CatalogError::LineOfFolder { folder, database, line: named, expected: line.clone() });
        }
        let disk = Catalog::read_folder_except(folder, line, &self.others(folder))?;
        catalog.clone().merge(disk, Precedence::Disk)
    }

    /// The SQL files of a folder that the configuration does not name. What says nothing, and is not compiled in, is for
    /// the database that it is read for.
    fn read_extra(&self, folder: &Path, catalog: &Catalog) -> Result<Catalog, CatalogError> {
        let read = Catalog::read_folder_except(folder, &self.line_of(folder), &self.others(folder))?;
        let compiled: BTreeSet<&str> = catalog.migrations().iter().map(|of| of.stem.as_str()).collect();
        let free = |of: &Migration| of.database.is_none() && !compiled.contains(of.stem.as_str());
        let mine = |of: &Migration| match free(of) && !self.is_default() {
            true => Migration { database: Some(self.name.clone()), ..of.clone() },
            false => of.clone(),
        };
        Catalog::new(read.migrations().iter().map(|migration| mine(migration)).collect())
    }

    /// The configured folders other than this one.
    fn others(&self, folder: &Path) -> Vec<PathBuf> {
        let others = self.configured().into_iter().filter(|(_, other)| !same_folder(other, folder));
        others.map(|(_, other)| other.to_path_buf()).collect()
    }

    /// The line of a folder: that of the configured folder that it is or lies in, the innermost of them; else one of the
    /// folder's own name. A file of another folder does not follow those of a configured one.
    #[must_use]
    pub fn line_of(&self, folder: &Path) -> LineName {
        let folder = real(folder);
        let around = self.configured().into_iter().filter(|(_, path)| folder.starts_with(real(path)));
        match (around.max_by_key(|(_, path)| real(path).components().count()), folder.file_name()) {
            (Some((line, _)), _) => line,
            (None, Some(name)) => LineName::new(&name.to_string_lossy()),
            (None, None) => LineName::default_line(),
        }
    }
}

fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

/// Whether two paths are one folder, after links are followed.
#[must_use]
pub fn same_folder(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => one.components().eq(other.components()),
    }
}
