//! Histories: what is left when everything is undone, and what is done about rows and files that do not fit.

use arvel_migrate::{
    DowngradeRequest, Migrator, RollbackRequest, UpgradeRequest, graph::Target, history::State,
    migration::Migration,
};

use crate::support::{World, both_ways, migration, on_every_engine};

on_every_engine!(
    undone_to_nothing,
    questions_never_write,
    an_edited_migration_is_refused,
    a_missing_revision_is_refused,
    a_late_revision_runs_and_is_marked,
    an_irreversible_revision_stops_before_anything,
    more_steps_than_are_applied,
    batches,
    batches_and_order_of_undoing
);

fn table<const N: usize>() -> Migration {
    migration(&format!("{N}_table"), |schema| {
        schema.create(&format!("table_{N}"), |table| {
            table.id();
        });
    })
}

fn states(migrator: &arvel_migrate::Status) -> Vec<(String, State)> {
    let states = migrator.comparison.states();
    states.iter().map(|state| (state.revision.to_string(), state.state)).collect()
}

fn state(revision: &str, state: State) -> (String, State) {
    (revision.to_owned(), state)
}

async fn undone_to_nothing(mut world: World) {
    let set = [table::<1>(), table::<2>(), table::<3>()];
    world.migrate(&set).await;
    let undone = world.migrator(&set).rollback(&RollbackRequest::All).await.unwrap();
    let order: Vec<&str> = undone.steps.iter().map(|step| step.revision.as_str()).collect();
    assert_eq!(order, ["3_table", "2_table", "1_table"]);
    let bookkeeping = [
        "arvel_migration_lock",
        "arvel_migration_log",
        "arvel_migration_meta",
        "arvel_migration_steps",
        "arvel_migrations",
    ];
    let tables = world.all_tables().await;
    assert!(
        tables.iter().all(|table| bookkeeping.contains(&table.as_str())),
        "{}: {tables:?}",
        world.engine.family
    );
    assert_eq!((world.count("arvel_migrations").await, world.count("arvel_migration_steps").await), (0, 0));
    // And nothing stands in the way of doing it again.
    assert_eq!(world.migrate(&set).await.steps.len(), 3);
    assert!(world.migrator(&set).start_state().await.unwrap().fast);
}

async fn questions_never_write(mut world: World) {
    let set = [table::<1>()];
    let migrator = world.migrator(&set);
    let status = migrator.status().await.unwrap();
    assert_eq!((states(&status), status.initialized), (vec![state("1_table", State::Pending)], false));
    assert_eq!(migrator.start_state().await.unwrap().pending.len(), 1);
    let plan = migrator.plan_migrate(&UpgradeRequest::default()).await.unwrap();
    assert_eq!(plan.steps.len(), 1);
    let report = migrator.dry_run(&plan).await.unwrap();
    assert!(report.dry_run && report.steps[0].statements.len() == 1, "{report:?}");
    assert_eq!(migrator.plan_rollback(&RollbackRequest::Steps(1)).await.unwrap_err().exit().0, 4);
    assert_eq!(world.all_tables().await, [""; 0], "{}", world.engine.family);
    // Nothing to do is nothing to write either.
    assert!(world.migrate(&[]).await.is_empty());
    assert_eq!(world.all_tables().await, [""; 0], "{}", world.engine.family);
}

