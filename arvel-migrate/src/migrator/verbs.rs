//! The verbs that change a database: migrate, rollback, downgrade, reset, refresh.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use super::Migrator;
use crate::{
    Error,
    exec::{Event, RunOptions, RunReport, run},
    graph::{Target, TargetError},
    history::{Comparison, Loaded},
    migration::{Dependency, Migration, Parents, RevisionId},
    plan::{self, Conduct, Plan, PlanError, Policy, Rollback, UpgradeTarget},
    undo,
};

/// What to apply.
#[derive(Clone, Debug, Default)]
pub struct UpgradeRequest {
    /// Up to here; `None` is everything.
    pub target: Option<Target>,
    /// Exactly these, for a refresh.
    pub exactly: Option<Vec<RevisionId>>,
    /// Each revision gets a batch of its own.
    pub batch_per_step: bool,
    /// Refuses late revisions for this run.
    pub strict_order: bool,
    /// Warns of missing and changed revisions instead of refusing: for the start of a program.
    pub lenient: bool,
}

/// What to undo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RollbackRequest {
    /// The last so many.
    Steps(usize),
    /// Everything.
    All,
    /// What one run applied; `None` is the last run.
    Batch(Option<i64>),
    /// Everything applied after this target that depends on it.
    To(Target),
}

/// How far down to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DowngradeRequest {
    /// This stays.
    pub target: Target,
}

/// What a fresh start did.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct FreshReport {
    /// The statements that dropped everything.
    pub dropped: Vec<String>,
    /// What was applied.
    pub up: RunReport,
}

impl Migrator {
    /// The plan of an upgrade, from the database as it is. Nothing is changed.
    ///
    /// # Errors
    /// As [`migrate`](Self::migrate), before anything runs.
    pub async fn plan_migrate(&self, request: &UpgradeRequest) -> Result<Plan, Error> {
        let (loaded, _) = self.load().await?;
        Ok(self.upgrade_plan(&loaded, request)?.0)
    }

    /// Applies what is pending.
    ///
    /// # Errors
    /// [`Error`] with the state that the database is in.
    pub async fn migrate(&self, request: &UpgradeRequest) -> Result<RunReport, Error> {
        let mut options = self.options.clone();
        options.batch_per_step |= request.batch_per_step;
        // The target is resolved once, before the lock, so that its error is its own; under the lock the plan is made again.
        self.resolve(request, &Loaded::default(), true)?;
        let told = AtomicBool::new(false);
        self.run(&options, &|loaded| {
            let (plan, warnings) = self.upgrade_plan(loaded, request).map_err(plan_error)?;
            // The plan is made twice, before the lock and under it; its warnings are told once.
            if !told.swap(true, Ordering::Relaxed) {
                for warning in &warnings {
                    self.observer.event(&Event::Warned { about: &warning.about });
                }
            }
            Ok(plan)
        })
        .await
    }

    /// The plan of a rollback. Nothing is changed.
    ///
    /// # Errors
    /// As [`rollback`](Self::rollback), before anything runs.
    pub async fn plan_rollback(&self, request: &RollbackRequest) -> Result<Plan, Error> {
        let (loaded, _) = self.load().await?;
        self.rollback_plan(&loaded, request)
    }

    /// Undoes what was applied last.
    ///
    /// # Errors
    /// [`Error`] with the state that the database is in.
    pub async fn rollback(&self, request: &RollbackRequest) -> Result<RunReport, Error> {
        if let RollbackRequest::To(_) = request {
            // Resolved before the lock, so that its error is its own.
            self.plan_rollback(request).await?;
        }
        self.run(&self.options, &|loaded| self.rollback_plan(loaded, request).map_err(plan_error)).await
    }

    /// The plan of a downgrade. Nothing is changed.
    ///
    /// # Errors
    /// As [`downgrade`](Self::downgrade), before anything runs.
    pub async fn plan_downgrade(&self, request: &DowngradeRequest) -> Result<Plan, Error> {
        let (loaded, _) = self.load().await?;
        self.downgrade_plan(&loaded, request)
    }

