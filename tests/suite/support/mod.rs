//! What the tests share: a world of its own per test and engine, migrations made of functions, and catalogs read as
//! the engine's own tools read them.

pub(crate) mod catalog;
pub(crate) mod child;

use arvel_migrate::{
    Error, Migrator, RollbackRequest, UpgradeRequest,
    db::Db,
    dsl::Schema,
    exec::{Failure, RunError, RunReport},
    migration::{Body, Catalog, LineName, Migration, Parents, RevisionId, TransactionMode},
    testing::{Engine, TestDatabase},
};

/// Runs a case in a world of its own. An engine that can not be reached is told about by [`TestDatabase::create`].
pub(crate) async fn run<F: Future<Output = ()>>(engine: Engine, case: impl FnOnce(World) -> F) {
    if let Some(world) = World::create(engine).await {
        case(world).await;
    }
}

/// One test per case and engine: `conformance::types::postgres::every_type`.
macro_rules! on_every_engine {
    ($($case:ident),* $(,)?) => {
        $crate::support::on! { sqlite = SQLITE: $($case),* }
        $crate::support::on! { postgres = POSTGRES: $($case),* }
        $crate::support::on! { mysql = MYSQL: $($case),* }
    };
}
macro_rules! on {
    ($family:ident = $engine:ident: $($case:ident),*) => {
        mod $family {
            $(#[tokio::test]
            async fn $case() {
                // Boxed: a whole case inlined overflows the stack of a test's thread.
                $crate::support::run(arvel_migrate::testing::Engine::$engine, |world| Box::pin(super::$case(world))).await;
            })*
        }
    };
}
pub(crate) use {on, on_every_engine};

/// An empty database, a session on it, and what its engine can do.
pub(crate) struct World {
    /// The session that the test reads with. Before the database, so that it is closed first.
    pub db: Db,
    pub engine: Engine,
    pub database: TestDatabase,
    /// Whether a change of tables can be rolled back.
    pub transactional: bool,
}

impl World {
    async fn create(engine: Engine) -> Option<Self> {
        let database = TestDatabase::create(engine).await.expect("a database for the test")?;
        Some(Self::of(engine, database).await)
    }

    /// A world around a database that is there.
    pub(crate) async fn of(engine: Engine, database: TestDatabase) -> Self {
        let db = database.connect().await.expect("a session on it");
        Self { db, engine, database, transactional: engine != Engine::MYSQL }
    }

    /// One of three values, by engine.
    pub(crate) fn pick<T>(&self, sqlite: T, postgres: T, mysql: T) -> T {
        match self.engine.family {
            "sqlite" => sqlite,
            "postgres" => postgres,
            _ => mysql,
        }
    }

    pub(crate) fn migrator(&self, migrations: &[Migration]) -> Migrator {
        self.database.migrator(set(migrations)).expect("a sound set")
    }

    pub(crate) async fn try_migrate(&self, migrations: &[Migration]) -> Result<RunReport, Error> {
        self.migrator(migrations).migrate(&UpgradeRequest::default()).await
    }

    pub(crate) async fn migrate(&self, migrations: &[Migration]) -> RunReport {
        self.try_migrate(migrations).await.unwrap_or_else(|error| panic!("{}: {error}", self.engine.family))
    }

    pub(crate) async fn rollback(&self, migrations: &[Migration], steps: usize) -> RunReport {
        let down = self.migrator(migrations).rollback(&RollbackRequest::Steps(steps)).await;
        down.unwrap_or_else(|error| panic!("{}: {error}", self.engine.family))
    }

    /// Runs a statement of the test's own.
    pub(crate) async fn execute(&mut self, sql: &str) {
        self.try_execute(sql).await.unwrap_or_else(|error| panic!("{}: {sql}: {error}", self.engine.family));
    }

    pub(crate) async fn try_execute(
        &mut self,
        sql: &str,
    ) -> Result<u64, arvel_migrate::dialect::DriverError> {
        self.db.execute(sql, &[]).await
    }

    /// Asserts that the database refuses a statement.
    pub(crate) async fn refuses(&mut self, sql: &str) {
        let outcome = self.try_execute(sql).await;
        assert!(outcome.is_err(), "{} takes {sql}", self.engine.family);
    }

    /// The rows of a query, each as its cells with ` | ` between; NULL is `-`.
    pub(crate) async fn rows(&mut self, sql: &str) -> Vec<String> {
        let rows = self.db.fetch_all(sql, &[]).await;
        let rows = rows.unwrap_or_else(|error| panic!("{}: {sql}: {error}", self.engine.family));
        rows.iter()
            .map(|row| {
                let cells = (0..row.columns().len()).map(|at| row.at(at).unwrap_or("-"));
                cells.collect::<Vec<_>>().join(" | ")
            })
            .collect()
    }

    pub(crate) async fn count(&mut self, table: &str) -> i64 {
        let row = self.db.fetch_one(&format!("SELECT count(*) AS n FROM {table}"), &[]).await;
        row.expect("it can be counted").and_then(|row| row.integer("n")).expect("a number")
    }
}

/// The failure behind an error of a run.
pub(crate) fn failed(error: Error) -> Failure {
    match error {
        Error::Run(RunError::Failed(failure)) => *failure,
        other => panic!("{other}"),
    }
}

/// A set of migrations, as a catalog.
pub(crate) fn set(migrations: &[Migration]) -> Catalog {
    Catalog::new(migrations.to_vec()).expect("no revision twice")
}

/// A migration of functions: `migration("1_create_a", up)`.
pub(crate) fn migration(stem: &str, up: fn(&mut Schema)) -> Migration {
    Migration {
        revision: RevisionId::new(stem).expect("a revision"),
        stem: stem.to_owned(),
        line: LineName::default_line(),
        parents: Parents::Previous,
        depends_on: Vec::new(),
        labels: Vec::new(),
        origin: None,
        in_place: None,
        database: None,
        description: None,
        up: Body::Rust(up),
        down: None,
        up_transaction: TransactionMode::PerMigration,
        down_transaction: TransactionMode::PerMigration,
        reads: Vec::new(),
        given: arvel_migrate::Given::default(),
        path: None,
        text: None,
    }
}

/// A migration with a way back of its own.
pub(crate) fn both_ways(stem: &str, up: fn(&mut Schema), down: fn(&mut Schema)) -> Migration {
    Migration { down: Some(Body::Rust(down)), ..migration(stem, up) }
}

/// The same, each statement for itself.
pub(crate) fn without_transaction(migration: Migration) -> Migration {
    Migration { up_transaction: TransactionMode::None, down_transaction: TransactionMode::None, ..migration }
}
