//! `make seeder`: a new seeder file, listed in `mod.rs`.

use std::path::PathBuf;

use arvel_migrate::project::{FolderKind, ProjectFolder, make_seeder};
use clap::Args;

use super::{Work, chosen};
use crate::error::CommandError;

/// Write a seeder
#[derive(Args, Debug)]
#[command(after_help = "Example: make seeder demo_posts")]
pub struct Seeder {
    /// Its name: `demo_posts`
    name: String,
    /// Show the file, and write nothing
    #[arg(long, visible_alias = "pretend")]
    dry_run: bool,
    /// The folder written to, instead of `seeders.path`
    #[arg(long, value_name = "DIR")]
    path: Option<PathBuf>,
}

impl Seeder {
    pub fn run(&self, work: &Work) -> Result<(), CommandError> {
        let path = chosen(self.path.as_ref(), &work.folders, &work.folders.seeders);
        let folder = ProjectFolder::open(&work.folders.root, &path, FolderKind::Seeders)?;
        if !self.dry_run {
            work.recover(&folder)?;
        }
        let names = folder.names()?;
        let file = make_seeder(&self.name, &names, &work.templates()?)?;
        if self.dry_run {
            work.would_write("make seeder", folder.path(), &file, None);
            return Ok(());
        }
        let committed = folder.commit(Some(&names), &[file.change()])?;
        work.wrote("make seeder", &[(folder.path(), &committed)]);
        Ok(())
    }
}