    /// Undoes down to a target, which stays.
    ///
    /// # Errors
    /// [`Error`] with the state that the database is in.
    pub async fn downgrade(&self, request: &DowngradeRequest) -> Result<RunReport, Error> {
        self.plan_downgrade(request).await?;
        self.run(&self.options, &|loaded| self.downgrade_plan(loaded, request).map_err(plan_error)).await
    }

    async fn run(
        &self,
        options: &RunOptions,
        planner: &(dyn Fn(&Loaded) -> Result<Plan, PlanOrTarget> + Send + Sync),
    ) -> Result<RunReport, Error> {
        // A target that no longer resolves under the lock is reported as itself, not as a failure of the run.
        let lost = std::sync::Mutex::new(None);
        let planner = |loaded: &Loaded| {
            planner(loaded).map_err(|error| match error {
                PlanOrTarget::Plan(error) => error,
                PlanOrTarget::Other(error) => {
                    if let Ok(mut slot) = lost.lock() {
                        *slot = Some(error);
                    }
                    PlanError::NoSteps
                }
            })
        };
        let outcome = run(self.target(), options, &*self.observer, &planner).await;
        match lost.into_inner() {
            Ok(Some(error)) => Err(*error),
            _ => Ok(outcome?),
        }
    }

    fn resolve(
        &self,
        request: &UpgradeRequest,
        loaded: &Loaded,
        only_names: bool,
    ) -> Result<UpgradeTarget, Error> {
        if let Some(exactly) = &request.exactly {
            return Ok(UpgradeTarget::Exactly(exactly.clone()));
        }
        let comparison = self.compare(loaded);
        match &request.target {
            // A relative target means something only with the history at hand.
            Some(target) if only_names && target.offset().is_some() => Ok(UpgradeTarget::Heads),
            Some(target) => {
                self.among_selected(target.for_upgrade(&self.graph, comparison.applied())?, &comparison)
            }
            None => self.among_selected(UpgradeTarget::Heads, &comparison),
        }
    }

    /// What a target without a name means when only some revisions are selected.
    pub(super) fn among_selected(
        &self,
        target: UpgradeTarget,
        comparison: &Comparison,
    ) -> Result<UpgradeTarget, Error> {
        match (&self.selected, target) {
            (Some(selected), UpgradeTarget::Heads) => {
                Ok(UpgradeTarget::Revisions(selected.iter().cloned().collect()))
            }
            (Some(selected), UpgradeTarget::Next(asked)) => {
                let open =
                    |revision: &&RevisionId| selected.contains(*revision) && !comparison.is_applied(revision);
                let mut next: Vec<RevisionId> = self.graph.order().iter().filter(open).cloned().collect();
                if next.len() < asked {
                    return Err(PlanError::TooFewPending { branch: None, asked, left: next.len() }.into());
                }
                next.truncate(asked);
                Ok(UpgradeTarget::Revisions(next))
            }
            (_, target) => Ok(target),
        }
    }

    pub(super) fn upgrade_plan(
        &self,
        loaded: &Loaded,
        request: &UpgradeRequest,
    ) -> Result<(Plan, Vec<plan::Warning>), Error> {
        let comparison = self.compare(loaded);
        let mut policy: Policy = self.policy;
        if request.strict_order {
            policy.late = Conduct::Refuse;
        }
        if request.lenient {
            policy.missing = Conduct::Warn;
        }
        let half_undone = comparison.failed().filter(|state| state.row.is_some());
        let revisions: Vec<RevisionId> = half_undone.map(|state| state.revision.clone()).collect();
        if !revisions.is_empty() {
            return Err(PlanError::HalfUndone { revisions }.into());
        }
        let target = self.resolve(request, loaded, false)?;
        let plan = plan::upgrade(&self.graph, &comparison, &target, self.family())?;
        let warnings = plan::guard_plan(&self.in_sight(comparison), &plan, &policy)?;
        Ok((plan, warnings))
    }