async fn an_edited_migration_is_refused(mut world: World) {
    let edited = migration("1_table", |schema| {
        schema.create("table_1", |table| {
            table.id();
            table.string("added");
        });
    });
    world.migrate(&[table::<1>()]).await;
    let set = [edited, table::<2>()];
    let before = world.dump().await;
    let migrator = world.migrator(&set);
    for error in [
        migrator.migrate(&UpgradeRequest::default()).await.unwrap_err(),
        migrator.rollback(&RollbackRequest::Steps(1)).await.unwrap_err(),
    ] {
        assert_eq!((error.code(), error.exit().0), ("plan.changed", 5), "{error}");
        assert!(error.to_string().contains("1_table") && error.hint().is_some(), "{error}");
    }
    assert_eq!(world.dump().await, before);
    let status = migrator.status().await.unwrap();
    assert_eq!(states(&status), [state("1_table", State::Changed), state("2_table", State::Pending)]);
    let start = migrator.start_state().await.unwrap();
    assert_eq!((start.changed.len(), start.pending.len(), start.fast), (1, 1, false));
    // Put back as it was, it goes on.
    assert_eq!(world.migrate(&[table::<1>(), table::<2>()]).await.steps.len(), 1);
}

async fn a_missing_revision_is_refused(mut world: World) {
    world.migrate(&[table::<1>(), table::<2>()]).await;
    let older = [table::<1>(), table::<3>()];
    let migrator = world.migrator(&older);
    let before = world.dump().await;
    for error in [
        migrator.migrate(&UpgradeRequest::default()).await.unwrap_err(),
        migrator.rollback(&RollbackRequest::Steps(1)).await.unwrap_err(),
    ] {
        assert_eq!((error.code(), error.exit().0), ("plan.missing", 5), "{error}");
        assert!(error.to_string().contains("2_table"), "{error}");
    }
    assert_eq!(world.dump().await, before);
    assert_eq!(
        states(&migrator.status().await.unwrap()),
        [
            state("1_table", State::Applied),
            state("2_table", State::Missing),
            state("3_table", State::Pending)
        ]
    );
    let start = migrator.start_state().await.unwrap();
    assert_eq!((start.missing.len(), start.pending.len()), (1, 1));
    // The start of a program is lenient: a newer one has been here.
    let lenient = UpgradeRequest { lenient: true, ..UpgradeRequest::default() };
    assert_eq!(migrator.migrate(&lenient).await.unwrap().steps.len(), 1);
    assert_eq!(world.tables().await, ["table_1", "table_2", "table_3"]);
}

async fn a_late_revision_runs_and_is_marked(mut world: World) {
    world.migrate(&[table::<1>(), table::<3>()]).await;
    let set = [table::<1>(), table::<2>(), table::<3>()];
    let migrator = world.migrator(&set);
    assert_eq!(
        states(&migrator.status().await.unwrap()),
        [state("1_table", State::Applied), state("2_table", State::Late), state("3_table", State::Applied)]
    );
    let strict = UpgradeRequest { strict_order: true, ..UpgradeRequest::default() };
    let error = migrator.migrate(&strict).await.unwrap_err();
    assert_eq!((error.code(), error.exit().0), ("plan.late", 7), "{error}");
    assert_eq!(world.tables().await, ["table_1", "table_3"]);
    let report = world.migrate(&set).await;
    assert_eq!((report.steps.len(), report.steps[0].late), (1, true));
    let seq = "SELECT revision FROM arvel_migrations ORDER BY seq";
    assert_eq!(world.rows(seq).await, ["1_table", "3_table", "2_table"]);
    // Undoing goes by the order of application.
    assert_eq!(world.rollback(&set, 1).await.steps[0].revision.as_str(), "2_table");
}

async fn an_irreversible_revision_stops_before_anything(mut world: World) {
    let set = [
        table::<1>(),
        migration("2_rows", |schema| schema.sql("INSERT INTO table_1 (id) VALUES (7)")),
        table::<3>(),
    ];
    world.migrate(&set).await;
    let before = world.dump().await;
    let migrator = world.migrator(&set);
    let to = |text: &str| Target::parse(text).unwrap();
    for error in [
        migrator.rollback(&RollbackRequest::Steps(2)).await.unwrap_err(),
        migrator.rollback(&RollbackRequest::All).await.unwrap_err(),
        migrator.rollback(&RollbackRequest::To(to("1_table"))).await.unwrap_err(),
        migrator.downgrade(&DowngradeRequest { target: to("base") }).await.unwrap_err(),
        migrator.refresh(None).await.unwrap_err(),
    ] {
        assert_eq!((error.code(), error.exit().0), ("plan.irreversible", 4), "{error}");
        assert!(error.to_string().contains("2_rows"), "{error}");
    }
    assert_eq!(world.dump().await, before, "{}: 3_table is undone", world.engine.family);
    assert_eq!(world.count("arvel_migrations").await, 3);
    assert_eq!(world.rollback(&set, 1).await.steps.len(), 1);
}

