//! `db downgrade`: undoes down to a target, which stays.

use arvel_core::Exit;
use arvel_migrate::{DowngradeRequest, ScriptVerb};
use clap::Args;

use super::{
    script::{self, Sql},
    session::{Session, losses_of, note_left_late},
    target,
};
use crate::{error::CommandError, guard::Guarded};

/// Undo down to TARGET, which stays
#[derive(Args, Debug)]
#[command(
    after_help = "Example: db downgrade create_users_table\n         db downgrade -1\n         db downgrade base\n         db downgrade --sql head:create_users_table"
)]
pub struct Downgrade {
    /// A revision, a slug, `label@base`, `-1`, `base`; with --sql a range
    #[arg(value_name = "TARGET", default_value = "-1", allow_hyphen_values = true, value_parser = target::text)]
    target: String,
    /// Show the plan with its SQL, and do nothing
    #[arg(long, visible_alias = "pretend")]
    dry_run: bool,
    /// Consent in production
    #[arg(long, conflicts_with = "sql")]
    force: bool,
    #[command(flatten)]
    sql: Sql,
}

impl Downgrade {
    /// Whether it writes a script to stdout.
    pub fn is_for_stdout(&self) -> bool {
        self.sql.is_for_stdout()
    }

    pub async fn run(&self, session: &Session) -> Result<Exit, CommandError> {
        if self.sql.is_asked() {
            let (from, target) = script::range(Some(&self.target))?;
            let target = target.ok_or_else(|| {
                CommandError::usage(format!("`{}` does not say what stays", self.target))
                    .hint(format!("db downgrade --sql {}base", self.target))
            })?;
            let verb = ScriptVerb::Downgrade(DowngradeRequest { target });
            return self.sql.write(session, "downgrade", from, verb);
        }
        let request = DowngradeRequest { target: target::parse(&self.target)? };
        let nothing = format!("nothing to undo: nothing is applied after `{}`", self.target);
        let migrator = session.migrator_of_existing()?;
        if self.dry_run {
            let plan = migrator.plan_downgrade(&request).await?;
            session.dry_run("downgrade", &migrator, &plan, &nothing).await?;
            return Ok(Exit::DONE);
        }
        let status = session.status(&migrator).await?;
        let plan = migrator.plan_downgrade(&request).await;
        let losses = plan.as_ref().map(losses_of).unwrap_or_default();
        // `base` undoes all, which is `db reset`, also for `prohibit_destructive`.
        let guarded = if self.target == "base" { Guarded::Reset } else { Guarded::Downgrade };
        session.guard(guarded, self.force, status.as_ref(), &losses)?;
        let plan = plan?;
        session.listen();
        let report = migrator.downgrade(&request).await?;
        session.ran("downgrade", &report, &nothing);
        note_left_late(&session.console, &plan);
        Ok(Exit::DONE)
    }
}
