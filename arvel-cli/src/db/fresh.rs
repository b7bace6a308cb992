//! `db fresh`: drops everything and applies every migration.

use arvel_core::Exit;
use clap::Args;

use super::{seeding::Seeding, session::Session};
use crate::{
    error::CommandError,
    guard::Guarded,
    output::human::{self, count},
};

/// Drop everything of the application's schema and apply every migration
#[derive(Args, Debug)]
#[command(after_help = "Example: db fresh --seed")]
pub struct Fresh {
    #[command(flatten)]
    pub(super) seeding: Seeding,
    /// Show what would be dropped and applied, and do nothing
    #[arg(long, visible_alias = "pretend")]
    dry_run: bool,
    /// Consent in production
    #[arg(long)]
    force: bool,
}

impl Fresh {
    pub async fn run(&self, session: &Session) -> Result<Exit, CommandError> {
        self.seeding.check(session)?;
        let migrator = session.migrator()?;
        if self.dry_run {
            let report = migrator.dry_run_fresh().await?;
            human::statements(&session.console, &report.dropped);
            session.tell_given();
            human::script(&session.console, &report.up);
            human::would(&session.console, &report.up);
            session.document_of("fresh", &[&report.up], Some(report.dropped.clone()), None);
            return Ok(Exit::DONE);
        }
        let status = session.status(&migrator).await?;
        if let Some(status) = &status {
            let losses = losses(session, &migrator.plan_wipe(false).await?);
            session.guard(Guarded::Fresh, self.force, Some(status), &losses)?;
        } else {
            session.guard(Guarded::Fresh, self.force, None, &[])?;
            session.offer_database(&migrator).await?;
        }
        session.listen();
        let report = migrator.fresh().await?;
        let seeders = self.seeding.run(session, &migrator).await?;
        session.console.result(dropped(&report.dropped));
        session.total(&report.up, "nothing to apply: there are no migrations");
        session.document_of("fresh", &[&report.up], Some(report.dropped.clone()), seeders);
        Ok(Exit::DONE)
    }
}

/// What a wipe would drop, for the question of the guard.
pub fn losses(session: &Session, statements: &[String]) -> Vec<String> {
    const MOST: usize = 10;
    let database = session.database().database;
    let mut losses = vec![format!("everything in `{database}`: {}", count(statements.len(), "drop"))];
    losses.extend(statements.iter().take(MOST).cloned());
    if statements.len() > MOST {
        losses.push(format!("and {} more", statements.len() - MOST));
    }
    losses
}

/// `dropped everything with 3 statements`.
pub fn dropped(statements: &[String]) -> String {
    match statements.len() {
        0 => "nothing to drop".to_owned(),
        many => format!("dropped everything with {}", count(many, "statement")),
    }
}
