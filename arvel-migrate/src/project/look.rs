//! What lies in a folder of the application: its own files, and those of nested folders.

use std::{fs, io, path::Path};

use super::WriteError;
use crate::publish::FileKind;

/// What lies in a folder. Names are relative to it, with `/` between.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Rust and SQL files, sorted.
    pub(super) files: Vec<String>,
    /// The `mod.rs` of nested folders, which are folders of their own.
    pub(super) modules: Vec<String>,
}

/// Looks into a folder, and into nested ones when `deep`. Hidden names are nobody's; links to folders are not followed,
/// since nothing is written through them.
pub(super) fn look(folder: &Path, deep: bool) -> Result<Found, WriteError> {
    let mut found = Found::default();
    let mut open = vec![String::new()];
    while let Some(prefix) = open.pop() {
        let path = if prefix.is_empty() { folder.to_path_buf() } else { folder.join(&prefix) };
        let unreadable = |source| WriteError::Io { doing: "read", path: path.clone(), source };
        let entries = match fs::read_dir(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            entries => entries.map_err(unreadable)?,
        };
        for entry in entries {
            let entry = entry.map_err(unreadable)?;
            let name = entry.file_name();
            let Some(name) = name.to_str().filter(|name| !name.starts_with('.') && *name != "mod.rs") else {
                continue;
            };
            let name = format!("{prefix}{name}");
            if entry.file_type().map_err(unreadable)?.is_dir() {
                match deep {
                    true if entry.path().join("mod.rs").is_file() => {
                        found.modules.push(format!("{name}/mod.rs"));
                    }
                    true => open.push(format!("{name}/")),
                    false => {}
                }
            } else if FileKind::of_name(&name).is_some() {
                found.files.push(name);
            }
        }
    }
    found.files.sort();
    Ok(found)
}
