//! Everything, or the last, undone and applied again: one plan made of two, looked at as a whole before anything is undone.

use super::{Migrator, RollbackRequest, UpgradeRequest};
use crate::{
    Error,
    exec::{RunError, RunReport},
    history::Loaded,
    migration::RevisionId,
    plan::{Direction, Plan, PlanError},
};

/// What a refresh did, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct RefreshReport {
    /// What was undone.
    pub down: RunReport,
    /// What was applied again.
    pub up: RunReport,
}

impl Migrator {
    /// What a refresh would do, with its SQL. Nothing is changed.
    ///
    /// # Errors
    /// As [`refresh`](Self::refresh), before anything runs.
    pub async fn dry_run_refresh(&self, steps: Option<usize>) -> Result<RefreshReport, Error> {
        let (loaded, _) = self.load().await?;
        let (down, up) = self.refresh_plans(&loaded, steps)?;
        // One plan, so that the way up is compiled for what the way down leaves.
        let both = Plan { steps: [down.steps, up.steps].concat(), ..Plan::default() };
        let report = self.dry_run(&both).await?;
        let (down, up) = report.steps.into_iter().partition(|step| step.direction == Direction::Down);
        let half = |steps| RunReport { steps, batch: None, dry_run: true };
        Ok(RefreshReport { down: half(down), up: half(up) })
    }

    /// Undoes everything and applies it again, or the last `steps`: exactly those that were undone. What can not be
    /// applied again is not undone.
    ///
    /// # Errors
    /// [`Error`] with the state that the database is in.
    pub async fn refresh(&self, steps: Option<usize>) -> Result<RefreshReport, Error> {
        let foreseen = self.dry_run_refresh(steps).await?;
        let down = match foreseen.down.is_empty() {
            true => RunReport::default(),
            false => self.rollback(&what(steps)).await?,
        };
        let exactly = steps.map(|_| down.steps.iter().rev().map(|step| step.revision.clone()).collect());
        let up = self.migrate(&UpgradeRequest { exactly, ..UpgradeRequest::default() }).await?;
        Ok(RefreshReport { down, up })
    }

    fn refresh_plans(&self, loaded: &Loaded, steps: Option<usize>) -> Result<(Plan, Plan), Error> {
        let down = match self.rollback_plan(loaded, &what(steps)) {
            Err(Error::Run(RunError::Plan(PlanError::TooManySteps { applied: 0, .. })))
                if steps.is_none() =>
            {
                Plan::default()
            }
            other => other?,
        };
        let undone: Vec<RevisionId> = down.revisions().cloned().collect();
        let mut left = loaded.clone();
        left.rows.retain(|row| !undone.iter().any(|revision| revision.as_str() == row.revision.as_str()));
        let exactly = steps.map(|_| undone.into_iter().rev().collect());
        let (up, _) = self.upgrade_plan(&left, &UpgradeRequest { exactly, ..UpgradeRequest::default() })?;
        Ok((down, up))
    }
}

fn what(steps: Option<usize>) -> RollbackRequest {
    steps.map_or(RollbackRequest::All, RollbackRequest::Steps)
}
