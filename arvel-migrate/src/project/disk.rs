//! The one place that touches the disk when a folder is written, so that a test can stop, fail or kill at every
//! single operation of a write.
//!
//! Nothing cleans up behind itself here: what an operation leaves when the next one does not come is what a crash leaves,
//! and there is one way back from both. Refused: reading what is no regular file (a pipe would be waited for for ever), and
//! a new name that takes the place of a file.

use std::{
    fs,
    io::{self, Read as _, Write as _},
    path::Path,
    sync::Arc,
};

/// What is done. Tests count these, and choose one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    /// A folder is looked into.
    Look,
    /// A file is read.
    Read,
    /// A folder is made.
    MakeFolder,
    /// The folder is locked.
    Lock,
    /// A temporary file is begun.
    Begin,
    /// It gets its text.
    Write,
    /// It gets the rights of the file that it will replace.
    Rights,
    /// It is flushed.
    Flush,
    /// It gets a name that nobody has.
    Place,
    /// It gets the name of another file, which is gone then.
    Replace,
    /// A file goes.
    Remove,
    /// An empty folder goes.
    RemoveFolder,
    /// The names of a folder are flushed.
    FlushFolder,
}

/// What is asked before every operation: nobody, but in tests.
pub(super) type Gate = Arc<dyn Fn(Act, &Path) -> io::Result<()> + Send + Sync>;

/// The right to write, for as long as it is held; nothing where folders can not be locked.
pub(super) type Lock = Option<fs::File>;

/// The disk.
#[derive(Clone, Default)]
pub(super) struct Disk {
    pub(super) gate: Option<Gate>,
}

impl std::fmt::Debug for Disk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Disk")
    }
}

impl Disk {
    pub(super) fn pass(&self, act: Act, path: &Path) -> io::Result<()> {
        self.gate.as_ref().map_or(Ok(()), |gate| gate(act, path))
    }

    /// The bytes of a file, at most `limit` of them; `None` when it is not there.
    pub(super) fn read(&self, path: &Path, limit: u64) -> io::Result<Option<Vec<u8>>> {
        self.pass(Act::Read, path)?;
        let found = match fs::metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            found => found?,
        };
        if found.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        if !found.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, NO_FILE));
        }
        let mut bytes = Vec::new();
        fs::File::open(path)?.take(limit).read_to_end(&mut bytes)?;
        Ok(Some(bytes))
    }

    /// The names in a folder.
    pub(super) fn names(&self, folder: &Path) -> io::Result<Vec<std::ffi::OsString>> {
        self.pass(Act::Look, folder)?;
        fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name())).collect()
    }

    pub(super) fn is_folder(&self, path: &Path) -> bool {
        path.is_dir()
    }

    pub(super) fn is_there(&self, path: &Path) -> bool {
        fs::symlink_metadata(path).is_ok()
    }

    pub(super) fn is_link(&self, path: &Path) -> bool {
        fs::symlink_metadata(path).is_ok_and(|found| found.file_type().is_symlink())
    }

    /// Makes a folder; whether it was not there.
    pub(super) fn make_folder(&self, path: &Path) -> io::Result<bool> {
        self.pass(Act::MakeFolder, path)?;
        match fs::create_dir(path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(false),
            made => made.map(|()| true),
        }
    }

    /// Keeps two writers apart. Where folders can not be locked there is no lock.
    pub(super) fn lock(&self, folder: &Path) -> io::Result<Lock> {
        self.pass(Act::Lock, folder)?;
        let Ok(folder) = fs::File::open(folder) else { return Ok(None) };
        match folder.lock() {
            Ok(()) => Ok(Some(folder)),
            Err(error) if error.kind() == io::ErrorKind::Unsupported => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Writes a new file and flushes it, with the rights of another one where there is one.
    pub(super) fn write(&self, path: &Path, bytes: &[u8], like: Option<&Path>) -> io::Result<()> {
        self.pass(Act::Begin, path)?;
        let mut file = fs::File::create_new(path)?;
        self.pass(Act::Write, path)?;
        file.write_all(bytes)?;
        if let Some(like) = like.and_then(|like| fs::metadata(like).ok()) {
            self.pass(Act::Rights, path)?;
            file.set_permissions(like.permissions())?;
        }
        self.pass(Act::Flush, path)?;
        file.sync_all()
    }

    /// Gives a temporary file a name that nobody has.
    pub(super) fn place(&self, temporary: &Path, path: &Path) -> io::Result<()> {
        self.pass(Act::Place, path)?;
        let mut temporary = tempfile::TempPath::try_from_path(temporary)?;
        temporary.disable_cleanup(true);
        temporary.persist_noclobber(path).map_err(|refused| refused.error)
    }

    /// Gives a temporary file the name of another one.
    pub(super) fn replace(&self, temporary: &Path, path: &Path) -> io::Result<()> {
        self.pass(Act::Replace, path)?;
        fs::rename(temporary, path)
    }

    /// Removes a file that may be gone already.
    pub(super) fn remove(&self, path: &Path) -> io::Result<()> {
        self.pass(Act::Remove, path)?;
        match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Removes a folder when nothing is in it.
    pub(super) fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.pass(Act::RemoveFolder, path)?;
        // What is in it, or has taken it away, is not ours to judge.
        let _ = fs::remove_dir(path);
        Ok(())
    }

    /// Makes the names of a folder durable, where folders can be flushed; one that is gone has none.
    pub(super) fn flush(&self, folder: &Path) -> io::Result<()> {
        self.pass(Act::FlushFolder, folder)?;
        if cfg!(not(unix)) {
            return Ok(());
        }
        match fs::File::open(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            folder => folder?.sync_all(),
        }
    }
}

/// What the error says of a pipe, a socket or a device.
const NO_FILE: &str = "it is no regular file";
