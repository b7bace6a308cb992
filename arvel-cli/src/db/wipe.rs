//! `db wipe`: drops everything.

use arvel_core::Exit;
use clap::Args;

use super::{
    fresh::{dropped, losses},
    session::Session,
};
use crate::{
    error::CommandError,
    guard::Guarded,
    output::{
        human,
        json::{Document, WipeBody},
    },
};

/// Drop everything of the application's schema
#[derive(Args, Debug)]
#[command(after_help = "Example: db wipe --dry-run")]
pub struct Wipe {
    /// Also the tables of the migrations themselves, with the stamp of the environment
    #[arg(long)]
    all: bool,
    /// Show what would be dropped, and do nothing
    #[arg(long, visible_alias = "pretend")]
    dry_run: bool,
    /// Consent in production
    #[arg(long)]
    force: bool,
}

impl Wipe {
    pub async fn run(&self, session: &Session) -> Result<Exit, CommandError> {
        let migrator = session.migrator_of_existing()?;
        let status = session.status(&migrator).await?;
        let statements = match &status {
            Some(_) => migrator.plan_wipe(self.all).await?,
            None => Vec::new(),
        };
        if self.dry_run {
            human::statements(&session.console, &statements);
            session.console.progress("dry run: nothing was done");
            let body = WipeBody { dropped: statements, dry_run: true };
            session.console.document(&Document::new("wipe", body));
            return Ok(Exit::DONE);
        }
        session.guard(Guarded::Wipe, self.force, status.as_ref(), &losses(session, &statements))?;
        session.listen();
        let done = migrator.wipe(self.all).await?;
        session.console.result(dropped(&done));
        session.console.document(&Document::new("wipe", WipeBody { dropped: done, dry_run: false }));
        Ok(Exit::DONE)
    }
}
