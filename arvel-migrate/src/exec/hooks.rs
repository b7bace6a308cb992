//! The program's own code around steps and runs.
//!
//! Around a step it works in the step's transaction; where the database has none for the step, each moment has one of its
//! own, and the one behind the step holds the history row too.

use std::time::{Duration, Instant};

use super::{
    AfterFailure, FailedHook, RunError,
    journal::{Journal, Spans},
    run::Run,
    step::{Refusal, StepError},
    transaction::as_driver_error,
};
use crate::{
    RunContext, StepContext,
    db::Db,
    dialect::{DriverError, ErrorKind},
    graph::Graph,
    hooks::Hook,
    migration::{Migration, RevisionId},
    plan::{Direction, Plan, StampPlan, Step},
};

/// Where hooks of a step are called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    /// Before the statements.
    Before,
    /// Behind the history row.
    After,
}

/// A hook that refused.
pub(super) struct HookError {
    hook: FailedHook,
    error: DriverError,
}

/// Calls hooks one after the other.
async fn call<C: Sync>(
    hooks: &[Hook<C>],
    moment: &'static str,
    context: &C,
    db: &mut Db,
) -> Result<(), HookError> {
    for hook in hooks {
        if let Err(error) = hook.call(context, db).await {
            let hook = FailedHook { name: hook.name.clone(), moment };
            return Err(HookError { hook, error: as_driver_error(error) });
        }
    }
    Ok(())
}