    pub(super) fn rollback_plan(&self, loaded: &Loaded, request: &RollbackRequest) -> Result<Plan, Error> {
        let comparison = self.in_sight(self.compare(&self.with_ways_back(loaded)));
        let what = match request {
            RollbackRequest::Steps(steps) => Rollback::Steps(*steps),
            RollbackRequest::All => Rollback::All,
            RollbackRequest::Batch(batch) => Rollback::Batch(*batch),
            RollbackRequest::To(target) => {
                let mut found = target.revisions(&self.graph, comparison.applied())?;
                match (found.pop(), found.is_empty()) {
                    (Some(revision), true) => Rollback::To(revision),
                    (Some(revision), false) => {
                        found.push(revision);
                        let text = target.text().to_owned();
                        return Err(TargetError::NotOneRevision { target: text, found }.into());
                    }
                    (None, _) => {
                        let text = target.text().to_owned();
                        return Err(TargetError::NotOneRevision { target: text, found }.into());
                    }
                }
            }
        };
        let plan = plan::rollback(&self.graph, &comparison, what, self.family())?;
        plan::guard_plan(&comparison, &plan, &self.policy)?;
        self.refuse_needed(&plan, loaded)?;
        Ok(plan)
    }

    /// Stamped rows kept no way back: what their ancestors record says it, where it can.
    fn with_ways_back(&self, loaded: &Loaded) -> Loaded {
        let mut loaded = loaded.clone();
        let stamped = loaded.rows.iter_mut().filter(|row| row.stamped && row.undo.is_none());
        let dialect = self.driver.offline_dialect();
        for row in stamped {
            row.undo = undo::folded(&*dialect, &self.graph, &row.revision);
        }
        loaded
    }

    pub(super) fn downgrade_plan(&self, loaded: &Loaded, request: &DowngradeRequest) -> Result<Plan, Error> {
        let comparison = self.in_sight(self.compare(&self.with_ways_back(loaded)));
        let target = request.target.for_downgrade(&self.graph, comparison.applied())?;
        let plan = plan::downgrade(&self.graph, &comparison, &target, self.family())?;
        plan::guard_plan(&comparison, &plan, &self.policy)?;
        self.refuse_needed(&plan, loaded)?;
        Ok(plan)
    }

    /// Refuses to undo what an applied migration names that this program skips, and another has.
    fn refuse_needed(&self, plan: &Plan, loaded: &Loaded) -> Result<(), PlanError> {
        let is_applied =
            |skipped: &&Arc<Migration>| loaded.rows.iter().any(|row| row.revision == skipped.revision);
        for skipped in self.skipped.iter().filter(is_applied) {
            let names = |migration: &Migration| {
                let parent =
                    matches!(&skipped.parents, Parents::Of(parents) if parents.contains(&migration.revision));
                parent
                    || skipped.depends_on.iter().any(|needed| match needed {
                        Dependency::Revision(revision) => *revision == migration.revision,
                        Dependency::Origin(origin) => Some(origin) == migration.origin.as_ref(),
                    })
            };
            if let Some(step) = plan.steps.iter().find(|step| step.migration.as_deref().is_some_and(names)) {
                let (revision, skipped) = (step.revision.clone(), skipped.revision.clone());
                return Err(PlanError::NeededBySkipped { revision, skipped });
            }
        }
        Ok(())
    }
}

/// A planner's error on its way through the run.
enum PlanOrTarget {
    Plan(PlanError),
    Other(Box<Error>),
}

fn plan_error(error: Error) -> PlanOrTarget {
    match error {
        Error::Run(crate::exec::RunError::Plan(error)) => PlanOrTarget::Plan(error),
        other => PlanOrTarget::Other(Box::new(other)),
    }
}
