//! `make migration`: a new migration file, listed in `mod.rs`.

use std::path::PathBuf;

use arvel_migrate::project::{FileHeader, FolderKind, MakeRequest, ProjectFolder, Stamp, make_migration};
use clap::Args;

use super::{Work, chosen};
use crate::error::CommandError;

/// Write a migration
#[derive(Args, Debug)]
#[command(
    after_help = "Example: make migration create_posts_table title:string body:text:null user:references\n         \
                  make migration add_slug_to_posts_table slug:string:unique\n\n\
                  The name says the kind: `create_X_table` creates, `add_…_to_X_table` and `remove_…_from_X_table` \
                  change X, anything else starts blank. Fields: `name:type[:arg,…][:modifier]`."
)]
pub struct Migration {
    /// What it does: `create_posts_table`
    name: String,
    /// Columns: `title:string`, `price:decimal:10,2`, `body:text:null`, `user:references`
    fields: Vec<String>,
    /// Create this table, whatever the name says
    #[arg(long, value_name = "T", conflicts_with = "table")]
    create: Option<String>,
    /// Change this table, whatever the name says
    #[arg(long, value_name = "T")]
    table: Option<String>,
    /// Write a SQL file
    #[arg(long)]
    sql: bool,
    /// Show the file, and write nothing
    #[arg(long, visible_alias = "pretend")]
    dry_run: bool,
    /// The folder written to, instead of `migrations.path`
    #[arg(long, value_name = "DIR")]
    path: Option<PathBuf>,
}

impl Migration {
    pub fn run(&self, work: &Work) -> Result<(), CommandError> {
        let request = MakeRequest {
            name: self.name.clone(),
            fields: self.fields.clone(),
            create: self.create.clone(),
            table: self.table.clone(),
            sql: self.sql,
            header: FileHeader::default(),
        };
        let path = chosen(self.path.as_ref(), &work.folders, &work.folders.migrations);
        let folder = ProjectFolder::open(&work.folders.root, &path, FolderKind::migrations())?;
        let names = folder.names()?;
        let file = make_migration(&request, &names, Stamp::now())?;
        if self.dry_run {
            work.would_write("make migration", folder.path(), &file);
            return Ok(());
        }
        let committed = folder.commit(Some(&names), &[file.change()])?;
        work.wrote("make migration", &[(folder.path(), &committed)]);
        Ok(())
    }
}
