//! `db create`: makes the database itself.

use arvel_core::Exit;
use clap::Args;

use super::session::Session;
use crate::{
    error::CommandError,
    output::json::{DatabaseBody, Document},
};

/// Create the database
#[derive(Args, Debug)]
#[command(after_help = "Example: db create --url postgres://app@localhost/shop")]
pub struct Create {
    /// Say whether it would be created, and do nothing
    #[arg(long, visible_alias = "pretend")]
    dry_run: bool,
}

impl Create {
    pub async fn run(&self, session: &Session) -> Result<Exit, CommandError> {
        let migrator = session.migrator_without_files()?;
        let exists = migrator.database_exists().await?;
        if !exists && !self.dry_run {
            migrator.create_database().await?;
        }
        let database = session.database();
        session.console.result(match (exists, self.dry_run) {
            (true, _) => format!("the database `{}` exists already", database.database),
            (false, true) => format!("would create the database `{}`; nothing was done", database.database),
            (false, false) => format!("created the database `{}`", database.database),
        });
        let body = DatabaseBody::of(&database, !exists && !self.dry_run, self.dry_run);
        session.console.document(&Document::new("create", body));
        Ok(Exit::DONE)
    }
}
