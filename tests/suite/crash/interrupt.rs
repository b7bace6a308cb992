//! Asked to stop: what is under way is rolled back or journaled, the lock is given back, and the next run goes on.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use arvel_core::Shutdown;
use arvel_migrate::{
    Error, UpgradeRequest,
    exec::{Event, Observer, RunError, RunOptions},
};

use crate::support::{
    World,
    child::{Child, named},
    on_every_engine, set,
};

on_every_engine!(
    in_the_middle_of_a_statement,
    asked_twice_the_statement_is_cancelled,
    asked_before_it_begins,
    by_a_signal
);

/// Asks to stop a while after a step began, once or twice.
struct StopIn {
    revision: &'static str,
    shutdown: Shutdown,
    times: usize,
}

impl Observer for StopIn {
    fn event(&self, event: &Event<'_>) {
        if let Event::StepStarted { revision, .. } = event
            && revision.as_str() == self.revision
        {
            let (shutdown, times) = (self.shutdown.clone(), self.times);
            // A thread: the observer must not block, and the run's own may be busy.
            std::thread::spawn(move || {
                for _ in 0..times {
                    std::thread::sleep(Duration::from_millis(400));
                    shutdown.request();
                }
            });
        }
    }
}

async fn stopped(world: &World, revision: &'static str, times: usize) -> (Error, Duration) {
    let shutdown = Shutdown::new();
    let migrator = world
        .database
        .builder()
        .catalog(set(&named("slow")))
        .observer(Arc::new(StopIn { revision, shutdown: shutdown.clone(), times }))
        .options(RunOptions { shutdown: Some(shutdown), ..RunOptions::default() })
        .build()
        .unwrap();
    let started = Instant::now();
    let error = migrator.migrate(&UpgradeRequest::default()).await.unwrap_err();
    (error, started.elapsed())
}

async fn goes_on(world: &mut World) {
    let started = Instant::now();
    world.migrate(&named("slow")).await;
    // Nobody holds the lock: the wait for it would be a minute.
    assert!(started.elapsed() < Duration::from_secs(30), "{:?}", started.elapsed());
    assert_eq!(world.tables().await, ["first", "half", "last", "rest"]);
    assert_eq!(world.count("half").await, 1, "{}", world.engine.family);
    assert_eq!(world.count("arvel_migration_steps").await, 0);
    assert_eq!(world.count("arvel_migrations").await, 3);
}

async fn in_the_middle_of_a_statement(mut world: World) {
    let (error, took) = stopped(&world, "2_slow", 1).await;
    assert_eq!((error.code(), error.exit().0), ("interrupted", 130), "{error}");
    let Error::Run(RunError::Interrupted { report, planned, .. }) = error else { panic!("{error:?}") };
    assert_eq!(planned, 3);
    let done: Vec<&str> = report.steps.iter().map(|step| step.revision.as_str()).collect();
    match world.engine.family {
        "postgres" | "sqlite" => {
            assert!(took < Duration::from_millis(1900), "cancelled, not waited for: {took:?}");
            assert_eq!(done, ["1_first"]);
            assert_eq!(world.tables().await, ["first"]);
        }
        _ => {
            assert_eq!(done, ["1_first"]);
            assert_eq!(world.tables().await, ["first", "half"]);
            let journal = "SELECT position, state FROM arvel_migration_steps ORDER BY position";
            assert_eq!(world.rows(journal).await, ["0 | done", "10000 | done"]);
        }
    }
    goes_on(&mut world).await;
}

async fn asked_twice_the_statement_is_cancelled(mut world: World) {
    let (error, took) = stopped(&world, "2_slow", 2).await;
    assert_eq!(error.exit().0, 130, "{}: {error}", world.engine.family);
    assert!(took < Duration::from_millis(1900), "{}: {took:?}", world.engine.family);
    assert_eq!(world.tables().await, world.pick(vec!["first"], vec!["first"], vec!["first", "half"]));
    goes_on(&mut world).await;
}

async fn asked_before_it_begins(mut world: World) {
    let shutdown = Shutdown::new();
    shutdown.request();
    let options = RunOptions { shutdown: Some(shutdown), ..RunOptions::default() };
    let migrator = world.database.builder().catalog(set(&named("slow"))).options(options).build().unwrap();
    let error = migrator.migrate(&UpgradeRequest::default()).await.unwrap_err();
    assert_eq!(error.exit().0, 130, "{error}");
    assert_eq!(world.tables().await, [""; 0]);
    goes_on(&mut world).await;
}

async fn by_a_signal(mut world: World) {
    for signal in ["INT", "TERM"] {
        let mut child = Child::start(&world, "slow");
        child.told(if signal == "INT" { "step 1_first" } else { "started" }).await;
        child.signal(signal).await;
        let end = child.end().await;
        // A short rest may be done before the signal is heard.
        assert!(matches!(end.code, Some(130 | 0)), "{}: {end:?}", world.engine.family);
    }
    goes_on(&mut world).await;
}
