//! A database that many sequences run on, one after the other, each on an empty schema.

use std::collections::BTreeMap;

use arvel_migrate::{
    dialect::{Connection, SharedDialect, Statement, driver_for},
    migration::TransactionMode,
    operation::{Made, Operation, TableName},
    schema::DatabaseSchema,
    testing::{Engine, TestDatabase},
    url::DatabaseUrl,
};

use crate::{rows, spelling::Spelling};

pub(super) struct World {
    pub connection: Box<dyn Connection>,
    pub dialect: SharedDialect,
    pub spelling: Spelling,
    database: Option<TestDatabase>,
}

/// How statements ended.
pub(super) enum Outcome {
    Done,
    /// The database refused one; `rolled_back` when nothing of them is left.
    Refused {
        sql: String,
        error: String,
        rolled_back: bool,
    },
}

impl World {
    /// `None` where the engine can not be reached and is not required.
    pub(super) async fn open(engine: Engine) -> Option<Self> {
        let database = TestDatabase::create(engine).await.expect("a database for the test")?;
        let driver = driver_for(database.url().scheme()).expect("a driver");
        let memory = DatabaseUrl::parse("sqlite::memory:").expect("a URL");
        let url = if database.url().file().is_some() { &memory } else { database.url() };
        let (connection, dialect) = driver.connect(url, true).await.expect("a connection");
        let spelling = Spelling::of(dialect.capability().display_name);
        let mut world = Self { connection, dialect, spelling, database: Some(database) };
        if engine == Engine::POSTGRES {
            // Of this session alone: nobody waits for the disk.
            world.sql("SET synchronous_commit = off").await;
            // The queries of an inspection join small catalogs: to plan them took longer than to run them.
            world.sql("SET jit = off").await;
            world.sql("SET join_collapse_limit = 1").await;
        }
        Some(world)
    }

    pub(super) async fn close(&mut self) {
        if let Some(database) = self.database.take() {
            drop(database);
        }
    }

