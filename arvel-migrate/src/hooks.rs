//! What a program adds to its runs: code around steps and around the whole run, a choice of migrations, values for
//! templates.
//!
//! Hooks are called by the executor where the step's own transaction is open, so what they write stands or falls with
//! the step. They refuse to change a plan: that is for the filter, before there is one.

use std::{collections::BTreeMap, fmt, sync::Arc, time::Duration};

use arvel_core::BoxFuture;

use crate::{
    DatabaseIdentity, Given,
    db::Db,
    migration::{LineName, Migration, Origin, RevisionId},
    operation::DataResult,
    plan::Direction,
};

/// What a hook around a step is told.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct StepContext {
    /// The revision.
    pub revision: RevisionId,
    /// Its slug: `create_posts_table`.
    pub slug: String,
    /// Its line.
    pub line: LineName,
    /// The package and stub that it was published from.
    pub origin: Option<Origin>,
    /// Up or down. A stamp writes a row up and removes one down.
    pub direction: Direction,
    /// Up: the batch that the run writes. Down: the one that it was applied in. `None` for a stamp.
    pub batch: Option<i64>,
    /// Whether only the history is written: `db stamp` and `db clear --history`.
    pub stamped: bool,
    /// Whether an earlier run was cut off in this step and it goes on now: its hooks may have been called then.
    pub resumed: bool,
    /// Its place in the run, from 1.
    pub number: usize,
    /// How many steps the run has.
    pub steps: usize,
    /// Which database.
    pub database: DatabaseIdentity,
    /// `-x` and `--tag`.
    pub given: Given,
    /// How long the step took so far: only behind it.
    pub duration: Option<Duration>,
}

/// What a hook around a run is told.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RunContext {
    /// The revisions of the steps with their directions, in order.
    pub steps: Vec<(RevisionId, Direction)>,
    /// The first batch that the run writes; `None` for a way back and for a stamp.
    pub batch: Option<i64>,
    /// Whether only the history is written.
    pub stamped: bool,
    /// Which database.
    pub database: DatabaseIdentity,
    /// `-x` and `--tag`.
    pub given: Given,
    /// How long the run took: only behind it.
    pub duration: Option<Duration>,
}

/// What a filter is told of where it is asked.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct FilterContext {
    /// Which database.
    pub database: DatabaseIdentity,
    /// `-x` and `--tag`.
    pub given: Given,
}

/// Implemented for `async fn(&C, &mut Db)` and for `async |context, db| …` that captures nothing borrowed.
///
/// It exists for the same reason as [`DataFn`](crate::operation::DataFn).
pub trait HookFn<'a, C: 'a>: Send + Sync {
    /// The future of one call.
    type Future: Future<Output = DataResult> + Send + 'a;
    /// Calls it.
    fn call(&self, context: &'a C, db: &'a mut Db) -> Self::Future;
}

impl<'a, C: 'a, F, R> HookFn<'a, C> for F
where
    F: Fn(&'a C, &'a mut Db) -> R + Send + Sync,
    R: Future<Output = DataResult> + Send + 'a,
{
    type Future = R;

    fn call(&self, context: &'a C, db: &'a mut Db) -> R {
        self(context, db)
    }
}

type Called<C> = Arc<dyn for<'a> Fn(&'a C, &'a mut Db) -> BoxFuture<'a, DataResult> + Send + Sync>;
type Filter = Arc<dyn Fn(&Migration, &FilterContext) -> bool + Send + Sync>;

/// Code with a name.
pub(crate) struct Hook<C> {
    pub(crate) name: String,
    call: Called<C>,
}

impl<C> Clone for Hook<C> {
    fn clone(&self) -> Self {
        Self { name: self.name.clone(), call: Arc::clone(&self.call) }
    }
}

impl<C> Hook<C> {
    fn new<F>(name: &str, hook: F) -> Self
    where
        F: for<'a> Fn(&'a C, &'a mut Db) -> BoxFuture<'a, DataResult> + Send + Sync + 'static,
    {
        Self { name: name.to_owned(), call: Arc::new(hook) }
    }

    pub(crate) async fn call(&self, context: &C, db: &mut Db) -> DataResult {
        (self.call)(context, db).await
    }
}

/// Everything that a program adds. Cheap to clone.
///
/// ```
/// use arvel_migrate::{Hooks, prelude::*};
///
/// let hooks = Hooks::new()
///     .after_step("audit", async |step, db| {
///         let sql = format!("INSERT INTO deployments (what) VALUES ({})", db.placeholder(1));
///         db.execute(&sql, &[Value::from(step.revision.as_str())]).await?;
///         Ok(())
///     })
///     .filter(|migration, _| migration.line.as_str() != "billing" || cfg!(feature = "billing"));
/// # drop(hooks);
/// ```
#[derive(Clone, Default)]
pub struct Hooks {
    pub(crate) before_run: Vec<Hook<RunContext>>,
    pub(crate) after_run: Vec<Hook<RunContext>>,
    pub(crate) before_step: Vec<Hook<StepContext>>,
    pub(crate) after_step: Vec<Hook<StepContext>>,
    filters: Vec<Filter>,
    values: BTreeMap<String, String>,
}