impl Run<'_> {
    /// Calls the hooks of a moment of a step that is under way.
    pub(super) async fn around_step(&mut self, moment: Moment, step: &Step) -> Result<(), HookError> {
        if !self.hooks.is_around_steps() {
            return Ok(());
        }
        let (revision, migration) = (step.revision.clone(), step.migration.clone());
        let its_row = || self.loaded.rows.iter().find(|row| row.revision == step.revision);
        let batch = match step.direction {
            Direction::Up => Some(self.batch),
            Direction::Down => its_row().and_then(|row| row.batch),
        };
        let mut context = self.context(revision, migration.as_deref(), step.direction, batch);
        context.resumed = self.has_begun(step);
        self.at(moment, context).await
    }

    async fn at(&mut self, moment: Moment, mut context: StepContext) -> Result<(), HookError> {
        // Code may have told the session anything.
        self.session_touched = true;
        match moment {
            Moment::Before => call(&self.hooks.before_step, "before_step", &context, &mut self.db).await,
            Moment::After => {
                context.duration = Some(self.began.elapsed());
                call(&self.hooks.after_step, "after_step", &context, &mut self.db).await
            }
        }
    }

    fn context(
        &self,
        revision: RevisionId,
        migration: Option<&Migration>,
        direction: Direction,
        batch: Option<i64>,
    ) -> StepContext {
        StepContext {
            slug: migration.map_or_else(|| revision.to_string(), |migration| migration.slug().to_owned()),
            line: migration.map_or_else(crate::migration::LineName::default_line, |of| of.line.clone()),
            origin: migration.and_then(|migration| migration.origin.clone()),
            revision,
            direction,
            batch,
            stamped: false,
            resumed: false,
            number: self.place.0,
            steps: self.place.1,
            database: self.database.clone(),
            given: self.given.clone(),
            duration: None,
        }
    }

    /// A step in one transaction: what a hook refuses takes everything back.
    pub(super) async fn hook_inside(&mut self, moment: Moment, step: &Step) -> Result<(), StepError> {
        let done = self.around_step(moment, step).await;
        done.map_err(|error| {
            self.hook_refused(error, AfterFailure::RolledBack, StepError::Interrupted { done: 0 })
        })
    }

    /// Before a journaled step: in its first span, or in a transaction of its own.
    pub(super) async fn hook_before_parts(
        &mut self,
        journal: &mut Journal,
        step: &Step,
    ) -> Result<(), StepError> {
        if self.hooks.before_step.is_empty() {
            return Ok(());
        }
        self.begin_timing(journal).await?;
        self.open_span(journal).await?;
        self.hook_in_span(journal, Moment::Before, step).await?;
        match journal.spans {
            Spans::Long => Ok(()),
            Spans::Each | Spans::None => self.close_span(journal).await,
        }
    }

    /// In the open span of a journaled step.
    pub(super) async fn hook_in_span(
        &mut self,
        journal: &Journal,
        moment: Moment,
        step: &Step,
    ) -> Result<(), StepError> {
        let done = self.around_step(moment, step).await;
        done.map_err(|error| self.hook_refused(error, journal.after(), journal.interrupted()))
    }

    fn hook_refused(&self, refused: HookError, after: AfterFailure, interrupted: StepError) -> StepError {
        let HookError { hook, error } = refused;
        if error.kind == ErrorKind::Cancelled && self.is_interrupted() {
            return interrupted;
        }
        Refusal { statement: None, code: None, hook: Some(hook), error, after, leftover: None }.into()
    }

    /// Calls the hooks before a run.
    pub(super) async fn before_run(&mut self, plan: &Plan) -> Result<(), RunError> {
        let steps = plan.steps.iter().map(|step| (step.revision.clone(), step.direction)).collect();
        let context = self.run_context(steps, written(plan, self.batch), false, None);
        let done = call(&self.hooks.before_run, "before_run", &context, &mut self.db).await;
        done.map_err(|error| error.of_run("nothing of this run has begun".to_owned()))
    }

    /// Calls the hooks behind a run that went well.
    pub(super) async fn after_run(
        &mut self,
        plan: &Plan,
        first: i64,
        began: Instant,
    ) -> Result<(), RunError> {
        let steps = plan.steps.iter().map(|step| (step.revision.clone(), step.direction)).collect();
        let context = self.run_context(steps, written(plan, first), false, Some(began.elapsed()));
        let done = call(&self.hooks.after_run, "after_run", &context, &mut self.db).await;
        let count = plan.steps.len();
        done.map_err(|error| error.of_run(format!("all steps of this run are done and recorded ({count})")))
    }

    fn run_context(
        &self,
        steps: Vec<(RevisionId, Direction)>,
        batch: Option<i64>,
        stamped: bool,
        duration: Option<Duration>,
    ) -> RunContext {
        let (database, given) = (self.database.clone(), self.given.clone());
        RunContext { steps, batch, stamped, database, given, duration }
    }

    /// Calls the hooks of one moment for every row of a stamp.
    pub(super) async fn around_stamp(
        &mut self,
        moment: Moment,
        graph: &Graph,
        plan: &StampPlan,
    ) -> Result<(), RunError> {
        if !self.hooks.is_around_steps() {
            return Ok(());
        }
        let rows = stamped(plan);
        let steps = rows.len();
        for (at, (revision, direction)) in rows.into_iter().enumerate() {
            self.place = (at + 1, steps);
            let migration = graph.get(&revision).cloned();
            let mut context = self.context(revision.clone(), migration.as_deref(), direction, None);
            context.stamped = true;
            self.at(moment, context).await.map_err(|HookError { hook, error }| {
                let state = "no row was changed".to_owned();
                RunError::Hook { hook, revision: Some(revision), error, state }
            })?;
        }
        Ok(())
    }

    /// Calls the hooks before or behind the run that a stamp is.
    pub(super) async fn around_stamps_run(
        &mut self,
        moment: Moment,
        plan: &StampPlan,
    ) -> Result<(), RunError> {
        let elapsed = (moment == Moment::After).then(|| self.began.elapsed());
        let context = self.run_context(stamped(plan), None, true, elapsed);
        let (hooks, name, state) = match moment {
            Moment::Before => (&self.hooks.before_run, "before_run", "no row was changed"),
            Moment::After => (&self.hooks.after_run, "after_run", "the rows are written"),
        };
        let done = call(hooks, name, &context, &mut self.db).await;
        done.map_err(|error| error.of_run(state.to_owned()))
    }
}

impl HookError {
    fn of_run(self, state: String) -> RunError {
        RunError::Hook { hook: self.hook, revision: None, error: self.error, state }
    }
}

/// The batch that a run writes, when it writes one.
fn written(plan: &Plan, batch: i64) -> Option<i64> {
    plan.steps.iter().any(|step| step.direction == Direction::Up).then_some(batch)
}

/// The rows that a stamp removes and writes.
fn stamped(plan: &StampPlan) -> Vec<(RevisionId, Direction)> {
    let gone = plan.remove.iter().map(|revision| (revision.clone(), Direction::Down));
    gone.chain(plan.add.iter().map(|revision| (revision.clone(), Direction::Up))).collect()
}
