//! How packages stand in the folder of a database, read as sparingly as it can be: `db status` and every start ask.
//!
//! A file that the program has compiled, and that has no origin, is not opened: it is nobody's but yours. Without the folder,
//! or in a release build, nothing is read at all.

use std::collections::{BTreeMap, HashSet};

use super::Settings;
use crate::{
    history::Remembered,
    migration::{Migration, Origin},
    project::{FolderKind, ProjectFolder, WriteError, file_stem},
    publish::{
        AppliedOrigins, BundleError, ExistingFile, Found, PackageState, PlanError, bundled, package_states,
    },
};

/// Why it is not known how packages stand.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PackagesError {
    /// A package's stubs.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// A stub that is no migration.
    #[error(transparent)]
    Stub(#[from] PlanError),
    /// The folder can not be read.
    #[error(transparent)]
    Read(#[from] WriteError),
}

impl Settings {
    /// How the packages that the program links stand in the folder of this database. `migrations` are the program's, and
    /// `answers` what databases remember.
    ///
    /// # Errors
    /// [`PackagesError`] with the reason.
    pub fn packages(
        &self,
        migrations: &[&Migration],
        answers: &[Remembered],
    ) -> Result<Vec<PackageState>, PackagesError> {
        let bundled = bundled()?;
        if bundled.is_empty() {
            return Ok(Vec::new());
        }
        let files = self.published_files(migrations)?;
        let mut applied = AppliedOrigins::of(answers, true, files.as_deref().unwrap_or_default());
        let with_origin = migrations.iter().filter_map(|of| Some((*of, of.origin.as_ref()?)));
        if let AppliedOrigins::Known(origins) = &mut applied {
            let ran = |of: &Migration| answers.iter().any(|answer| answer.revisions.contains(&of.revision));
            origins.extend(with_origin.clone().filter(|(of, _)| ran(of)).map(|(_, origin)| origin.clone()));
        }
        // Of the folder that was read the files count: what was removed since may still be compiled in.
        let read = files.is_some().then(|| self.line_of(self.folder()));
        let compiled: BTreeMap<Origin, String> = with_origin
            .filter(|(of, _)| read.as_ref() != Some(&of.line) && of.line.package().is_none())
            .map(|(of, origin)| {
                let path = of.path.as_ref().map(|path| path.display().to_string());
                (origin.clone(), path.unwrap_or_else(|| of.stem.clone()))
            })
            .collect();
        let found = Found { files: files.as_deref(), compiled: &compiled };
        Ok(package_states(&bundled, found, &applied, &self.in_place.iter().cloned().collect())?)
    }

    /// The files of the folder that may be published ones; `None` where no folder is read.
    fn published_files(&self, migrations: &[&Migration]) -> Result<Option<Vec<ExistingFile>>, WriteError> {
        let path = self.folder();
        if !self.read_folder {
            return Ok(None);
        }
        let kind = FolderKind::Migrations { line: self.line_of(path).to_string() };
        let folder = ProjectFolder::open(&self.root, path, kind)?;
        if !folder.exists() {
            return Ok(None);
        }
        let own: HashSet<&str> = migrations
            .iter()
            .filter(|migration| migration.origin.is_none())
            .map(|migration| migration.stem.as_str())
            .collect();
        let mut files = Vec::new();
        for name in folder.names()?.into_iter().filter(|name| !own.contains(file_stem(name))) {
            if let Some(text) = folder.read(&name)? {
                files.extend(ExistingFile::read(&name, &text));
            }
        }
        Ok(Some(files))
    }
}
