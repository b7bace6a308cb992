//! Reads the files of a folder: the only place of this module that touches the disk.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
};

use super::{CatalogError, convert};
use crate::{
    migration::{LineName, Migration, const_is_valid_stem},
    project::{SeenOtherwise, line_of, seen_otherwise},
};

/// The files of one stem in one folder.
#[derive(Debug, Default)]
struct Files {
    whole: Option<PathBuf>,
    up: Option<PathBuf>,
    down: Option<PathBuf>,
}

/// What of a folder is read.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
    /// The line of its files; a nested folder whose `mod.rs` names one has that.
    pub(super) line: &'a LineName,
    /// Without the files of this stem.
    pub(super) but: Option<&'a str>,
    /// Without these nested folders, which are configured themselves.
    pub(super) except: &'a [PathBuf],
}

/// The migrations of a folder and of the folders in it, in the order of their paths.
pub(super) fn read(root: &Path, wanted: Wanted<'_>) -> Result<Vec<Migration>, CatalogError> {
    let Wanted { line, but, except } = wanted;
    let mut lines = Lines::new(root, line);
    let mut stems: BTreeMap<(PathBuf, String), Files> = BTreeMap::new();
    let walked = walk(root, "sql", except)?;
    for path in walked.files.iter().cloned() {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let (stem, ending) = split_name(&name);
        if but == Some(stem) {
            continue;
        }
        if !const_is_valid_stem(stem) {
            return Err(CatalogError::FileName { file: path });
        }
        let folder = path.parent().unwrap_or(root).to_owned();
        let files = stems.entry((folder, stem.to_owned())).or_default();
        let place = match ending {
            ".up" => &mut files.up,
            ".down" => &mut files.down,
            _ => &mut files.whole,
        };
        // Only `x.sql` and `x.SQL` can meet here.
        if let Some(first) = place.replace(path.clone()) {
            return Err(CatalogError::StemTwice { first, second: path });
        }
    }
    let read = |((folder, stem), files): ((PathBuf, String), Files)| {
        migration(&stem, &lines.of(&folder), files, &walked)
    };
    stems.into_iter().map(read).collect()
}

/// The lines of the folders below a root: that of the nearest `mod.rs` that names one.
struct Lines<'a> {
    root: &'a Path,
    line: &'a LineName,
    known: BTreeMap<PathBuf, LineName>,
}

impl<'a> Lines<'a> {
    fn new(root: &'a Path, line: &'a LineName) -> Self {
        Self { root, line, known: BTreeMap::new() }
    }

    fn of(&mut self, folder: &Path) -> LineName {
        if folder == self.root || !folder.starts_with(self.root) {
            return self.line.clone();
        }
        if let Some(line) = self.known.get(folder) {
            return line.clone();
        }
        let named = fs::read_to_string(folder.join("mod.rs")).ok().and_then(|text| line_of(&text));
        let line = match (named, folder.parent()) {
            (Some(line), _) => LineName::new(&line),
            (None, Some(parent)) => self.of(parent),
            (None, None) => self.line.clone(),
        };
        self.known.insert(folder.to_path_buf(), line.clone());
        line
    }
}

fn migration(stem: &str, line: &LineName, files: Files, walked: &Walked) -> Result<Migration, CatalogError> {
    let half = |file: PathBuf, ending: &str| {
        let missing = file.with_file_name(format!("{stem}{ending}.sql"));
        Err(CatalogError::HalfPair { file, missing })
    };
    match files {
        Files { whole: Some(first), up: Some(second), .. }
        | Files { whole: Some(first), up: None, down: Some(second) } => {
            Err(CatalogError::StemTwice { first, second })
        }
        Files { whole: Some(path), .. } => {
            let text = walked.text(&path)?;
            convert::sql(stem, line.clone(), path, &text)
        }
        Files { up: Some(up), down: Some(down), .. } => {
            let (up_text, down_text) = (walked.text(&up)?, walked.text(&down)?);
            convert::sql_pair(stem, line.clone(), (up, &up_text), (&down, &down_text))
        }
        Files { up: Some(up), .. } => half(up, ".down"),
        Files { down: Some(down), .. } => half(down, ".up"),
        Files { .. } => Err(CatalogError::FileName { file: PathBuf::from(stem) }),
    }
}

