//! Writing the history without running anything: all rows or none, and only the rows that were meant.

use arvel_migrate::{
    DowngradeRequest, StampRequest,
    graph::Target,
    migration::{Label, Migration, Parents, RevisionId},
};

use crate::support::{World, migration, on_every_engine, without_transaction};

on_every_engine!(
    a_stamp_is_all_rows_or_none,
    a_stamped_set_is_at_head_and_starts_with_one_read,
    purge_forgets_what_no_file_has,
    a_branch_is_cleared_without_its_trunk_and_its_sibling,
    a_stamp_settles_a_half_applied_revision,
    stamps_at_the_same_time,
    the_tables_are_made_once_and_mended,
    a_forgotten_history_leaves_the_tables
);

fn table<const N: usize>() -> Migration {
    migration(&format!("{N}_table"), |schema| {
        schema.create(&format!("table_{N}"), |table| {
            table.id();
        });
    })
}

fn stamp(targets: &[&str], purge: bool) -> StampRequest {
    StampRequest { targets: targets.iter().map(|text| Target::parse(text).unwrap()).collect(), purge }
}

impl World {
    async fn history(&mut self) -> Vec<String> {
        self.rows("SELECT revision, seq, batch, stamped FROM arvel_migrations ORDER BY seq").await
    }
}

async fn a_stamp_is_all_rows_or_none(mut world: World) {
    let set = [table::<1>(), table::<2>(), table::<3>()];
    world.migrate(&set[..1]).await;
    // The second row of the line is refused, in the middle of the stamp.
    world.execute("CREATE UNIQUE INDEX one_for_each_line ON arvel_migrations (line)").await;
    let before = world.history().await;
    let error = world.migrator(&set).stamp(&stamp(&["2_table"], false)).await.unwrap_err();
    assert!(error.to_string().contains("no row was changed"), "{error}");
    let error = world.migrator(&set).stamp(&stamp(&["heads"], true)).await.unwrap_err();
    assert_eq!(error.exit().0, 1, "{error}");
    assert_eq!(world.history().await, before);
    world
        .execute(world.pick(
            "DROP INDEX one_for_each_line",
            "DROP INDEX one_for_each_line",
            "DROP INDEX one_for_each_line ON arvel_migrations",
        ))
        .await;
    // Nobody holds the lock.
    let report = world.migrator(&set).stamp(&stamp(&["heads"], false)).await.unwrap();
    assert_eq!(report.added.len(), 2);
    assert_eq!(world.history().await, ["1_table | 1 | 1 | 0", "2_table | 2 | - | 1", "3_table | 3 | - | 1"]);
}

async fn a_stamped_set_is_at_head_and_starts_with_one_read(mut world: World) {
    let set = [table::<1>(), table::<2>()];
    let migrator = world.migrator(&set);
    assert!(!migrator.status().await.unwrap().comparison.is_up_to_date());
    let planned = migrator.plan_stamp(&stamp(&["heads"], false)).await.unwrap();
    assert!(planned.dry_run && planned.added.len() == 2);
    assert_eq!(world.all_tables().await, [""; 0], "a plan writes nothing");
    migrator.stamp(&stamp(&["heads"], false)).await.unwrap();
    assert!(migrator.status().await.unwrap().comparison.is_up_to_date());
    assert!(migrator.start_state().await.unwrap().fast);
    assert_eq!(world.tables().await, [""; 0], "nothing was run");
    assert!(migrator.stamp(&stamp(&["heads"], false)).await.unwrap().is_empty());
    let down = migrator.stamp(&stamp(&["1_table"], false)).await.unwrap();
    assert_eq!(down.removed.len(), 1);
    assert_eq!(world.history().await, ["1_table | 1 | - | 1"]);
    migrator.stamp(&stamp(&["base"], false)).await.unwrap();
    assert_eq!(world.history().await, [""; 0]);
    assert_eq!(world.migrate(&set).await.steps.len(), 2, "and it can be applied");
}

async fn purge_forgets_what_no_file_has(mut world: World) {
    world.migrate(&[table::<1>(), table::<2>(), table::<3>()]).await;
    let set = [table::<1>(), table::<3>()];
    let migrator = world.migrator(&set);
    let error = migrator.stamp(&stamp(&["1_table"], false)).await.unwrap_err();
    assert_eq!((error.code(), error.exit().0), ("plan.missing", 5));
    let report = migrator.stamp(&stamp(&["1_table"], true)).await.unwrap();
    let names =
        |revisions: &[RevisionId]| -> Vec<String> { revisions.iter().map(ToString::to_string).collect() };
    assert_eq!(names(&report.removed), ["3_table", "2_table", "1_table"]);
    assert_eq!(names(&report.added), ["1_table"]);
    assert_eq!(world.history().await, ["1_table | 1 | - | 1"]);
    assert_eq!(world.tables().await, ["table_1", "table_2", "table_3"]);
}

