//! `make sync`: rewrites the lists in `mod.rs` from what lies in the folders.

use arvel_migrate::{
    migration::LineName,
    project::{FolderKind, ProjectFolder},
};
use clap::Args;

use super::Work;
use crate::error::CommandError;

/// Rewrite the lists of migrations and seeders from the files that are there
#[derive(Args, Debug)]
#[command(after_help = "Example: make sync")]
pub struct Sync {}

impl Sync {
    pub fn run(&self, work: &Work) -> Result<(), CommandError> {
        let mut folders = work.folders.configured();
        // A nested folder of another line gets a list of its own before the one around it is made.
        folders.sort_by_key(|(_, path)| std::cmp::Reverse(path.components().count()));
        folders.push((FolderKind::Seeders, &work.folders.seeders));
        let mut written = Vec::new();
        for (kind, path) in folders {
            if let (FolderKind::Migrations { line }, false) = (&kind, path.is_dir())
                && work.folders.lines.contains_key(line)
            {
                let key = match LineName::new(line).database() {
                    Some(database) => format!("databases.{database}.path"),
                    None => format!("migrations.paths.{line}"),
                };
                let shown = work.folders.shown(path);
                work.console.note(format_args!(
                    "note: there is no folder `{}`, which `{key}` names",
                    shown.display()
                ));
            }
            // A folder that nobody uses is not made.
            if !path.is_dir() {
                continue;
            }
            let folder = ProjectFolder::open(&work.folders.root, path, kind)?;
            let committed = folder.sync()?;
            written.push((folder.path().to_path_buf(), committed));
        }
        for told in written.iter().filter_map(|(_, committed)| committed.recovered.told()) {
            work.console.note(told);
        }
        let changed = written.iter().any(|(_, done)| !done.listed.is_empty() || !done.unlisted.is_empty());
        let written: Vec<_> = written.iter().map(|(path, done)| (path.as_path(), done)).collect();
        work.wrote("make sync", &written);
        work.console.result(if changed {
            "the lists are up to date now"
        } else {
            "the lists are up to date"
        });
        Ok(())
    }
}
