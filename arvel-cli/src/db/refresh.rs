//! `db refresh`: undoes everything, or the last, and applies it again.

use arvel_core::Exit;
use arvel_migrate::{RollbackRequest, exec::RunReport, plan::Plan};
use clap::Args;

use super::{
    seeding::Seeding,
    session::{Session, losses_of},
};
use crate::{error::CommandError, guard::Guarded, output::human};

/// Undo every migration, or the last N, and apply them again
#[derive(Args, Debug)]
#[command(after_help = "Example: db refresh --steps 2 --seed")]
pub struct Refresh {
    /// Only the last N, and exactly those again
    #[arg(long, visible_alias = "step", value_name = "N")]
    steps: Option<usize>,
    #[command(flatten)]
    pub(super) seeding: Seeding,
    /// Show what would be undone and applied, and do nothing
    #[arg(long, visible_alias = "pretend")]
    dry_run: bool,
    /// Consent in production
    #[arg(long)]
    force: bool,
}

impl Refresh {
    pub async fn run(&self, session: &Session) -> Result<Exit, CommandError> {
        self.seeding.check(session)?;
        let migrator = session.migrator()?;
        let status = session.status(&migrator).await?;
        let applied = status.as_ref().map_or(0, |status| status.comparison.by_seq().len());
        let plan = match self.steps {
            None if applied == 0 => Ok(Plan::default()),
            None => migrator.plan_rollback(&RollbackRequest::All).await,
            Some(steps) => migrator.plan_rollback(&RollbackRequest::Steps(steps)).await,
        };
        if self.dry_run {
            let report = migrator.dry_run_refresh(self.steps).await?;
            session.tell_given();
            human::script(&session.console, &report.down);
            human::script(&session.console, &report.up);
            let both = [report.down.steps.clone(), report.up.steps.clone()].concat();
            human::would(&session.console, &RunReport { steps: both, ..RunReport::default() });
            session.document_of("refresh", &[&report.down, &report.up], None, None);
            return Ok(Exit::DONE);
        }
        let losses = plan.as_ref().map(losses_of).unwrap_or_default();
        session.guard(Guarded::Refresh, self.force, status.as_ref(), &losses)?;
        plan?;
        session.listen();
        let report = migrator.refresh(self.steps).await?;
        let seeders = self.seeding.run(session, &migrator).await?;
        if !report.down.is_empty() {
            session.total(&report.down, "");
        }
        session.total(&report.up, "nothing to apply: there are no migrations");
        session.document_of("refresh", &[&report.down, &report.up], None, seeders);
        Ok(Exit::DONE)
    }
}
