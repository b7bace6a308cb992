//! `db drop`: drops the database itself.

use arvel_core::Exit;
use clap::Args;

use super::session::Session;
use crate::{
    error::CommandError,
    guard::Guarded,
    output::json::{DatabaseBody, Document},
};

/// Drop the database with everything in it
#[derive(Args, Debug)]
#[command(after_help = "Example: db drop --dry-run")]
pub struct Drop {
    /// Say whether it would be dropped, and do nothing
    #[arg(long, visible_alias = "pretend")]
    dry_run: bool,
    /// Consent in production
    #[arg(long)]
    force: bool,
}

impl Drop {
    pub async fn run(&self, session: &Session) -> Result<Exit, CommandError> {
        let migrator = session.migrator_without_files()?;
        let exists = migrator.database_exists().await?;
        let database = session.database();
        if !self.dry_run {
            let status = if exists { session.status(&migrator).await? } else { None };
            let losses = [format!("the whole database `{}`", database.database)];
            session.guard(Guarded::Drop, self.force, status.as_ref(), &losses)?;
            if exists {
                migrator.drop_database().await?;
            }
        }
        session.console.result(match (exists, self.dry_run) {
            (false, _) => format!("there is no database `{}`", database.database),
            (true, true) => format!("would drop the database `{}`; nothing was done", database.database),
            (true, false) => format!("dropped the database `{}`", database.database),
        });
        let body = DatabaseBody::of(&database, exists && !self.dry_run, self.dry_run);
        session.console.document(&Document::new("drop", body));
        Ok(Exit::DONE)
    }
}
