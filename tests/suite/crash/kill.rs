//! SIGKILL at any moment: never twice, never half.

use std::time::Duration;

use arvel_migrate::history::State;

use crate::support::{
    World,
    child::{Child, named},
    on_every_engine,
};

on_every_engine!(
    the_next_run_converges_at_once,
    what_a_killed_run_leaves,
    killed_while_it_waits_for_a_table,
    killed_again_and_again,
    a_held_lock_dies_with_its_process
);

async fn killed_in_the_middle(world: &World) {
    let mut child = Child::start(world, "slow");
    child.told("step 2_slow").await;
    tokio::time::sleep(Duration::from_millis(400)).await;
    child.kill().await;
}

async fn is_whole(world: &mut World) {
    assert_eq!(world.tables().await, ["first", "half", "last", "rest"]);
    assert_eq!(world.count("half").await, 1, "{}", world.engine.family);
    let history = "SELECT revision, seq FROM arvel_migrations ORDER BY seq";
    assert_eq!(world.rows(history).await, ["1_first | 1", "2_slow | 2", "3_last | 3"]);
    assert_eq!(world.count("arvel_migration_steps").await, 0);
    let start = world.migrator(&named("slow")).start_state().await.unwrap();
    assert!(start.fast, "{}: {start:?}", world.engine.family);
}

/// The statement of the dead still runs at the server: the next migrator waits for it, and finishes.
async fn the_next_run_converges_at_once(mut world: World) {
    killed_in_the_middle(&world).await;
    let end = Child::start(&world, "slow").end().await;
    assert_eq!(end.code, Some(0), "{}: {end:?}", world.engine.family);
    is_whole(&mut world).await;
}

async fn what_a_killed_run_leaves(mut world: World) {
    killed_in_the_middle(&world).await;
    tokio::time::sleep(Duration::from_millis(2600)).await;
    let migrator = world.migrator(&named("slow"));
    let status = migrator.status().await.unwrap();
    let states: Vec<State> = status.comparison.states().iter().map(|state| state.state).collect();
    if world.transactional {
        // All of the step or nothing of it: a server goes on with a packet that it has, to its COMMIT.
        match states[..] {
            [State::Applied, State::Applied, State::Pending] => {
                assert_eq!(world.tables().await, ["first", "half", "rest"]);
            }
            [State::Applied, State::Pending, State::Pending] => assert_eq!(world.tables().await, ["first"]),
            _ => panic!("{}: {states:?}", world.engine.family),
        }
    } else {
        assert_eq!(states, [State::Applied, State::Failed, State::Pending]);
        assert_eq!(world.tables().await, ["first", "half"]);
        // The server finished the statement, and the packet that it came in has noted it.
        let journal = "SELECT position, state FROM arvel_migration_steps ORDER BY position";
        assert_eq!(world.rows(journal).await, ["0 | done", "10000 | done"]);
    }
    world.migrate(&named("slow")).await;
    is_whole(&mut world).await;
}

/// A change of a table that another session holds: killed while it waits, it may or may not happen at the server.
async fn killed_while_it_waits_for_a_table(mut world: World) {
    if world.engine.family == "sqlite" {
        return; // No statement waits inside of SQLite's server: there is none.
    }
    let set = named("altering");
    world.migrate(&set[..1]).await;
    world.execute("BEGIN").await;
    world.rows("SELECT id FROM posts").await;
    let mut child = Child::start(&world, "altering");
    child.told("step 2_alter_posts").await;
    tokio::time::sleep(Duration::from_millis(700)).await;
    child.kill().await;
    world.execute("COMMIT").await;
    let end = Child::start(&world, "altering").end().await;
    assert_eq!(end.code, Some(0), "{}: {end:?}", world.engine.family);
    assert_eq!(world.tables().await, ["another", "other", "posts"]);
    assert_eq!(world.column_names("posts").await, ["id", "slug"]);
    assert_eq!(world.count("arvel_migration_steps").await, 0);
}

async fn killed_again_and_again(mut world: World) {
    let mut kills = 0;
    let mut applied = 0;
    // Delays that fall between and inside of statements, the same in every run.
    for round in 0_u64..60 {
        let mut child = Child::start(&world, "many");
        let delay = Duration::from_millis(3 + (round * 37) % 90);
        let told = tokio::time::timeout(Duration::from_secs(20), child.told("started")).await;
        assert!(told.is_ok(), "{}: round {round} never began", world.engine.family);
        tokio::time::sleep(delay).await;
        child.kill().await;
        kills += 1;
        applied = match world.db.has_table("arvel_migrations").await.unwrap() {
            true => world.count("arvel_migrations").await,
            false => 0,
        };
        if applied >= 11 {
            break;
        }
    }
    let end = Child::start(&world, "many").end().await;
    assert_eq!(end.code, Some(0), "{} after {kills} kills, {applied} applied: {end:?}", world.engine.family);
    assert_eq!(world.count("arvel_migrations").await, 12);
    let expected: Vec<String> = (2..=12).map(|n| n.to_string()).collect();
    assert_eq!(world.rows("SELECT n FROM hits ORDER BY n").await, expected, "{}", world.engine.family);
    for n in 2..=12 {
        let table = format!("hit_{n}");
        assert_eq!(world.count(&table).await, 1, "{}: {table}", world.engine.family);
        assert_eq!(world.column_names(&table).await, ["id", "name"]);
    }
    assert_eq!(world.rows("SELECT revision, position, state FROM arvel_migration_steps").await, [""; 0]);
}

/// Whoever waits for the lock gets it when its holder is gone, long before the holder's time would be up.
async fn a_held_lock_dies_with_its_process(mut world: World) {
    let mut holder = Child::start(&world, "slow");
    holder.told("step 2_slow").await;
    let mut waiter = Child::start(&world, "slow");
    waiter.told("waiting").await;
    holder.kill().await;
    let started = std::time::Instant::now();
    let end = waiter.end().await;
    assert_eq!(end.code, Some(0), "{}: {end:?}", world.engine.family);
    assert!(started.elapsed() < Duration::from_secs(30), "{:?}", started.elapsed());
    is_whole(&mut world).await;
}
