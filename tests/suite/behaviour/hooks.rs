//! The program's own code around steps, stamps and runs: inside the step's transaction, named when it refuses, and never
//! asked about what the filter leaves out.

use std::sync::{Arc, Mutex};

use arvel_core::{Config, Context, Environment, Plugin, Provided};
use arvel_migrate::{
    Error, Given, Hooks, Migrations, Migrator, RollbackRequest, ScriptRequest, ScriptVerb, StampRequest,
    StepContext, UpgradeRequest,
    db::Db,
    dsl::Schema,
    exec::{AfterFailure, RunError},
    graph::Target,
    history::State,
    migration::{Migration, Parents, RevisionId},
    operation::DataResult,
    settings::Databases,
};

use crate::support::{World, failed, migration, on_every_engine, set, without_transaction};

on_every_engine!(
    hooks_are_told_of_each_step_and_write_with_it,
    a_hook_that_refuses_stops_the_step,
    a_hook_behind_a_journaled_step_is_called_until_it_agrees,
    hooks_around_a_run_and_a_stamp,
    a_stamp_that_a_hook_refuses_writes_no_row,
    what_is_skipped_is_left_alone,
    what_is_given_is_recorded_and_comes_back
);

fn table<const N: usize>() -> Migration {
    migration(&format!("{N}_table"), |schema| {
        schema.create(&format!("table_{N}"), |table| {
            table.id();
        });
    })
}

impl World {
    fn hooked(&self, migrations: &[Migration], hooks: Hooks) -> Migrator {
        self.database.builder().catalog(set(migrations)).hooks(hooks).build().expect("a sound set")
    }

    async fn audited(&mut self) -> Vec<String> {
        self.rows("SELECT what FROM audit ORDER BY what").await
    }
}

async fn write(step: &StepContext, db: &mut Db) -> DataResult {
    let moment = if step.duration.is_some() { "after" } else { "before" };
    let what = format!(
        "{} {moment} {} {} {} {}/{} {}",
        step.revision,
        step.direction.as_str(),
        step.batch.map_or("-".to_owned(), |batch| batch.to_string()),
        if step.stamped { "stamped" } else { "run" },
        step.number,
        step.steps,
        step.given.argument("who").unwrap_or("nobody"),
    );
    // It sees what the step has done so far, and its row.
    let sql = format!("SELECT count(*) FROM arvel_migrations WHERE revision = '{}'", step.revision);
    let row = db.fetch_one(&sql, &[]).await?;
    let rows = row.and_then(|row| row.at(0).map(str::to_owned)).unwrap_or_default();
    db.execute(&format!("INSERT INTO audit (what) VALUES ('{what} {rows}')"), &[]).await?;
    Ok(())
}

async fn hooks_are_told_of_each_step_and_write_with_it(mut world: World) {
    world.execute("CREATE TABLE audit (what varchar(200))").await;
    let migrations = [table::<1>(), without_transaction(table::<2>())];
    let hooks = Hooks::new().before_step("audit", write).after_step("audit", write);
    let migrator = world
        .database
        .builder()
        .catalog(set(&migrations))
        .hooks(hooks)
        .given(Given::parse(["who=me"]).unwrap())
        .build()
        .unwrap();
    let planned = migrator.plan_migrate(&UpgradeRequest::default()).await.unwrap();
    let shown = migrator.dry_run(&planned).await.unwrap().steps.remove(0).statements;
    assert_eq!(shown.first().unwrap(), "-- at run time: hook `audit`");
    assert_eq!(shown.last().unwrap(), "-- at run time: hook `audit`");
    migrator.migrate(&UpgradeRequest::default()).await.unwrap();
    assert_eq!(
        world.audited().await,
        [
            "1_table after up 1 run 1/2 me 1",
            "1_table before up 1 run 1/2 me 0",
            "2_table after up 1 run 2/2 me 1",
            "2_table before up 1 run 2/2 me 0"
        ]
    );
    world.execute("DELETE FROM audit").await;
    migrator.rollback(&RollbackRequest::Steps(2)).await.unwrap();
    let audited = world.audited().await;
    let ways: Vec<&str> = audited.iter().map(|line| line.rsplit_once(" me ").unwrap().1).collect();
    assert_eq!(ways, ["0", "1", "0", "1"], "{audited:?}");
    assert_eq!(world.tables().await, ["audit"]);
}

