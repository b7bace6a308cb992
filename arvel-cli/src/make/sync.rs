//! `make sync`: rewrites the lists in `mod.rs` from what lies in the folders.

use arvel_migrate::project::{FolderKind, ProjectFolder, Recovered};
use clap::Args;

use super::Work;
use crate::error::CommandError;

/// Rewrite the lists of migrations and seeders from the files that are there
#[derive(Args, Debug)]
#[command(after_help = "Example: make sync")]
pub struct Sync {}

impl Sync {
    pub fn run(&self, work: &Work) -> Result<(), CommandError> {
        let folders = [
            (&work.folders.migrations, FolderKind::migrations()),
            (&work.folders.seeders, FolderKind::Seeders),
        ];
        let mut written = Vec::new();
        for (path, kind) in folders {
            // A folder that nobody uses is not made.
            if !path.is_dir() {
                continue;
            }
            let folder = ProjectFolder::open(&work.folders.root, path, kind)?;
            let committed = folder.sync()?;
            written.push((folder.path().to_path_buf(), committed));
        }
        for (_, committed) in &written {
            match &committed.recovered {
                Recovered::Nothing => {}
                Recovered::Completed(names) => {
                    work.console.note(format_args!("completed an interrupted write: {}", names.join(", ")));
                }
                Recovered::Removed(names) => work
                    .console
                    .note(format_args!("removed what an interrupted write had left: {}", names.join(", "))),
            }
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