    pub(super) async fn sql(&mut self, sql: &str) {
        self.connection.execute(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    pub(super) async fn inspect(&mut self) -> DatabaseSchema {
        self.dialect.inspect(&mut *self.connection, None).await.expect("it can be read")
    }

    /// Empties the schema with the dialect's own means.
    pub(super) async fn wipe(&mut self) {
        // What goes with the connection, while this one stays.
        let temporary = match self.dialect.capability().family {
            "sqlite" => "DROP TABLE IF EXISTS temp.scratch",
            "postgres" => "DISCARD TEMP",
            _ => "DROP TEMPORARY TABLE IF EXISTS scratch",
        };
        self.sql(temporary).await;
        let nothing = Made::default();
        let clearing = self.dialect.wipe(&mut *self.connection, &[], &nothing).await.expect("it can be read");
        match self.execute(&clearing.statements).await {
            Outcome::Done => {}
            Outcome::Refused { sql, error, .. } => panic!("wiping: {sql}: {error}"),
        }
        // A wipe is about tables and what stands in their way: schemas and routines of their own stay.
        for object in self.inspect().await.objects.into_keys() {
            let drop = Operation::Drop { object, if_exists: false };
            let statements = self.dialect.compile(&drop, &DatabaseSchema::default()).expect("it can go");
            self.execute(&statements).await;
        }
        let left = self.inspect().await;
        assert_eq!(left, DatabaseSchema::default(), "a wipe leaves nothing");
    }

    /// Tables as nobody here would write them, with rows.
    pub(super) async fn by_hand(&mut self) -> DatabaseSchema {
        let statements: &[&str] = match self.dialect.capability().family {
            "sqlite" => &[
                "CREATE TABLE t0 (\n    id integer PRIMARY KEY AUTOINCREMENT NOT NULL,\n    s varchar(40), -- a name\n    \
                 \"in\" integer DEFAULT 3 CONSTRAINT odd CHECK (\"in\" IN (1, 3)), n INT\n)",
                "CREATE TABLE t1(id INTEGER CONSTRAINT own PRIMARY KEY, parent INT CONSTRAINT child REFERENCES t0 (id) ON DELETE CASCADE, N, s, UNIQUE (N))",
                "CREATE INDEX [by n] ON t1 (n COLLATE nocase DESC, s) WHERE N > 0",
                "INSERT INTO t0 (id, s) VALUES (1, 'one'), (2, NULL)",
                "INSERT INTO t1 VALUES (1, 1, 'x', NULL), (2, 2, NULL, NULL), (3, 1, 'z', NULL)",
            ],
            "postgres" => &[
                "CREATE TABLE t0 (id bigserial PRIMARY KEY, parent bigint, n int DEFAULT 3 CHECK (n IN (1, 3)), s varchar(40))",
                "CREATE TABLE t1 (id bigint PRIMARY KEY, parent bigint REFERENCES t0 ON DELETE CASCADE, n int, s varchar(40), UNIQUE (n))",
                "CREATE INDEX ON t1 (n DESC, s)",
                "INSERT INTO t0 (s) VALUES ('one'), (NULL)",
                "INSERT INTO t1 VALUES (1, 1, 1, NULL), (2, 2, NULL, NULL), (3, 1, 3, NULL)",
            ],
            _ => &[
                "CREATE TABLE t0 (id bigint unsigned PRIMARY KEY AUTO_INCREMENT, parent bigint unsigned, n int DEFAULT 3 \
                 CHECK (n IN (1, 3)), s varchar(40) CHARACTER SET latin1)",
                "CREATE TABLE t1 (id bigint unsigned PRIMARY KEY, parent bigint unsigned, n int, s varchar(40), UNIQUE (n), \
                 KEY (s, n), CONSTRAINT child FOREIGN KEY (parent) REFERENCES t0 (id) ON DELETE CASCADE)",
                "INSERT INTO t0 (s) VALUES ('one'), (NULL)",
                "INSERT INTO t1 VALUES (1, 1, 1, NULL), (2, 2, NULL, NULL), (3, 1, 3, NULL)",
            ],
        };
        for sql in statements {
            self.sql(sql).await;
        }
        self.inspect().await
    }

    /// Runs statements as the executor does.
    pub(super) async fn execute(&mut self, statements: &[Statement]) -> Outcome {
        let capability = self.dialect.capability().clone();
        let outside = statements.iter().any(|one| one.transaction == TransactionMode::None);
        let transaction = capability.transactional_ddl && !outside;
        let switch =
            capability.foreign_key_switch.filter(|_| statements.iter().any(|one| one.needs_foreign_keys_off));
        if let Some(switch) = switch {
            self.sql(switch.off).await;
        }
        if transaction {
            self.sql(capability.begin).await;
        }
        let mut outcome = Outcome::Done;
        for (at, statement) in statements.iter().enumerate() {
            if let Err(error) = self.connection.execute(&statement.sql).await {
                outcome = Outcome::Refused {
                    sql: statement.sql.clone(),
                    error: error.to_string(),
                    rolled_back: transaction || at == 0,
                };
                // What it left is taken away, as the executor does before the next try.
                if let Some(remnant) = &statement.remnant
                    && remnant.seen.holds(&self.inspect().await)
                {
                    self.sql(&remnant.remove).await;
                }
                break;
            }
        }
        // Also where no statement asked for it: a key without a unique parent fails only when somebody looks.
        if let (Outcome::Done, Some(switch)) = (&outcome, capability.foreign_key_switch) {
            let error = match self.connection.query(switch.check).await {
                Ok(rows) => rows.first().map(|row| format!("a row of {:?} without its parent", row.at(0))),
                Err(error) => Some(error.to_string()),
            };
            if let Some(error) = error {
                let sql = switch.check.to_owned();
                outcome = Outcome::Refused { sql, error, rolled_back: true };
            }
        }
        if transaction {
            self.sql(if matches!(outcome, Outcome::Done) { "COMMIT" } else { "ROLLBACK" }).await;
        }
        if let Some(switch) = switch {
            self.sql(switch.on).await;
        }
        outcome
    }

    /// Rows for tables that have none. What a table does not take stays out.
    pub(super) async fn fill(&mut self, schema: &DatabaseSchema, tables: &[TableName]) {
        let order: Vec<TableName> = rows::parents_first(schema).into_iter().cloned().collect();
        for name in order.iter().filter(|name| tables.contains(name)) {
            for row in 1..=2 {
                let sql = rows::insert(&*self.dialect, schema, name, &schema.tables[name], row);
                if let Ok(sql) = sql {
                    let _ = self.connection.execute(&sql).await;
                }
            }
        }
    }

    /// How many rows each table has.
    pub(super) async fn counts(&mut self, schema: &DatabaseSchema) -> BTreeMap<TableName, i64> {
        let count =
            |name: &TableName| format!("(SELECT count(*) FROM {})", rows::quoted(&*self.dialect, name));
        let all: Vec<String> = schema.tables.keys().map(count).collect();
        if all.is_empty() {
            return BTreeMap::new();
        }
        let sql = format!("SELECT {}", all.join(", "));
        let rows = self.connection.query(&sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
        let number = |at: usize| rows[0].at(at).and_then(|cell| cell.parse().ok()).expect("a number");
        schema.tables.keys().cloned().enumerate().map(|(at, name)| (name, number(at))).collect()
    }
}
