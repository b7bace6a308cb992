//! `make migration`: a new migration file, listed in `mod.rs`.

use std::path::PathBuf;

use clap::Args;

use super::{
    Work,
    placing::{Options, Wanted},
};
use crate::error::CommandError;

/// Write a migration
#[derive(Args, Debug)]
#[command(
    after_help = "Example: make migration create_posts_table title:string body:text:null user:references\n         \
                  make migration add_slug_to_posts_table slug:string:unique\n         \
                  make migration begin_search --head create_posts_table --splice --branch-label search\n         \
                  make migration create_visits_table --database reporting\n\n\
                  The name says the kind: `create_X_table` creates, `add_…_to_X_table` and `remove_…_from_X_table` \
                  change X, anything else starts blank. Fields: `name:type[:arg,…][:modifier]`."
)]
pub struct Migration {
    /// What it does: `create_posts_table`
    name: String,
    #[command(flatten)]
    options: Options,
    /// The database that it is for, of `[databases]`; written to its folder, or said in its header
    #[arg(long, value_name = "NAME")]
    database: Option<String>,
    /// The folder written to, instead of `migrations.path`
    #[arg(long, visible_alias = "version-path", value_name = "DIR")]
    path: Option<PathBuf>,
}

impl Migration {
    pub fn run(&self, work: &Work) -> Result<(), CommandError> {
        let (name, folder) = (self.name.clone(), self.path.as_ref());
        let work = work.for_database(self.database.as_deref())?;
        self.options.write(&work, Wanted { command: "make migration", name, description: None, folder })
    }
}
