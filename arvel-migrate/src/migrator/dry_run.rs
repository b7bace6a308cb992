//! What a plan would send: compiled against the live catalog and folded forward, nothing run and nothing written.

use super::Migrator;
use crate::{
    Error,
    db::Db,
    dialect::SharedDialect,
    exec::{
        Piece, RunError, RunReport, StepReport, StepState, fold_forward, inspect_for, leaves_transaction,
        refuse_own_transaction, refuse_split,
    },
    migration::TransactionMode,
    plan::{Direction, Plan, Step},
    schema::{DatabaseSchema, Wanted},
    undo::{self, WayBack},
};

impl Migrator {
    /// The statements of a plan. What only the running plan can show is a comment that says so.
    ///
    /// # Errors
    /// When the database can not be read, or a dialect can not say what a migration asks for.
    pub async fn dry_run(&self, plan: &Plan) -> Result<RunReport, Error> {
        let live = self.connect_to_ask().await?;
        self.dry_run_with(plan, live, false).await
    }

    /// As [`dry_run`](Self::dry_run), as if the database were empty.
    pub(super) async fn dry_run_from_nothing(&self, plan: &Plan) -> Result<RunReport, Error> {
        let live = self.connect_to_ask().await?;
        self.dry_run_with(plan, live, true).await
    }

    async fn dry_run_with(&self, plan: &Plan, mut live: Option<Db>, empty: bool) -> Result<RunReport, Error> {
        let offline;
        let (dialect, mut before) = match &mut live {
            Some(db) if empty => (db.dialect().clone(), DatabaseSchema::default()),
            Some(db) => {
                let all: Vec<_> =
                    plan.steps.iter().flat_map(|step| step.operations.iter().cloned()).collect();
                let before = inspect_for(db, &all).await.map_err(RunError::database("reading the tables"))?;
                (db.dialect().clone(), before)
            }
            None => {
                offline = self.driver.offline_dialect();
                (offline, DatabaseSchema::default())
            }
        };
        let mut ways = Ways::of(live.as_mut().filter(|_| !empty), plan).await?;
        let mut exact = true;
        let mut steps = Vec::with_capacity(plan.steps.len());
        for step in &plan.steps {
            let refused = |error| {
                let path = step.migration.as_ref().and_then(|migration| migration.path.clone());
                RunError::Compile { revision: step.revision.clone(), path, error }
            };
            let pieces =
                fold_forward(&dialect, &step.operations, &mut before, &mut exact).map_err(refused)?;
            let in_transaction =
                dialect.capability().transactional_ddl && step.transaction != TransactionMode::None;
            refuse_split(&*dialect, step.transaction, &step.operations, &pieces).map_err(refused)?;
            if in_transaction {
                refuse_own_transaction(&*dialect, &pieces).map_err(refused)?;
            }
            steps.push(StepReport {
                revision: step.revision.clone(),
                direction: step.direction,
                state: StepState::Planned,
                late: step.late,
                irreversible: step.irreversible().or_else(|| ways.missing(&dialect, step)),
                statements: self.with_hooks(script(pieces, in_transaction)),
                duration_ms: 0,
            });
        }
        if let Some(db) = live {
            let _ = Db::into_connection(db).close().await;
        }
        Ok(RunReport { steps, batch: None, dry_run: true })
    }

    /// The script of a step with the program's hooks around it.
    fn with_hooks(&self, script: Vec<String>) -> Vec<String> {
        let shown = |name: &str| format!("-- at run time: hook `{name}`");
        let (before, after) = self.hooks.around_steps();
        let before = before.into_iter().map(shown);
        before.chain(script).chain(after.into_iter().map(shown)).collect()
    }
}

/// What the steps that wrote no way back find: from what is there, folded forward as far as that goes.
struct Ways {
    /// `None` behind what nobody can foresee.
    seen: Option<DatabaseSchema>,
}

impl Ways {
    async fn of(live: Option<&mut Db>, plan: &Plan) -> Result<Self, Error> {
        let kept = plan.steps.iter().any(|step| step.way_back == WayBack::Seen);
        // All of them: a thing may get its name in an earlier step.
        let needed: Wanted = match kept {
            true => plan.steps.iter().map(|step| undo::needs(&step.operations)).collect(),
            false => Wanted::nothing(),
        };
        let seen = match live {
            Some(db) if !needed.is_empty() => {
                let dialect = db.dialect().clone();
                let seen = dialect.inspect(db.connection(), Some(&needed)).await;
                seen.map_err(RunError::database("reading the tables"))?
            }
            _ => DatabaseSchema::default(),
        };
        Ok(Self { seen: Some(seen) })
    }

    /// Why a step will find none.
    fn missing(&mut self, dialect: &SharedDialect, step: &Step) -> Option<String> {
        let seen = self.seen.as_mut()?;
        let of_up = step.direction == Direction::Up && step.way_back == WayBack::Seen;
        let missing =
            of_up.then(|| undo::resolve(&**dialect, &step.operations, seen.clone()).err()).flatten();
        let family = dialect.capability().family;
        let known =
            undo::of_family(&step.operations, family).iter().all(|operation| dialect.fold(operation, seen));
        if !known {
            self.seen = None;
        }
        missing.map(|cause| cause.to_string())
    }
}

/// The pieces as a script. Where they are not one transaction, comments tell its bounds.
fn script(pieces: Vec<(usize, Piece)>, in_transaction: bool) -> Vec<String> {
    let split = in_transaction && pieces.iter().any(|(_, piece)| leaves_transaction(piece));
    let mut script = Vec::with_capacity(pieces.len());
    let mut inside = None;
    for (_, piece) in pieces {
        let stays = !leaves_transaction(&piece);
        if split && (inside != Some(stays) || !stays) {
            script.push(if stays { "-- in a transaction" } else { "-- outside a transaction" }.to_owned());
        }
        inside = Some(stays);
        script.push(shown(piece));
    }
    script
}

fn shown(piece: Piece) -> String {
    match piece {
        Piece::Statement(statement) => statement.sql,
        Piece::Batched(step) => {
            format!("-- at run time: code `{}` over {} in parts of {}", step.name, step.table, step.size)
        }
        Piece::Data(step) => format!("-- at run time: code `{}`", step.name),
        Piece::Later(operation) => format!("-- at run time: {}", operation.describe()),
    }
}
