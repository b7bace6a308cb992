//! The built-in templates as files of the project: `db publish --stubs`. A file that is there is its owner's, and kept.

use std::{collections::BTreeMap, io, path::Path};

use serde::Serialize;

use super::{Committed, FolderKind, ProjectFolder, TEMPLATES, Template, WriteError};
use crate::publish::plain;

/// How a built-in template and the project's folder stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TemplateState {
    /// The project has no file of it.
    New,
    /// The project's file is the built-in one.
    Identical,
    /// The project's file says something else.
    Edited,
}

/// What happens to one template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TemplateFile {
    /// The template.
    pub name: &'static str,
    /// Its file, in the folder of templates.
    pub file: String,
    /// How things stand.
    pub state: TemplateState,
    /// Whether it is written.
    pub written: bool,
    /// The text that is there now.
    #[serde(skip)]
    pub current: Option<String>,
    /// The built-in text.
    #[serde(skip)]
    pub text: &'static str,
}

impl Template {
    /// The name of its file: `create.rs`.
    #[must_use]
    pub fn file(&self) -> String {
        format!("{}.{}", self.name, self.kind().ending())
    }
}

/// Decides about every built-in template. `there` are the texts of the folder's files by name; with `force` an edited one is
/// overwritten. Pure.
#[must_use]
pub fn plan_templates(there: &BTreeMap<String, String>, force: bool) -> Vec<TemplateFile> {
    let of = |template: &Template| {
        let file = template.file();
        let current = there.get(&file).cloned();
        let state = match &current {
            None => TemplateState::New,
            Some(text) if plain(text) == template.text() => TemplateState::Identical,
            Some(_) => TemplateState::Edited,
        };
        let written = state == TemplateState::New || (force && state == TemplateState::Edited);
        TemplateFile { name: template.name, file, state, written, current, text: template.text() }
    };
    TEMPLATES.iter().map(of).collect()
}

/// Writes what was decided, each file for itself: a template needs no other one. An overwritten file is saved beside it.
///
/// # Errors
/// [`WriteError`]: a folder that a link leads out of the project, a file that changed meanwhile, and what the system refuses.
pub fn write_templates(root: &Path, folder: &Path, files: &[TemplateFile]) -> Result<Committed, WriteError> {
    let mut done = Committed::default();
    if !files.iter().any(|file| file.written) {
        return Ok(done);
    }
    let folder = ProjectFolder::open(root, folder, FolderKind::Seeders)?;
    folder.make()?;
    let _lock = folder.lock()?;
    for file in files.iter().filter(|file| file.written) {
        folder.refuse_link(&file.file)?;
        if folder.read(&file.file)? != file.current {
            return Err(folder.changed(&file.file));
        }
        match &file.current {
            None => {
                create(&folder, &file.file, file.text)?;
                done.created.push(file.file.clone());
            }
            Some(current) => {
                let (backup, fresh) = folder.backup(&file.file, current)?;
                if fresh {
                    create(&folder, &backup, current)?;
                }
                let temporary = folder.temporary(&file.file, file.text)?;
                folder.replace(&[(temporary, file.file.clone())])?;
                done.overwritten.push((file.file.clone(), backup));
            }
        }
    }
    folder.flush(&[""])?;
    Ok(done)
}

/// A file under a name that nobody has.
fn create(folder: &ProjectFolder, name: &str, text: &str) -> Result<(), WriteError> {
    let temporary = folder.temporary(name, text)?;
    let placed = folder.disk.place(&temporary, &folder.path.join(name)).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => folder.changed(name),
        _ => folder.failed("write", name)(error),
    });
    if placed.is_err() {
        let _ = folder.disk.remove(&temporary);
    }
    placed
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn read(folder: &Path) -> BTreeMap<String, String> {
        let entries = fs::read_dir(folder).into_iter().flatten();
        let file = |entry: io::Result<fs::DirEntry>| {
            let path = entry.unwrap().path();
            (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(path).unwrap())
        };
        entries.map(file).collect()
    }

    #[test]
    fn what_is_there_is_kept_and_force_keeps_a_backup() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("database/templates");
        let publish = |force: bool| {
            let plan = plan_templates(&read(&folder), force);
            write_templates(home.path(), &folder, &plan).unwrap()
        };
        assert_eq!(publish(false).created.len(), TEMPLATES.len());
        assert_eq!(publish(true), Committed::default(), "the second time nothing is written");
        fs::write(folder.join("create.rs"), "mine").unwrap();
        assert_eq!(publish(false), Committed::default());
        let done = publish(true);
        assert_eq!(done.overwritten, [("create.rs".to_owned(), "create.rs.bak".to_owned())]);
        let files = read(&folder);
        assert_eq!(files["create.rs.bak"], "mine");
        assert_eq!(files.len(), TEMPLATES.len() + 1, "nothing else is left behind");
    }
}
