//! The verbs that write the history and run nothing: stamp, forget, make the tables.

use super::Migrator;
use crate::{
    Error,
    exec::{self, RunError},
    graph::{StampTarget, Symbol, Target},
    history::Loaded,
    migration::RevisionId,
    plan::{self, Conduct, PlanError, StampPlan},
};

/// What history shall say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StampRequest {
    /// These and their ancestors are applied, their descendants are not; other branches stay as they are. `base` clears.
    pub targets: Vec<Target>,
    /// All rows go first, those of unknown revisions too.
    pub purge: bool,
}

/// Which rows a stamp wrote and removed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StampReport {
    /// The revisions of the rows that are gone, in reverse order of application.
    pub removed: Vec<RevisionId>,
    /// The revisions that have a row now, in graph order.
    pub added: Vec<RevisionId>,
    /// Half-done revisions whose journal is gone.
    pub settled: Vec<RevisionId>,
    /// Whether nothing was done because it was only asked about.
    pub dry_run: bool,
}

impl StampReport {
    /// Whether history said so already.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.removed.is_empty() && self.added.is_empty() && self.settled.is_empty()
    }

    fn of(plan: StampPlan, dry_run: bool) -> Self {
        Self { removed: plan.remove, added: plan.add, settled: plan.settle, dry_run }
    }
}

/// The tables of the bookkeeping.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InstallReport {
    /// Their names.
    pub tables: Vec<String>,
    /// Whether any of them was made.
    pub changed: bool,
    /// The statements that make them, of a dry run.
    pub statements: Vec<String>,
    /// Whether nothing was done because it was only asked about.
    pub dry_run: bool,
}

impl Migrator {
    /// Writes rows for what was applied in another way, or removes rows, without running anything: one transaction under
    /// the lock.
    ///
    /// # Errors
    /// [`Error`]; no row was changed then.
    pub async fn stamp(&self, request: &StampRequest) -> Result<StampReport, Error> {
        let planner = |loaded: &Loaded| self.stamp_plan(loaded, request);
        self.write_stamp(request.purge, &planner).await
    }

    /// What [`stamp`](Self::stamp) would write. Nothing is changed.
    ///
    /// # Errors
    /// As [`stamp`](Self::stamp), before anything is written.
    pub async fn plan_stamp(&self, request: &StampRequest) -> Result<StampReport, Error> {
        let (loaded, _) = self.load().await?;
        Ok(StampReport::of(self.stamp_plan(&loaded, request)?, true))
    }

    /// Forgets every applied revision, those that no file has too, with the ways back that their rows keep. Tables and data
    /// stay as they are.
    ///
    /// # Errors
    /// [`Error`]; no row was changed then.
    pub async fn clear_history(&self) -> Result<StampReport, Error> {
        self.write_stamp(true, &|loaded| self.clear_plan(loaded)).await
    }

    /// What [`clear_history`](Self::clear_history) would forget. Nothing is changed.
    ///
    /// # Errors
    /// When the database can not be read.
    pub async fn plan_clear_history(&self) -> Result<StampReport, Error> {
        let (loaded, _) = self.load().await?;
        Ok(StampReport::of(self.clear_plan(&loaded)?, true))
    }

    /// Makes what is missing of the bookkeeping tables, and nothing else. Running it again changes nothing.
    ///
    /// # Errors
    /// When the database can not be reached or refuses.
    pub async fn install(&self) -> Result<InstallReport, Error> {
        let changed = exec::install(self.target(), &self.options, &*self.observer).await?;
        Ok(InstallReport { tables: self.names.all(), changed, ..InstallReport::default() })
    }

    /// What [`install`](Self::install) would run. Nothing is changed.
    ///
    /// # Errors
    /// When the database can not be reached.
    pub async fn plan_install(&self) -> Result<InstallReport, Error> {
        let mut report =
            InstallReport { tables: self.names.all(), dry_run: true, ..InstallReport::default() };
        let mut complete = false;
        let mut dialect = self.driver.offline_dialect();
        if let Some(mut db) = self.connect_to_ask().await? {
            dialect = db.dialect().clone();
            let loaded =
                crate::history::store::load(db.connection(), dialect.bookkeeping(), &self.names).await;
            let loaded = loaded.map_err(RunError::database("reading the history"))?;
            complete = exec::is_complete(&mut db, &self.names, &loaded).await?;
            let _ = db.into_connection().close().await;
        }
        if !complete {
            report.changed = true;
            report.statements = dialect.bookkeeping().create(&self.names);
        }
        Ok(report)
    }

    async fn write_stamp(
        &self,
        purge: bool,
        planner: &(dyn Fn(&Loaded) -> Result<StampPlan, Error> + Send + Sync),
    ) -> Result<StampReport, Error> {
        let target = self.target();
        let plan = exec::stamp(target, &self.options, &*self.observer, &self.graph, purge, planner).await?;
        Ok(StampReport::of(plan, false))
    }

    fn clear_plan(&self, loaded: &Loaded) -> Result<StampPlan, Error> {
        Ok(plan::stamp_all(&self.graph, &self.compare(loaded), &[], true)?)
    }

    pub(super) fn stamp_plan(&self, loaded: &Loaded, request: &StampRequest) -> Result<StampPlan, Error> {
        let comparison = self.compare(loaded);
        let missing: Vec<RevisionId> = comparison.missing().map(|state| state.revision.clone()).collect();
        if !request.purge && !missing.is_empty() && self.policy.missing == Conduct::Refuse {
            return Err(PlanError::Missing { revisions: missing }.into());
        }
        let targets = request.targets.iter().map(|target| match &self.selected {
            Some(_) if target.symbol() == Some(&Symbol::Heads) && target.branch().is_none() => {
                Ok(StampTarget::Revisions(self.heads()))
            }
            _ => target.for_stamp(&self.graph, comparison.applied()),
        });
        let targets: Vec<StampTarget> = targets.collect::<Result<_, _>>()?;
        let mut plan = plan::stamp_all(&self.graph, &comparison, &targets, request.purge)?;
        if let Some(selected) = self.selected.as_ref().filter(|_| !request.purge) {
            // What is not selected is never touched; what a selected one needs is written with it.
            plan.remove.retain(|revision| selected.contains(revision));
        }
        Ok(plan)
    }
}
