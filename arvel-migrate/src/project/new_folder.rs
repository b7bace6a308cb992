//! Writes files that are not there yet: one by itself, or a folder with everything in it at once.
//!
//! A folder is made beside its place, under a hidden name, and renamed when all of it is on the disk: a crash leaves the place as
//! it was. Refused: a place that holds anything, and one that is a symbolic link.

use std::{
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

use super::{NewPackageError, WriteError};

/// A file of a folder that is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NewFile {
    /// Its path in the folder, with `/` between.
    pub(super) path: String,
    /// Its text.
    pub(super) text: String,
}

/// A new file; one that somebody else made meanwhile is not written over.
pub(super) fn create(path: &Path, text: &str) -> Result<(), WriteError> {
    let write = || {
        let mut file = fs::File::create_new(path)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    };
    write().map_err(|source| WriteError::Io { doing: "write", path: path.to_path_buf(), source })
}

/// Whether a folder may be written: it is not there, or it is empty.
pub(super) fn check_folder(folder: &Path) -> Result<(), NewPackageError> {
    match fs::symlink_metadata(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(source) => Err(failed("read", folder, source)),
        Ok(found) if found.file_type().is_symlink() => {
            Err(WriteError::Link { path: folder.to_path_buf() }.into())
        }
        Ok(found) if !found.is_dir() => Err(occupied(folder)),
        Ok(_) => {
            let mut entries = fs::read_dir(folder).map_err(|source| failed("read", folder, source))?;
            if entries.next().is_some() { Err(occupied(folder)) } else { Ok(()) }
        }
    }
}

/// Writes a folder that is not there, or is empty: all of it or nothing.
pub(super) fn write_folder(folder: &Path, files: &[NewFile]) -> Result<(), NewPackageError> {
    check_folder(folder)?;
    let (parent, existed) = parent(folder)?;
    let written = write_beside(folder, &parent, files);
    if written.is_err() && !existed {
        // What was made on the way goes again, as far as it is empty.
        let _ = fs::remove_dir(&parent);
    }
    written
}

fn write_beside(folder: &Path, parent: &Path, files: &[NewFile]) -> Result<(), NewPackageError> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".arvel-").suffix(".tmp");
    // A folder of a project may be read as the user's umask says, not by its owner alone as temporary ones are.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
    let made = builder.tempdir_in(parent).map_err(|source| failed("write to", parent, source))?;
    for file in files {
        let path = made.path().join(&file.path);
        if let Some(around) = path.parent() {
            fs::create_dir_all(around).map_err(|source| failed("make", around, source))?;
        }
        create(&path, &file.text)?;
    }
    flush(made.path()).map_err(|source| failed("flush", folder, source))?;
    // An empty folder gives way; one that has been filled since does not.
    match fs::remove_dir(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(occupied(folder)),
        _ => {}
    }
    fs::rename(made.path(), folder).map_err(|source| failed("write", folder, source))?;
    // It is no longer where it would be removed.
    let _ = made.keep();
    flush(parent).map_err(|source| failed("flush", parent, source))
}

/// The folder around a folder, made where it is absent, and whether it was there.
fn parent(folder: &Path) -> Result<(PathBuf, bool), NewPackageError> {
    let parent = match folder.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        Some(_) => Path::new("."),
        None => return Err(occupied(folder)),
    };
    let existed = parent.exists();
    fs::create_dir_all(parent).map_err(|source| failed("make", parent, source))?;
    Ok((parent.to_path_buf(), existed))
}

fn flush(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { fs::File::open(folder)?.sync_all() } else { Ok(()) }
}

fn occupied(folder: &Path) -> NewPackageError {
    NewPackageError::Occupied { path: folder.to_path_buf() }
}

fn failed(doing: &'static str, path: &Path, source: io::Error) -> NewPackageError {
    let path = path.to_path_buf();
    match source.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem if doing != "read" => {
            WriteError::ReadOnly { path, source }.into()
        }
        _ => WriteError::Io { doing, path, source }.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files() -> Vec<NewFile> {
        ["a.txt", "src/b.txt"].map(|path| NewFile { path: path.to_owned(), text: path.to_owned() }).into()
    }

    fn left(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_folder_is_written_where_nothing_is() {
        let home = tempfile::tempdir().unwrap();
        for place in ["new", "empty", "a/b/new"] {
            let folder = home.path().join(place);
            if place == "empty" {
                fs::create_dir(&folder).unwrap();
            }
            write_folder(&folder, &files()).unwrap();
            assert_eq!(left(&folder), ["a.txt", "src"]);
            assert_eq!(fs::read_to_string(folder.join("src/b.txt")).unwrap(), "src/b.txt");
        }
        assert_eq!(left(home.path()), ["a", "empty", "new"], "nothing temporary is left");
    }

    #[test]
    fn what_holds_anything_is_refused_and_left_as_it_was() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("full");
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join(".hidden"), "").unwrap();
        fs::write(home.path().join("file"), "").unwrap();
        for place in ["full", "file"] {
            let answer = write_folder(&home.path().join(place), &files());
            assert!(matches!(answer, Err(NewPackageError::Occupied { .. })), "{answer:?}");
        }
        assert_eq!(
            (left(home.path()), left(&folder)),
            (vec!["file".to_owned(), "full".to_owned()], vec![".hidden".to_owned()])
        );
    }

    #[test]
    #[cfg(unix)]
    fn a_link_is_not_written_through() {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join("real")).unwrap();
        std::os::unix::fs::symlink(home.path().join("real"), home.path().join("link")).unwrap();
        let answer = write_folder(&home.path().join("link"), &files());
        assert!(matches!(answer, Err(NewPackageError::Write(WriteError::Link { .. }))), "{answer:?}");
        assert_eq!(left(&home.path().join("real")), [""; 0]);
    }

    #[test]
    fn nothing_is_left_of_a_write_that_fails() {
        let home = tempfile::tempdir().unwrap();
        let mut files = files();
        // A file where a folder would be.
        files.push(NewFile { path: "a.txt/c".to_owned(), text: String::new() });
        let answer = write_folder(&home.path().join("x/new"), &files);
        assert!(matches!(answer, Err(NewPackageError::Write(_))), "{answer:?}");
        assert_eq!(left(home.path()), [""; 0]);
    }
}