async fn more_steps_than_are_applied(mut world: World) {
    let set = [table::<1>(), table::<2>()];
    world.migrate(&set).await;
    let migrator = world.migrator(&set);
    let error = migrator.rollback(&RollbackRequest::Steps(3)).await.unwrap_err();
    assert_eq!(error.exit().0, 4, "{error}");
    assert!(error.to_string().contains('3') && error.to_string().contains('2'), "{error}");
    assert_eq!(migrator.rollback(&RollbackRequest::Steps(0)).await.unwrap_err().exit().0, 4);
    assert_eq!(world.tables().await, ["table_1", "table_2"]);
    let plus = UpgradeRequest { target: Some(Target::parse("+1").unwrap()), ..UpgradeRequest::default() };
    assert_eq!(migrator.migrate(&plus).await.unwrap_err().exit().0, 4);
}

async fn batches(mut world: World) {
    let set = [table::<1>(), table::<2>(), table::<3>(), table::<4>()];
    world.migrate(&set[..2]).await;
    let each = UpgradeRequest { batch_per_step: true, ..UpgradeRequest::default() };
    world.migrator(&set).migrate(&each).await.unwrap();
    let read = "SELECT revision, batch FROM arvel_migrations ORDER BY seq";
    assert_eq!(world.rows(read).await, ["1_table | 1", "2_table | 1", "3_table | 2", "4_table | 3"]);
    let migrator = world.migrator(&set);
    assert_eq!(migrator.rollback(&RollbackRequest::Batch(Some(9))).await.unwrap_err().exit().0, 4);
    migrator.rollback(&RollbackRequest::Batch(Some(2))).await.unwrap();
    assert_eq!(world.tables().await, ["table_1", "table_2", "table_4"]);
    migrator.rollback(&RollbackRequest::Batch(None)).await.unwrap();
    migrator.rollback(&RollbackRequest::Batch(None)).await.unwrap();
    assert_eq!(world.tables().await, [""; 0]);
}

async fn batches_and_order_of_undoing(mut world: World) {
    fn up(schema: &mut arvel_migrate::dsl::Schema) {
        schema.sql("INSERT INTO table_1 (id) VALUES (7)");
    }
    fn down(schema: &mut arvel_migrate::dsl::Schema) {
        schema.sql("DELETE FROM table_1 WHERE id = 7");
    }
    let set = [table::<1>(), both_ways("2_rows", up, down), table::<3>()];
    world.migrate(&set).await;
    let migrator: Migrator = world.migrator(&set);
    let refreshed = migrator.refresh(Some(2)).await.unwrap();
    let names = |report: &arvel_migrate::exec::RunReport| -> Vec<String> {
        report.steps.iter().map(|step| step.revision.to_string()).collect()
    };
    assert_eq!(names(&refreshed.down), ["3_table", "2_rows"]);
    assert_eq!(names(&refreshed.up), ["2_rows", "3_table"]);
    assert_eq!(world.rows("SELECT id FROM table_1").await, ["7"]);
    let target = Target::parse("2_rows").unwrap();
    assert_eq!(names(&migrator.downgrade(&DowngradeRequest { target }).await.unwrap()), ["3_table"]);
    let fresh = migrator.fresh().await.unwrap();
    assert_eq!(names(&fresh.up), ["1_table", "2_rows", "3_table"]);
    assert_eq!(world.tables().await, ["table_1", "table_3"]);
}