async fn a_hook_that_refuses_stops_the_step(mut world: World) {
    world.execute("CREATE TABLE audit (what varchar(200))").await;
    let migrations = [table::<1>(), table::<2>()];
    let hooks = Hooks::new().before_step("audit", write).after_step("approve", async |step, _| {
        match step.slug.as_str() {
            "table" if step.revision.as_str().starts_with('2') => Err("nobody approved it".into()),
            _ => Ok(()),
        }
    });
    let migrator = world.hooked(&migrations, hooks);
    let error = migrator.migrate(&UpgradeRequest::default()).await.unwrap_err();
    assert_eq!((error.code(), error.exit().0), ("migration.failed", 1));
    assert!(error.hint().unwrap().contains("the hook of the program"), "{:?}", error.hint());
    let failure = failed(error);
    let hook = failure.hook.expect("a hook");
    assert_eq!((hook.name.as_str(), hook.moment), ("approve", "after_step"));
    assert_eq!(failure.error.message, "nobody approved it");
    assert_eq!((failure.revision.as_str(), failure.done.len()), ("2_table", 1));
    let audited = world.audited().await;
    assert_eq!(world.rows("SELECT revision FROM arvel_migrations").await, ["1_table"]);
    if world.transactional {
        assert_eq!(failure.after, AfterFailure::RolledBack);
        assert_eq!(world.tables().await, ["audit", "table_1"]);
        assert_eq!(audited.len(), 1, "{audited:?}");
    } else {
        assert!(matches!(&failure.after, AfterFailure::Committed { statements } if statements.len() == 1));
    }
    // Without the hook it goes on.
    assert_eq!(world.migrate(&migrations).await.steps.len(), 1);
    assert_eq!(world.tables().await, ["audit", "table_1", "table_2"]);
}

async fn a_hook_behind_a_journaled_step_is_called_until_it_agrees(mut world: World) {
    world.execute("CREATE TABLE audit (what varchar(200))").await;
    let migrations = [without_transaction(migration("1_two", |schema| {
        schema.sql("CREATE TABLE one (id int)");
        schema.sql("CREATE TABLE two (id int)");
    }))];
    let seen = Arc::new(Mutex::new(Vec::new()));
    let note = Arc::clone(&seen);
    let hooks = Hooks::new()
        .before_step_with("note", move |step, _| {
            let note = Arc::clone(&note);
            Box::pin(async move {
                note.lock().unwrap().push(step.resumed);
                Ok(())
            })
        })
        .after_step("audit", async |_, db| {
            db.execute("INSERT INTO audit (what) VALUES ('begun')", &[]).await?;
            db.execute("INSERT INTO missing (what) VALUES ('x')", &[]).await?;
            Ok(())
        });
    let migrator = world.hooked(&migrations, hooks);
    for _ in 0..2 {
        let failure = failed(migrator.migrate(&UpgradeRequest::default()).await.unwrap_err());
        assert_eq!(failure.hook.expect("a hook").name, "audit");
        assert!(matches!(&failure.after, AfterFailure::Committed { statements } if statements.len() == 2));
    }
    assert_eq!(*seen.lock().unwrap(), [false, true]);
    assert_eq!(world.audited().await, [""; 0], "it is rolled back with the row");
    assert_eq!(world.count("arvel_migrations").await, 0);
    world.execute("CREATE TABLE missing (what varchar(9))").await;
    migrator.migrate(&UpgradeRequest::default()).await.unwrap();
    assert_eq!(world.audited().await, ["begun"]);
    assert_eq!(world.count("arvel_migration_steps").await, 0);
}

