//! `db rollback`: undoes what was applied last.

use arvel_core::Exit;
use arvel_migrate::{RollbackRequest, Status, exec::RunReport};
use clap::Args;

use super::{
    session::{Session, losses_of, note_left_late},
    target,
};
use crate::{error::CommandError, guard::Guarded};

const NOTHING: &str = "nothing to undo";

/// Undo the last migration, or several
#[derive(Args, Debug)]
#[command(
    after_help = "Example: db rollback\n         db rollback --steps 3 --dry-run\n         db rollback --batch"
)]
pub struct Rollback {
    /// So many, the last first; `all` is `db reset`
    #[arg(long, visible_alias = "step", value_name = "N|all", value_parser = steps, group = "what")]
    steps: Option<Steps>,
    /// What one run applied: the last run, or run B
    #[arg(long, value_name = "B", num_args = 0..=1, group = "what")]
    batch: Option<Option<i64>>,
    /// Everything applied after REV that depends on it
    #[arg(long, value_name = "REV", allow_hyphen_values = true, value_parser = target::text, group = "what")]
    to: Option<String>,
    /// Show the plan with its SQL, and do nothing
    #[arg(long, visible_alias = "pretend")]
    dry_run: bool,
    /// Consent in production
    #[arg(long)]
    force: bool,
}

/// A number, or everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Steps {
    All,
    Last(usize),
}

fn steps(text: &str) -> Result<Steps, String> {
    match text {
        "all" => Ok(Steps::All),
        number => number.parse().map(Steps::Last).map_err(|_| "a number or `all` is expected".to_owned()),
    }
}

impl Rollback {
    pub async fn run(&self, session: &Session) -> Result<Exit, CommandError> {
        let request = match (&self.steps, &self.batch, &self.to) {
            (Some(Steps::All), ..) => RollbackRequest::All,
            (Some(Steps::Last(steps)), ..) => RollbackRequest::Steps(*steps),
            (_, Some(batch), _) => RollbackRequest::Batch(*batch),
            (_, _, Some(to)) => RollbackRequest::To(target::parse(to)?),
            (None, None, None) => RollbackRequest::Steps(1),
        };
        // `--steps all` is `db reset`, also for `prohibit_destructive`.
        let guarded = if request == RollbackRequest::All { Guarded::Reset } else { Guarded::Rollback };
        undo(session, "rollback", guarded, &request, self.dry_run, self.force).await
    }
}

/// The common way of `rollback` and `reset`.
pub async fn undo(
    session: &Session,
    command: &str,
    guarded: Guarded,
    request: &RollbackRequest,
    dry_run: bool,
    force: bool,
) -> Result<Exit, CommandError> {
    let migrator = session.migrator_of_existing()?;
    let status = session.status(&migrator).await?;
    let nothing_applied = status.as_ref().is_none_or(|status| status.comparison.by_seq().len() == 0);
    // To undo all of nothing is done; to undo one of nothing is an error that the plan tells.
    if *request == RollbackRequest::All && nothing_applied && status.is_some() {
        if !dry_run {
            session.guard(guarded, force, status.as_ref(), &[])?;
        }
        session.ran(command, &RunReport { dry_run, ..RunReport::default() }, NOTHING);
        return Ok(Exit::DONE);
    }
    if dry_run {
        let plan = migrator.plan_rollback(request).await?;
        session.dry_run(command, &migrator, &plan, NOTHING).await?;
        return Ok(Exit::DONE);
    }
    // A prohibition comes before the plan's own errors: what is not allowed needs no plan.
    let plan = migrator.plan_rollback(request).await;
    let losses = plan.as_ref().map(losses_of).unwrap_or_default();
    session.guard(guarded, force, status.as_ref(), &losses)?;
    let plan = plan?;
    session.listen();
    let report = migrator.rollback(request).await?;
    session.ran(command, &report, NOTHING);
    say_what_stays(session, status.as_ref(), &report);
    note_left_late(&session.console, &plan);
    Ok(Exit::DONE)
}

/// After one step: which revision it was, and what else its batch had.
fn say_what_stays(session: &Session, before: Option<&Status>, report: &RunReport) {
    let (Some(before), [step]) = (before, report.steps.as_slice()) else { return };
    let rows = || before.comparison.by_seq().filter_map(|state| state.row.as_ref());
    let Some(batch) = rows().find(|row| row.revision == step.revision).and_then(|row| row.batch) else {
        return;
    };
    let others = rows().filter(|row| row.batch == Some(batch) && row.revision != step.revision).count();
    match others {
        0 => {}
        1 => session.console.progress(format_args!(
            "1 more of batch {batch} stays applied; `db rollback --batch {batch}` undoes it too"
        )),
        more => session.console.progress(format_args!(
            "{more} more of batch {batch} stay applied; `db rollback --batch {batch}` undoes them too"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_or_all() {
        assert_eq!(steps("all"), Ok(Steps::All));
        assert_eq!(steps("3"), Ok(Steps::Last(3)));
        assert!(steps("-1").is_err() && steps("some").is_err());
    }
}