/// The Rust migrations of a folder and of the folders in it, by what their declarations say: without their bodies.
pub(super) fn read_rust(root: &Path, wanted: Wanted<'_>) -> Result<Vec<Migration>, CatalogError> {
    let Wanted { line, but, except } = wanted;
    let mut lines = Lines::new(root, line);
    let mut migrations = Vec::new();
    let walked = walk(root, "rs", except)?;
    for path in walked.files.iter().cloned() {
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        if stem == "mod" || but == Some(stem.as_str()) {
            continue;
        }
        let text = walked.text(&path)?;
        let line = lines.of(path.parent().unwrap_or(root));
        migrations.extend(convert::declared(&stem, line, path, &text)?);
    }
    Ok(migrations)
}

/// `1_a.up.sql` is `1_a` and `.up`.
fn split_name(name: &str) -> (&str, &str) {
    let whole = &name[..name.len().saturating_sub(".sql".len())];
    for ending in [".up", ".down"] {
        if let Some(stem) = whole.strip_suffix(ending) {
            return (stem, ending);
        }
    }
    (whole, "")
}

/// The files below a folder.
#[derive(Default)]
struct Walked {
    files: BTreeSet<PathBuf>,
    /// Where the texts of some are, while a write is interrupted.
    former: BTreeMap<PathBuf, PathBuf>,
}

impl Walked {
    fn text(&self, path: &Path) -> Result<String, CatalogError> {
        read_text(self.former.get(path).map_or(path, PathBuf::as_path))
    }

    /// Leaves out what an interrupted write into a folder has not come to.
    fn mind(&mut self, folder: &Path, seen: Vec<SeenOtherwise>) {
        for SeenOtherwise { name, former } in seen {
            let path = folder.join(name);
            match former {
                Some(former) => drop(self.former.insert(path, folder.join(former))),
                None => drop(self.files.remove(&path)),
            }
        }
    }
}

/// What is said of the files of a folder by the list of an interrupted write; nothing where there is none.
fn interrupted(folder: &Path) -> Vec<SeenOtherwise> {
    let list = folder.join(".publishing");
    if !fs::metadata(&list).is_ok_and(|found| found.is_file()) {
        return Vec::new();
    }
    let module = fs::read_to_string(folder.join("mod.rs")).unwrap_or_default();
    fs::read(list).map(|list| seen_otherwise(&list, &module)).unwrap_or_default()
}

/// The files of an ending below a folder, sorted. Links are followed, each folder is read once.
fn walk(root: &Path, ending: &str, except: &[PathBuf]) -> Result<Walked, CatalogError> {
    let except: Vec<PathBuf> = except.iter().filter_map(|folder| fs::canonicalize(folder).ok()).collect();
    let (mut walked, mut minded) = (Walked::default(), Vec::new());
    let mut seen = BTreeSet::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        let unreadable = |error| CatalogError::Unreadable { path: folder.clone(), error };
        let real = fs::canonicalize(&folder).map_err(unreadable)?;
        let is_another = folder != root && except.contains(&real);
        if is_another || !seen.insert(real) {
            continue;
        }
        minded.push((folder.clone(), interrupted(&folder)));
        for entry in fs::read_dir(&folder).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let path = entry.path();
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with('.') {
                continue;
            }
            let is_ours = path.extension().is_some_and(|of_file| of_file.eq_ignore_ascii_case(ending));
            // Only a link has to be asked where it leads.
            let is_folder = match entry.file_type() {
                Ok(kind) if !kind.is_symlink() => Ok(kind.is_dir()),
                _ => fs::metadata(&path).map(|found| found.is_dir()),
            };
            match is_folder {
                Ok(true) => folders.push(path),
                Ok(_) if is_ours => _ = walked.files.insert(path),
                Err(error) if is_ours => return Err(CatalogError::Unreadable { path, error }),
                // A dangling link, or a file of somebody else.
                _ => {}
            }
        }
    }
    minded.into_iter().for_each(|(folder, seen)| walked.mind(&folder, seen));
    Ok(walked)
}

fn read_text(path: &Path) -> Result<String, CatalogError> {
    fs::read_to_string(path).map_err(|error| match error.kind() {
        io::ErrorKind::InvalidData => CatalogError::NotText { file: path.to_owned() },
        _ => CatalogError::Unreadable { path: path.to_owned(), error },
    })
}