async fn hooks_around_a_run_and_a_stamp(mut world: World) {
    world.execute("CREATE TABLE audit (what varchar(200))").await;
    let migrations = [table::<1>(), table::<2>()];
    let runs = Hooks::new()
        .before_run("opens", async |run, db| {
            let what = format!("a {} {} {:?}", run.steps.len(), run.stamped, run.batch);
            db.execute(&format!("INSERT INTO audit (what) VALUES ('{what}')"), &[]).await?;
            Ok(())
        })
        .after_run("closes", async |run, db| {
            let what = format!("z {} {}", run.steps.len(), run.duration.is_some());
            db.execute(&format!("INSERT INTO audit (what) VALUES ('{what}')"), &[]).await?;
            Ok(())
        });
    let migrator = world.hooked(&migrations, runs.and(Hooks::new().after_step("audit", write)));
    let target = Some(Target::parse("1_table").unwrap());
    migrator.migrate(&UpgradeRequest { target, ..UpgradeRequest::default() }).await.unwrap();
    assert_eq!(
        world.audited().await,
        ["1_table after up 1 run 1/1 nobody 1", "a 1 false Some(1)", "z 1 true"]
    );
    world.execute("DELETE FROM audit").await;
    migrator
        .migrate(&UpgradeRequest { target: Some(Target::parse("1_table").unwrap()), ..Default::default() })
        .await
        .unwrap();
    assert_eq!(world.audited().await, [""; 0], "nothing to do is no run");
    let stamp = |text: &str| StampRequest { targets: vec![Target::parse(text).unwrap()], purge: false };
    migrator.stamp(&stamp("heads")).await.unwrap();
    migrator.stamp(&stamp("1_table")).await.unwrap();
    assert_eq!(
        world.audited().await,
        [
            "2_table after down - stamped 1/1 nobody 0",
            "2_table after up - stamped 1/1 nobody 1",
            "a 1 true None",
            "a 1 true None",
            "z 1 true",
            "z 1 true"
        ]
    );
    let refuses = Hooks::new().before_run("closed", async |_, _| Err("it is Friday".into()));
    let error = world.hooked(&migrations, refuses).migrate(&UpgradeRequest::default()).await.unwrap_err();
    assert_eq!((error.code(), error.exit().0), ("hook.refused", 1));
    assert_eq!(
        error.to_string(),
        "the hook `closed` (before_run) refused: it is Friday; nothing of this run has begun"
    );
    assert_eq!(world.tables().await, ["audit", "table_1"]);
}

async fn a_stamp_that_a_hook_refuses_writes_no_row(mut world: World) {
    world.execute("CREATE TABLE audit (what varchar(200))").await;
    let migrations = [table::<1>(), table::<2>()];
    let hooks = Hooks::new().after_step("audit", async |step, db| {
        write(step, db).await?;
        if step.number == 2 { Err("not this one".into()) } else { Ok(()) }
    });
    let migrator = world.hooked(&migrations, hooks);
    let request = StampRequest { targets: vec![Target::parse("heads").unwrap()], purge: false };
    let error = migrator.stamp(&request).await.unwrap_err();
    assert!(matches!(&error, Error::Run(RunError::Hook { revision: Some(_), .. })), "{error}");
    assert_eq!(
        error.to_string(),
        "the hook `audit` (after_step) refused `2_table`: not this one; no row was changed"
    );
    assert_eq!((world.count("arvel_migrations").await, world.audited().await.len()), (0, 0));
}

async fn what_is_skipped_is_left_alone(mut world: World) {
    let migrations = [table::<1>(), table::<2>(), table::<3>()];
    let without_two = || {
        Hooks::new().filter(|migration, place| {
            migration.revision.as_str() != "2_table" || place.database.name != "default"
        })
    };
    let migrator = world.hooked(&migrations, without_two());
    migrator.migrate(&UpgradeRequest::default()).await.unwrap();
    assert_eq!(world.tables().await, ["table_1", "table_3"]);
    let states = |status: arvel_migrate::Status| -> Vec<State> {
        status.comparison.states().iter().map(|state| state.state).collect()
    };
    use State::{Applied, Late, Skipped};
    assert_eq!(states(migrator.status().await.unwrap()), [Applied, Skipped, Applied]);
    assert!(migrator.start_state().await.unwrap().fast, "its own set is applied");
    // Another program of the same database has it.
    assert_eq!(states(world.migrator(&migrations).status().await.unwrap()), [Applied, Late, Applied]);
    world.migrate(&migrations).await;
    assert_eq!(states(migrator.status().await.unwrap()), [Applied, Applied, Skipped]);
    let state = migrator.start_state().await.unwrap();
    assert!(state.pending.is_empty() && state.missing.is_empty() && !state.fast, "{state:?}");
    // The last that was applied is skipped here: the one before it goes.
    migrator.rollback(&RollbackRequest::Steps(1)).await.unwrap();
    assert_eq!(world.tables().await, ["table_1", "table_2"]);
    migrator.rollback(&RollbackRequest::All).await.unwrap();
    assert_eq!(world.tables().await, ["table_2"]);

    // What another program's migration names is not undone under it.
    let needs_one =
        Migration { parents: Parents::Of(vec![RevisionId::new("1_table").unwrap()]), ..table::<2>() };
    let pair = [table::<1>(), needs_one];
    world.migrate(&pair).await;
    let error = world.hooked(&pair, without_two()).rollback(&RollbackRequest::All).await.unwrap_err();
    assert_eq!((error.code(), error.exit().0), ("plan.needed_by_skipped", 7));
    assert_eq!(world.tables().await, ["table_1", "table_2"]);

    let named = Migration { parents: Parents::Of(vec![RevisionId::new("2_table").unwrap()]), ..table::<3>() };
    let builder = world.database.builder().catalog(set(&[table::<1>(), table::<2>(), named]));
    let Err(error) = builder.hooks(without_two()).build() else { panic!("it names what is skipped") };
    assert_eq!((error.code(), error.exit().0), ("graph.names_skipped", 4));
}