async fn a_branch_is_cleared_without_its_trunk_and_its_sibling(mut world: World) {
    let id = |text: &str| RevisionId::new(text).unwrap();
    let on = |migration: Migration, parent: &str, label: Option<&str>| Migration {
        parents: Parents::Of(vec![id(parent)]),
        labels: label.map(|label| Label::new(label).unwrap()).into_iter().collect(),
        ..migration
    };
    let set = [
        table::<1>(),
        on(table::<2>(), "1_table", Some("blog")),
        on(table::<3>(), "1_table", Some("shop")),
        on(table::<4>(), "2_table", None),
    ];
    let migrator = world.migrator(&set);
    migrator.migrate(&Default::default()).await.unwrap();
    migrator.stamp(&stamp(&["blog@base"], false)).await.unwrap();
    assert_eq!(world.history().await, ["1_table | 1 | 1 | 0", "3_table | 3 | 1 | 0"]);
    migrator.stamp(&stamp(&["blog@head"], false)).await.unwrap();
    let target = Target::parse("blog@base").unwrap();
    let undone = migrator.downgrade(&DowngradeRequest { target }).await.unwrap();
    let order: Vec<&str> = undone.steps.iter().map(|step| step.revision.as_str()).collect();
    assert_eq!(order, ["4_table", "2_table"]);
    assert_eq!(world.tables().await, ["table_1", "table_3"]);
}

async fn a_stamp_settles_a_half_applied_revision(mut world: World) {
    world.execute("CREATE TABLE in_the_way (id int)").await;
    let half = without_transaction(migration("1_half", |schema| {
        schema.sql("CREATE TABLE there (id int)");
        schema.sql("CREATE TABLE in_the_way (id int)");
    }));
    let set = [half];
    world.try_migrate(&set).await.unwrap_err();
    assert!(world.count("arvel_migration_steps").await > 0);
    let report = world.migrator(&set).stamp(&stamp(&["1_half"], false)).await.unwrap();
    assert_eq!((report.added.len(), report.settled.len()), (1, 1));
    assert_eq!(world.count("arvel_migration_steps").await, 0);
    assert!(world.migrator(&set).status().await.unwrap().comparison.is_up_to_date());
    assert!(world.migrate(&set).await.is_empty());
}

async fn stamps_at_the_same_time(mut world: World) {
    let set = [table::<1>(), table::<2>(), table::<3>()];
    let migrators = [world.migrator(&set), world.migrator(&set), world.migrator(&set)];
    let request = stamp(&["heads"], false);
    let [one, two, three] = &migrators;
    let (one, two, three) = tokio::join!(one.stamp(&request), two.stamp(&request), three.stamp(&request));
    let added: usize = [one, two, three].into_iter().map(|report| report.unwrap().added.len()).sum();
    assert_eq!(added, 3, "one of them did it");
    assert_eq!(world.history().await, ["1_table | 1 | - | 1", "2_table | 2 | - | 1", "3_table | 3 | - | 1"]);
}

async fn the_tables_are_made_once_and_mended(mut world: World) {
    let migrator = world.migrator(&[table::<1>()]);
    let planned = migrator.plan_install().await.unwrap();
    assert!(planned.changed && !planned.statements.is_empty());
    assert_eq!(world.all_tables().await, [""; 0]);
    let made = migrator.install().await.unwrap();
    assert!(made.changed);
    let tables = world.all_tables().await;
    assert!(made.tables.iter().all(|table| tables.contains(table)), "{tables:?}");
    assert_eq!(world.tables().await, [""; 0]);
    assert!(!migrator.install().await.unwrap().changed);
    world.migrate(&[table::<1>()]).await;
    world.execute("DROP TABLE arvel_migration_steps").await;
    assert!(migrator.install().await.unwrap().changed);
    assert_eq!(world.all_tables().await.len(), tables.len() + 1);
    assert_eq!(world.history().await.len(), 1);
    assert!(!migrator.plan_install().await.unwrap().changed);
}

async fn a_forgotten_history_leaves_the_tables(mut world: World) {
    world.migrate(&[table::<1>(), table::<2>()]).await;
    let migrator = world.migrator(&[table::<2>()]);
    assert_eq!(migrator.plan_clear_history().await.unwrap().removed.len(), 2);
    assert_eq!(world.history().await.len(), 2);
    assert_eq!(migrator.clear_history().await.unwrap().removed.len(), 2);
    assert_eq!(world.history().await, [""; 0]);
    assert_eq!(world.tables().await, ["table_1", "table_2"]);
    assert!(migrator.clear_history().await.unwrap().is_empty());
}
