//! Which names and folders are ours to write: a name is one plain part of a path, and a folder is where its
//! symbolic links lead.

use std::{
    ffi::OsStr,
    fs, io,
    path::{Component, Path, PathBuf},
};

use super::WriteError;

/// A name is one plain part of a path, or several with `/` between: a file in a nested folder. A nested folder is not
/// hidden, and a hidden file is one of our own, in the folder itself.
pub(super) fn check_name(name: &str) -> Result<(), WriteError> {
    let refuse = |reason| Err(WriteError::BadName { name: name.to_owned(), reason });
    if name.contains('\0') {
        return refuse("it contains a NUL character");
    }
    if name.contains(char::is_control) {
        return refuse("it contains a control character");
    }
    if name.contains(['\\', ':']) {
        return refuse("it contains a separator");
    }
    let is_plain = |part: &str| {
        let mut parts = Path::new(part).components();
        matches!((parts.next(), parts.next()), (Some(Component::Normal(of)), None) if of == OsStr::new(part))
    };
    let nested = name.contains('/');
    match name.split('/').all(|part| is_plain(part) && !(nested && part.starts_with('.'))) {
        true => Ok(()),
        false => refuse("it is not a plain name"),
    }
}

/// What a new name may not be either, so that the project can be checked out on every system.
pub(super) fn check_new_name(name: &str) -> Result<(), WriteError> {
    let refuse = |reason| Err(WriteError::BadName { name: name.to_owned(), reason });
    for part in name.split('/') {
        if part.len() > LONGEST {
            return refuse("it is longer than 200 bytes");
        }
        if part.contains(['"', '<', '>', '|', '?', '*']) {
            return refuse("it contains a character that not every system has in names");
        }
        if part.ends_with(['.', ' ']) || part.starts_with(' ') {
            return refuse("it begins or ends with what not every system keeps");
        }
        if is_device(part) {
            return refuse("it is a device on Windows");
        }
    }
    Ok(())
}

/// Bytes of one part of a new name: there is room for `.bak12` in the 255 of every system.
const LONGEST: usize = 200;

/// Whether a name is one of those that are devices on Windows, whatever their ending is: `CON`, `nul.rs`, `com1.x`.
pub(crate) fn is_device(name: &str) -> bool {
    let word = name.split('.').next().unwrap_or(name).trim_end().to_ascii_uppercase();
    let numbered = ["COM", "LPT"].iter().find_map(|device| word.strip_prefix(device));
    matches!(word.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$")
        || numbered.is_some_and(|n| {
            matches!(n, "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³")
        })
}

/// Whether two names, or the folders of them, are the same but for capitals.
pub(super) fn same_but_for_case(one: &str, other: &str) -> bool {
    let mut parts = one.split('/').zip(other.split('/'));
    let first = parts.find(|(one, other)| one != other);
    first.is_some_and(|(one, other)| one.to_lowercase() == other.to_lowercase())
}

/// Resolves `.` and `..` by the letters of a path.
pub(super) fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                normal.pop();
            }
            other => normal.push(other),
        }
    }
    normal
}

/// The path with every symbolic link of its existing part resolved.
pub(super) fn real(path: &Path) -> Result<PathBuf, WriteError> {
    let failed = |source| WriteError::Io { doing: "find", path: path.to_path_buf(), source };
    let mut missing = Vec::new();
    let mut existing = path;
    loop {
        match fs::symlink_metadata(existing) {
            Ok(_) => break,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let (Some(name), Some(parent)) = (existing.file_name(), existing.parent()) else { break };
                missing.push(name);
                existing = parent;
            }
            Err(error) => return Err(failed(error)),
        }
    }
    let existing = if existing.as_os_str().is_empty() { Path::new(".") } else { existing };
    let mut real = fs::canonicalize(existing).map_err(failed)?;
    real.extend(missing.iter().rev());
    Ok(real)
}
