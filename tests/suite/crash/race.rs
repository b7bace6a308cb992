//! Many at once: each migration once, and nobody fails.

use crate::support::{
    World,
    child::{Child, named},
    on_every_engine,
};

on_every_engine!(twenty_processes_at_once, processes_and_tasks_at_once);

async fn applied_once(world: &mut World) {
    assert_eq!(world.rows("SELECT seq FROM arvel_migrations ORDER BY seq").await.len(), 12);
    let expected: Vec<String> = (2..=12).map(|n| n.to_string()).collect();
    assert_eq!(world.rows("SELECT n FROM hits ORDER BY n").await, expected);
    assert_eq!(world.rows("SELECT DISTINCT batch FROM arvel_migrations").await, ["1"]);
}

async fn twenty_processes_at_once(mut world: World) {
    let children: Vec<Child> = (0..20).map(|_| Child::start(&world, "many")).collect();
    let mut applied = Vec::new();
    for child in children {
        let end = child.end().await;
        assert_eq!(end.code, Some(0), "{}: {end:?}", world.engine.family);
        applied.push(end.applied);
    }
    assert_eq!(applied.iter().sum::<usize>(), 12, "{}: {applied:?}", world.engine.family);
    assert_eq!(applied.iter().filter(|count| **count > 0).count(), 1, "one of them did it all: {applied:?}");
    applied_once(&mut world).await;
}

async fn processes_and_tasks_at_once(mut world: World) {
    let children: Vec<Child> = (0..3).map(|_| Child::start(&world, "many")).collect();
    let tasks: Vec<_> = (0..3)
        .map(|_| {
            let migrator = world.migrator(&named("many"));
            tokio::spawn(async move { migrator.migrate(&arvel_migrate::UpgradeRequest::default()).await })
        })
        .collect();
    let mut applied = 0;
    for task in tasks {
        applied += task.await.unwrap().unwrap().steps.len();
    }
    for child in children {
        let end = child.end().await;
        assert_eq!(end.code, Some(0), "{}: {end:?}", world.engine.family);
        applied += end.applied;
    }
    assert_eq!(applied, 12);
    applied_once(&mut world).await;
}
