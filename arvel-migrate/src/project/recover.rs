//! Ends a write that was interrupted: by the list that it left, and by what `mod.rs` says.
//!
//! Before the commit point it is taken back, behind it completed; being interrupted again changes nothing of that. What
//! somebody changed since (a file with neither its old nor its new text, a link, a folder in its place) is left alone.

use super::{
    ProjectFolder, Recovered, WriteError,
    folder::MODULE,
    former::{former, listing_files, lists_former, moved_back},
    listed_files,
    publishing::{Announced, LIMIT, LIST, Publishing},
    write::TEMPORARY,
};
use crate::publish::Digest;

/// What a file of an interrupted write is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Now {
    Absent,
    Old,
    New,
    /// Somebody else's.
    Other,
}

impl ProjectFolder {
    /// Ends a write that was interrupted: takes it back, or completes it when `mod.rs` was written. A file that has been
    /// changed since is left alone.
    ///
    /// # Errors
    /// [`WriteError`] when the folder can not be read or written.
    pub fn recover(&self) -> Result<Recovered, WriteError> {
        if !self.disk.is_folder(&self.path) {
            return Ok(Recovered::Nothing);
        }
        let _lock = self.lock()?;
        self.end_interrupted()
    }

    pub(super) fn end_interrupted(&self) -> Result<Recovered, WriteError> {
        if !self.disk.is_folder(&self.path) {
            return Ok(Recovered::Nothing);
        }
        self.remove_temporary()?;
        self.refuse_link(LIST)?;
        let Some(list) = self.bytes(LIST, LIMIT)? else { return Ok(Recovered::Nothing) };
        let list = Publishing::read(&list)
            .map_err(|problem| WriteError::List { path: self.path.join(LIST), problem })?;
        self.refuse_link(MODULE)?;
        let module = self.read(MODULE)?;
        let files: Vec<(&Announced, Now)> =
            list.files.iter().map(|file| Ok((file, self.now(file)?))).collect::<Result<_, WriteError>>()?;
        match self.is_committed(&list, module.as_deref(), &files)? {
            true => self.finish(&list).map(Recovered::Completed),
            false => self.take_back(&list, module.as_deref(), &files).map(Recovered::TakenBack),
        }
    }

    fn now(&self, file: &Announced) -> Result<Now, WriteError> {
        if self.refuse_link(&file.name).is_err() {
            return Ok(Now::Other);
        }
        let bytes = match self.bytes(&file.name, u64::MAX) {
            Err(WriteError::NotAFile { .. }) => return Ok(Now::Other),
            bytes => bytes?,
        };
        let Some(digest) = bytes.map(|bytes| Digest::of_bytes(&bytes)) else { return Ok(Now::Absent) };
        Ok(match Some(digest) {
            digest if digest == file.new => Now::New,
            digest if digest == file.old => Now::Old,
            _ => Now::Other,
        })
    }

    /// Whether the interrupted write had reached its commit point.
    fn is_committed(
        &self,
        list: &Publishing,
        module: Option<&str>,
        files: &[(&Announced, Now)],
    ) -> Result<bool, WriteError> {
        if module.is_some_and(lists_former) {
            return Ok(false);
        }
        let Announced { old, new, .. } = &list.module;
        let digest = module.map(|text| Digest::of_bytes(text.as_bytes()));
        if old != new && (digest == *old || digest == *new) {
            return Ok(digest == *new);
        }
        // `mod.rs` stays as it is, or somebody has changed it since: what it lists, and the texts, tell.
        if files.iter().any(|(file, now)| file.is_overwrite() && *now == Now::New) {
            return Ok(true);
        }
        let listed = listed_files(module.unwrap_or(""))
            .map_err(|problem| WriteError::Module { folder: self.path.clone(), problem })?;
        let mut told = files.iter().filter(|(file, _)| file.is_listed() && !file.is_overwrite()).peekable();
        Ok(told.peek().is_some() && told.all(|(file, _)| listed.contains(&file.name) == file.new.is_some()))
    }

    /// Removes what goes, and then what the write had laid down for itself.
    pub(super) fn finish(&self, list: &Publishing) -> Result<Vec<String>, WriteError> {
        for file in list.files.iter().filter(|file| file.new.is_none()) {
            // Another text than the one that was judged is somebody's work.
            if self.now(file)? == Now::Old {
                self.remove(&file.name)?;
            }
        }
        self.tidy(list)?;
        Ok(list.files.iter().filter(|file| file.is_listed()).map(|file| file.name.clone()).collect())
    }

    fn take_back(
        &self,
        list: &Publishing,
        module: Option<&str>,
        files: &[(&Announced, Now)],
    ) -> Result<Vec<String>, WriteError> {
        let mut back = Vec::new();
        let overwritten = files.iter().filter(|(file, now)| file.is_overwrite() && *now == Now::New);
        for (file, _) in overwritten {
            let name = &file.name;
            let Some(text) = self.former_text(file)? else { continue };
            self.replace(&[(self.temporary(name, &text)?, name.clone())])?;
            back.push(name.clone());
        }
        if let Some(text) = module.filter(|text| lists_former(text)) {
            self.write_module(&listing_files(text))?;
        }
        for (file, now) in files.iter().filter(|(file, _)| file.old.is_none()) {
            match now {
                Now::New => self.remove(&file.name)?,
                Now::Absent => self.remove_nested(&file.name)?,
                Now::Old | Now::Other => continue,
            }
            if file.is_listed() && *now == Now::New {
                back.push(file.name.clone());
            }
        }
        // Somebody listed a part of it by now.
        let text = self.read(MODULE)?;
        let lists = |name: &String| text.as_ref().is_some_and(|text| text.contains(&format!("\"{name}\"")));
        if back.iter().any(lists) {
            self.write_module(&self.module(text.as_deref(), |_| {})?.text)?;
        }
        self.tidy(list)?;
        Ok(back)
    }

    /// The old text of an overwritten file; `None` when somebody took it away.
    fn former_text(&self, file: &Announced) -> Result<Option<String>, WriteError> {
        let former = former(&file.name);
        self.refuse_link(&former)?;
        let bytes = self.bytes(&former, u64::MAX)?;
        let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
        let text = text.map(|text| moved_back(&file.name, &text));
        Ok(text.filter(|text| Some(Digest::of_bytes(text.as_bytes())) == file.old))
    }

    fn write_module(&self, text: &str) -> Result<(), WriteError> {
        self.replace(&[(self.temporary(MODULE, text)?, MODULE.to_owned())])
    }

    /// The old texts and, last, the list.
    fn tidy(&self, list: &Publishing) -> Result<(), WriteError> {
        for file in list.files.iter().filter(|file| file.is_overwrite()) {
            let former = former(&file.name);
            // A link that somebody made there is not ours.
            if self.refuse_link(&former).is_ok() {
                self.remove(&former)?;
            }
        }
        self.flush(&list.files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>())?;
        self.remove(LIST)?;
        self.flush(&[""])
    }

    fn remove_temporary(&self) -> Result<(), WriteError> {
        for name in self.disk.names(&self.path).map_err(self.failed("read", ""))? {
            let Some(name) = name.to_str() else { continue };
            let ours = name.starts_with(TEMPORARY.0) && name.ends_with(TEMPORARY.1);
            if ours && !self.disk.is_folder(&self.path.join(name)) {
                self.remove(name)?;
            }
        }
        Ok(())
    }
}
