//! What the three measured programs of Arvel do; they differ in the number of migrations compiled in.

use std::time::Instant;

use arvel_migrate::{
    Migrator,
    dialect::driver_for,
    history::{BookkeepingNames, NewRow},
    migration::Catalog,
};
use bench_sets::{Call, say, say_cpu, timed};

/// The program.
pub fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let call = Call::read();
    match call.verb.as_str() {
        "connect" => runtime.block_on(async {
            let db = migrator(&call).connect().await.expect("connected");
            drop(db);
        }),
        "apply" => runtime.block_on(async {
            let migrator = timed("prepare", || migrator(&call));
            let started = Instant::now();
            let report = migrator.migrate(&Default::default()).await.expect("migrated");
            say("run", started.elapsed());
            assert_eq!(report.steps.len(), call.n);
            say_cpu();
        }),
        "noop" => runtime.block_on(async {
            for _ in 0..call.repetitions {
                let migrator = timed("prepare", || migrator(&call));
                timed("digest", || migrator.own_digest());
                let started = Instant::now();
                let state = migrator.start_state().await.expect("answered");
                say("noop", started.elapsed());
                assert!(state.fast && state.pending.is_empty(), "{state:?}");
            }
        }),
        "stamp" => runtime.block_on(stamp(&call)),
        other => panic!("no verb {other}"),
    }
}

fn migrator(call: &Call) -> Migrator {
    let migrator = Migrator::builder(&call.url).expect("a URL").build().expect("a catalog");
    assert_eq!(migrator.graph().len(), call.n);
    migrator
}

/// Writes history and digest as if everything had been applied, in one transaction.
async fn stamp(call: &Call) {
    let catalog = Catalog::compiled().expect("a catalog");
    let mut db = migrator(call).connect().await.expect("connected");
    let driver = driver_for(call.url.split(':').next().unwrap_or("")).expect("a driver");
    let (dialect, names) = (driver.offline_dialect(), BookkeepingNames::default());
    let sql = dialect.bookkeeping();
    let mut statements = sql.create(&names);
    statements.push(dialect.capability().begin.to_owned());
    for (seq, (migration, (revision, checksum))) in
        (1..).zip(catalog.migrations().iter().zip(catalog.checksums()))
    {
        let row = NewRow {
            revision,
            seq,
            batch: Some(1),
            line: migration.line.to_string(),
            origin: None,
            checksum,
            stamped: true,
            undo: None,
        };
        statements.push(sql.insert_history(&names, &row, "0"));
    }
    statements.push(sql.set_meta(&names, "digest", &catalog.digest().text()));
    statements.push("COMMIT".to_owned());
    for statement in statements {
        db.execute(&statement, &[]).await.expect("stamped");
    }
}
