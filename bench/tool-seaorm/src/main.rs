//! SeaORM's migrator over the same SQL texts, through one connection.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Instant,
};

use bench_sets::{Call, say, say_cpu};
use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectOptions, ConnectionTrait, Database},
};

static SIZE: AtomicUsize = AtomicUsize::new(0);

struct One {
    name: String,
    sql: String,
}

impl MigrationName for One {
    fn name(&self) -> &str {
        &self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for One {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(&self.sql).await.map(drop)
    }
}

struct Set;

#[async_trait::async_trait]
impl MigratorTrait for Set {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        (1..=SIZE.load(Ordering::Relaxed))
            .map(|i| {
                Box::new(One { name: format!("m{}", bench_sets::stem(i)), sql: bench_sets::text(i) }) as _
            })
            .collect()
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let call = Call::read();
    SIZE.store(call.n, Ordering::Relaxed);
    let url = match call.file() {
        Some(_) => format!("{}?mode=rwc", call.url),
        None => call.url.clone(),
    };
    for _ in 0..call.repetitions.max(1) {
        let started = Instant::now();
        let mut options = ConnectOptions::new(&url);
        // A second connection has to read the schema again after every DDL statement of the first.
        options.max_connections(1).sqlx_logging(false);
        let db = Database::connect(options).await.expect("connected");
        match call.verb.as_str() {
            "connect" => {}
            "stamp" => {
                Set::install(&db).await.expect("installed");
                let values: Vec<String> =
                    (1..=call.n).map(|i| format!("('m{}', {i})", bench_sets::stem(i))).collect();
                let sql = format!(
                    "INSERT INTO seaql_migrations (version, applied_at) VALUES {}",
                    values.join(", ")
                );
                db.execute_unprepared(&sql).await.expect("stamped");
            }
            _ => Set::up(&db, None).await.expect("migrated"),
        }
        db.close().await.expect("closed");
        say(if call.verb == "noop" { "noop" } else { "run" }, started.elapsed());
    }
    say_cpu();
}
