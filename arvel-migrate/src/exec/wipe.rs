//! Emptying a schema: the same lock and the same fence as any other change.

use super::{
    Observer, RunError, RunOptions, Target,
    run::{Run, connect, load},
};
use crate::{
    dialect::{BoxFuture, Clearing, Statement},
    history::Loaded,
    operation::Made,
};

/// Says what the migrations of a history made.
pub(crate) type Maker<'a> = dyn Fn(&Loaded) -> Made + Send + Sync + 'a;

/// The statements, unless something would be lost that is not the application's.
pub(crate) fn only_ours(clearing: Clearing) -> Result<Vec<Statement>, RunError> {
    match clearing.foreign.is_empty() {
        true => Ok(clearing.statements),
        false => Err(RunError::Foreign { things: clearing.foreign }),
    }
}

/// Empties the schema of everything but the bookkeeping, and the history with it. Answers with the statements.
pub(crate) fn wipe<'a>(
    target: Target<'a>,
    options: &'a RunOptions,
    observer: &'a dyn Observer,
    maker: &'a Maker<'a>,
    all: bool,
) -> BoxFuture<'a, Result<Vec<String>, RunError>> {
    Box::pin(async move {
        let db = connect(&target, options).await?;
        let mut run = Run::locked(&target, db, options, observer).await?;
        let outcome = run.wipe_locked(maker, all).await;
        run.finish().await;
        outcome
    })
}

impl Run<'_> {
    async fn wipe_locked(&mut self, maker: &Maker<'_>, all: bool) -> Result<Vec<String>, RunError> {
        self.loaded = load(&mut self.db, &self.names).await?;
        self.enter("wipe").await?;
        let made = maker(&self.loaded);
        let dialect = self.db.dialect().clone();
        let doing = RunError::database("finding what to drop");
        let keep = self.names.all();
        let clearing = dialect.wipe(self.db.connection(), &keep, &made).await.map_err(doing)?;
        let mut statements = only_ours(clearing)?;
        let shown: Vec<String> = statements.iter().map(|statement| statement.sql.clone()).collect();
        if all {
            for table in &keep {
                let table = dialect.bookkeeping().table(&self.names, table);
                statements.push(Statement::new(format!("DROP TABLE {table}")));
            }
            // Its row goes with its table.
            self.lease = None;
        } else {
            let clear = dialect.bookkeeping().clear(&self.names);
            statements.extend(clear.into_iter().map(Statement::new));
        }
        self.all_at_once(statements).await?;
        Ok(shown)
    }

    /// Runs statements in one transaction where the database can, else one by one.
    async fn all_at_once(&mut self, statements: Vec<Statement>) -> Result<(), RunError> {
        let capability = self.db.dialect().capability().clone();
        let switch = capability.foreign_key_switch;
        let switch = switch.filter(|_| statements.iter().any(|statement| statement.needs_foreign_keys_off));
        let mut batch: Vec<String> = Vec::with_capacity(statements.len() + 4);
        batch.extend(switch.map(|switch| switch.off.to_owned()));
        if capability.transactional_ddl {
            batch.push(capability.begin.to_owned());
        }
        batch.extend(statements.into_iter().map(|statement| statement.sql));
        if capability.transactional_ddl {
            batch.push("COMMIT".to_owned());
        }
        for sql in batch {
            if let Err(error) = self.db.connection().execute(&sql).await {
                let _ = self.db.connection().execute("ROLLBACK").await;
                return Err(RunError::Database { doing: "dropping".into(), error });
            }
        }
        if let Some(switch) = switch {
            let on = self.db.connection().execute(switch.on).await;
            on.map_err(RunError::database("switching foreign keys on"))?;
        }
        Ok(())
    }
}