/// A method that takes `async |context, db| …`, and one that takes a closure with captured values.
macro_rules! moments {
    ($($plain:ident $boxed:ident $context:ty, $what:literal;)*) => {
        impl Hooks {
            $(
                #[doc = concat!("Adds code that is called ", $what, ". Its error stops what it belongs to.")]
                #[must_use]
                pub fn $plain<F>(self, name: &str, hook: F) -> Self
                where
                    F: for<'a> AsyncFn(&'a $context, &'a mut Db) -> DataResult
                        + for<'a> HookFn<'a, $context>
                        + 'static,
                {
                    self.$boxed(name, move |context, db| Box::pin(HookFn::call(&hook, context, db)))
                }

                #[doc = concat!(
                    "As [`", stringify!($plain), "`](Self::", stringify!($plain), "), for code that captures values: ",
                    "`move |context, db| { let x = x.clone(); Box::pin(async move { … }) }`."
                )]
                #[must_use]
                pub fn $boxed<F>(mut self, name: &str, hook: F) -> Self
                where
                    F: for<'a> Fn(&'a $context, &'a mut Db) -> BoxFuture<'a, DataResult> + Send + Sync + 'static,
                {
                    self.$plain.push(Hook::new(name, hook));
                    self
                }
            )*
        }
    };
}

moments! {
    before_run before_run_with RunContext,
        "under the lock when the plan is final, before the first step, outside any transaction";
    after_run after_run_with RunContext,
        "when all steps of a run are done, before the lock is released";
    before_step before_step_with StepContext,
        "before the statements of each step, inside the step's own transaction where the database has one";
    after_step after_step_with StepContext,
        "behind the history row of each step, before it is committed";
}

impl Hooks {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Decides which migrations belong to this program on this database: `false` skips one. A skipped migration is
    /// neither pending nor missing, and never touched. What follows by its name alone follows what comes before the
    /// skipped one; what names a skipped one in `parents` or `depends_on` and is not skipped itself is an error.
    #[must_use]
    pub fn filter(
        mut self,
        belongs: impl Fn(&Migration, &FilterContext) -> bool + Send + Sync + 'static,
    ) -> Self {
        self.filters.push(Arc::new(belongs));
        self
    }

    /// A value for `{{ key }}` in the project's templates.
    #[must_use]
    pub fn template_value(mut self, key: &str, value: impl Into<String>) -> Self {
        self.values.insert(key.to_owned(), value.into());
        self
    }

    /// The values for templates.
    #[must_use]
    pub fn template_values(&self) -> &BTreeMap<String, String> {
        &self.values
    }

    /// These and others; the others are called later, and their values count.
    #[must_use]
    pub fn and(mut self, others: Self) -> Self {
        self.before_run.extend(others.before_run);
        self.after_run.extend(others.after_run);
        self.before_step.extend(others.before_step);
        self.after_step.extend(others.after_step);
        self.filters.extend(others.filters);
        self.values.extend(others.values);
        self
    }

    /// Whether code or a filter is there: it may read any argument.
    #[must_use]
    pub fn may_read_arguments(&self) -> bool {
        self.is_around_steps()
            || !(self.before_run.is_empty() && self.after_run.is_empty() && self.filters.is_empty())
    }

    pub(crate) fn is_around_steps(&self) -> bool {
        !(self.before_step.is_empty() && self.after_step.is_empty())
    }

    pub(crate) fn has_filter(&self) -> bool {
        !self.filters.is_empty()
    }

    pub(crate) fn keeps(&self, migration: &Migration, context: &FilterContext) -> bool {
        self.filters.iter().all(|belongs| belongs(migration, context))
    }

    /// The names of the hooks around steps, before and behind.
    pub(crate) fn around_steps(&self) -> (Vec<&str>, Vec<&str>) {
        (
            self.before_step.iter().map(|hook| hook.name.as_str()).collect(),
            self.after_step.iter().map(|hook| hook.name.as_str()).collect(),
        )
    }
}

impl fmt::Debug for Hooks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (before, after) = self.around_steps();
        f.debug_struct("Hooks")
            .field("before_step", &before)
            .field("after_step", &after)
            .field("filters", &self.filters.len())
            .field("template_values", &self.values)
            .finish_non_exhaustive()
    }
}