fn of_tenant(schema: &mut Schema) {
    let tenant = schema.require_arg("tenant");
    let tag = schema.tag();
    schema.when_missing_table("nowhere", |schema| {
        let tenant = schema.require_arg("tenant");
        schema.create(&format!("{tenant}_inner"), |table| {
            table.id();
        });
    });
    schema.create(&format!("{tenant}_orders"), |table| {
        table.id();
        if let Some(tag) = &tag {
            table.string(tag);
        }
    });
}

async fn what_is_given_is_recorded_and_comes_back(mut world: World) {
    let reads = |reads: &[&str]| reads.iter().map(|entry| (*entry).to_owned()).collect::<Vec<_>>();
    let one = Migration {
        reads: reads(&["tenant", "--tag"]),
        text: Some("one".into()),
        ..migration("1_orders", of_tenant)
    };
    let error = world.try_migrate(std::slice::from_ref(&one)).await.unwrap_err();
    assert_eq!(error.code(), "plan.recording");
    assert_eq!(error.hint().unwrap(), "give it on the command line: `-x tenant=…`; nothing has run");
    let given = |word: &str| Given::parse([word]).unwrap().tagged("colour");
    let with = |world: &World, migration: &Migration, word: &str| {
        let builder = world.database.builder().catalog(set(std::slice::from_ref(migration)));
        builder.given(given(word)).build().unwrap()
    };
    let script = with(&world, &one, "tenant=acme").script(&ScriptRequest {
        from: None,
        verb: ScriptVerb::Upgrade(UpgradeRequest::default()),
        server_version: None,
    });
    // A condition that only a connection can tell is refused; the words of the command line are in what can be said.
    assert!(script.is_err() || script.unwrap().text.contains("-x tenant=acme --tag colour"));
    with(&world, &one, "tenant=acme").migrate(&UpgradeRequest::default()).await.unwrap();
    assert_eq!(world.tables().await, ["acme_inner", "acme_orders"]);
    let columns = world.db.columns("acme_orders").await.unwrap();
    assert_eq!(columns, ["id", "colour"]);
    // Another word of the command line is no edit; another text of the file is one.
    let comparison = with(&world, &one, "tenant=other").status().await.unwrap().comparison;
    assert!(comparison.is_up_to_date() && comparison.changed().count() == 0);
    let edited = Migration { text: Some("two".into()), ..one.clone() };
    assert_eq!(world.migrator(&[edited]).status().await.unwrap().comparison.changed().count(), 1);
    // What ran is what is undone, whatever is given now.
    with(&world, &one, "tenant=other").rollback(&RollbackRequest::Steps(1)).await.unwrap();
    assert_eq!(world.tables().await, [""; 0]);

    let undeclared = migration("2_orders", |schema| {
        let _ = schema.arg("tenant");
    });
    let error = world.try_migrate(&[undeclared]).await.unwrap_err();
    assert!(error.to_string().contains("write `reads: [\"tenant\"]`"), "{error}");
}

/// What a program says once reaches commands, the start and readiness: all begin with the settings.
#[test]
fn the_plugin_hands_the_hooks_on() {
    let plugin = Migrations::default()
        .hooks(Hooks::new().template_value("team", "billing"))
        .hooks(Hooks::new().filter(|migration, _| migration.slug() != "table"));
    let mut provided = Provided::default();
    plugin.provide(&mut provided);
    let context = Context::new("app", "/nowhere", Environment::Testing, Config::of(plugin.defaults()));
    let databases = Databases::from_context(&context.with(provided)).unwrap();
    let settings = databases.default_one();
    assert_eq!(settings.hooks.template_values().get("team").map(String::as_str), Some("billing"));
    let kept = migration("2_kept", |_| {});
    let migrator = settings.builder().catalog(set(&[table::<1>(), kept])).build().unwrap();
    assert_eq!((migrator.graph().len(), migrator.skipped().len()), (1, 1));
}
