//! The project's own templates, read from their folder.

use std::{
    fs,
    path::{Path, PathBuf},
};

use arvel_core::Exit;
use arvel_migrate::{project::OwnTemplate, publish::FileKind};

use super::{Folders, folders::TEMPLATES};
use crate::error::CommandError;

/// The project's folder of templates.
pub fn folder(folders: &Folders) -> Result<PathBuf, CommandError> {
    Ok(folders.root.join(folders.making()?.templates.as_deref().unwrap_or(TEMPLATES)))
}

/// The templates of the project's folder, sorted. The usual folder may be absent; one that is configured must be there.
pub fn read(folders: &Folders) -> Result<Vec<OwnTemplate>, CommandError> {
    let folder = folder(folders)?;
    if !folder.is_dir() {
        return match folders.making()?.templates.is_some() {
            false => Ok(Vec::new()),
            true => Err(broken(format!(
                "`migrations.templates` is `{}`, and there is no such folder",
                folders.shown(&folder).display()
            ))
            .hint("make the folder, or take the key out of `arvel.toml`")),
        };
    }
    let unreadable = |path: &Path| {
        let shown = folders.shown(path);
        move |error| {
            broken(format!("can not read `{}`: {error}", shown.display()))
                .hint("save it as UTF-8 text that you may read")
        }
    };
    let mut own = Vec::new();
    for entry in fs::read_dir(&folder).map_err(unreadable(&folder))? {
        let path = entry.map_err(unreadable(&folder))?.path();
        let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let Some(kind) = FileKind::of_name(&file).filter(|_| !file.starts_with('.') && path.is_file()) else {
            continue;
        };
        let text = fs::read_to_string(&path).map_err(unreadable(&path))?;
        own.push(OwnTemplate { name, kind, text, path: folders.shown(&path) });
    }
    own.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(own)
}

fn broken(message: String) -> CommandError {
    CommandError::new(Exit::CONFIGURATION, "make.template", message)
}
