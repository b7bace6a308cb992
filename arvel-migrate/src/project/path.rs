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
