//! SIGKILL in the middle of a rebuild of a large table: the next run finds the old table whole, and every child row.
//!
//! `ARVEL_CRASH_ROWS=1000000` says how many rows.

use crate::support::{
    World,
    child::{Child, named},
    on,
};

on! { sqlite = SQLITE: killed_in_the_middle_of_a_rebuild }

fn rows() -> i64 {
    std::env::var("ARVEL_CRASH_ROWS").ok().and_then(|rows| rows.parse().ok()).unwrap_or(200_000)
}

async fn counted(world: &mut World) -> [i64; 2] {
    [world.count("parents").await, world.count("children").await]
}

async fn killed_in_the_middle_of_a_rebuild(mut world: World) {
    let (set, rows) = (named("rebuild"), rows());
    world.migrate(&set[..1]).await;
    let numbers =
        format!("WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < {rows}) ");
    let parents = "INSERT INTO parents (name, boss_id) SELECT 'name ' || n, nullif(n / 2, 0) FROM c";
    world.execute(&format!("{numbers}{parents}")).await;
    world.execute("INSERT INTO children (parent_id) SELECT id FROM parents WHERE id % 10 = 0").await;
    assert_eq!(world.rows("PRAGMA foreign_keys").await, ["1"]);
    let before = (counted(&mut world).await, world.dump().await);
    let sum = "SELECT sum(id), sum(length(name)), sum(boss_id) FROM parents";
    let content = world.rows(sum).await;

    for statement in ["INSERT INTO \"__arvel_new_parents\"", "DROP TABLE \"parents\"", "CREATE INDEX"] {
        let mut child = Child::start(&world, "rebuild");
        child.told(statement).await;
        child.kill().await;
        assert_eq!((counted(&mut world).await, world.dump().await), before, "killed at {statement}");
        assert_eq!(world.rows(sum).await, content, "killed at {statement}");
        assert_eq!(world.count("arvel_migrations").await, 1, "killed at {statement}");
        assert_eq!(world.rows("PRAGMA integrity_check").await, ["ok"]);
    }

    let end = Child::start(&world, "rebuild").end().await;
    assert_eq!(end.code, Some(0), "{end:?}");
    assert_eq!(counted(&mut world).await, before.0);
    assert_eq!(world.rows(sum).await, content);
    assert_eq!(world.column("parents", "name").await, "TEXT | null | -");
    assert_eq!(world.rows("PRAGMA foreign_key_check").await, [""; 0]);
    // The last one leads nobody, so the cascade is short.
    world.execute(&format!("DELETE FROM parents WHERE id = {rows}")).await;
    assert_eq!(counted(&mut world).await, [rows - 1, rows / 10 - 1]);
}
