//! Follow-ups of a package that runs in place: each change once, whichever version a database comes from.

use arvel_core::Exit;
use arvel_migrate::{
    Error, Migrator, RollbackRequest, ScriptRequest, ScriptVerb, StampRequest, UpgradeRequest,
    dsl::Schema,
    exec::RunReport,
    graph::Target,
    migration::{Body, Dependency, LineName, Migration, Parents, RevisionId},
    plan::{Conduct, Policy},
    publish::{Follows, InPlace, Version},
    testing::run_script,
};

use crate::support::{World, migration, on_every_engine, set};

on_every_engine!(
    a_new_database_has_all_of_it_at_once,
    each_change_comes_once_from_whichever_version,
    what_failed_goes_on_where_it_was,
    a_row_of_another_text_is_judged_as_an_edit,
    replicas_that_start_together,
    a_stamp_says_that_it_is_there,
    what_ran_in_place_is_followed_up_though_it_is_published
);

fn one(schema: &mut Schema) {
    schema.create("people", |table| {
        table.id();
    });
}

fn two(schema: &mut Schema) {
    schema.create("people", |table| {
        table.id();
        table.string("locale").nullable();
    });
}

fn three(schema: &mut Schema) {
    schema.create("people", |table| {
        table.id();
        table.string("locale").nullable();
        table.string("city").nullable();
    });
}

fn add_locale(schema: &mut Schema) {
    schema.table("people", |table| {
        table.string("locale").nullable();
    });
}

fn add_city(schema: &mut Schema) {
    schema.table("people", |table| {
        table.string("city").nullable();
    });
}

fn stub(name: &str, up: fn(&mut Schema), version: u64, since: Option<u64>) -> Migration {
    let origin = |name: &str| format!("people/{name}").parse().expect("an origin");
    let of = |version| Version::new(0, version, 0);
    let follows = since.map(|since| Follows { stub: origin("create_people"), since: of(since) });
    Migration {
        revision: RevisionId::new(format!("people_{name}")).expect("a revision"),
        line: LineName::of_package("people"),
        parents: Parents::Root,
        origin: Some(origin(name)),
        in_place: Some(InPlace { version: of(version), follows }),
        ..migration(name, up)
    }
}

/// The package at a version: the third has both changes, the second the first of them.
fn package(version: u64) -> Vec<Migration> {
    let text: fn(&mut Schema) = [one, two, three][version as usize - 1];
    let behind = |before: &str, stub: Migration| Migration {
        parents: Parents::Of(vec![RevisionId::new(before).expect("a revision")]),
        ..stub
    };
    let mut stubs = vec![stub("create_people", text, version, None)];
    if version > 1 {
        stubs.push(behind("people_create_people", stub("add_locale", add_locale, version, Some(2))));
    }
    if version > 2 {
        stubs.push(behind("people_add_locale", stub("add_city", add_city, version, Some(3))));
    }
    let other = migration("create_badges", |schema| {
        schema.create("badges", |table| {
            table.id();
        });
    });
    let plain = Migration { in_place: None, ..stub("create_badges", one, version, None) };
    stubs.push(behind(
        "people_create_people",
        Migration { up: other.up, in_place: stubs[0].in_place.clone(), ..plain },
    ));
    stubs
}

impl World {
    async fn at(&self, version: u64) -> Result<RunReport, Error> {
        self.migrator(&package(version)).migrate(&UpgradeRequest::default()).await
    }

    async fn remembered(&mut self) -> Vec<String> {
        self.rows("SELECT revision FROM arvel_migrations ORDER BY seq").await
    }
}

fn ran(report: &RunReport) -> Vec<&str> {
    report.steps.iter().map(|step| step.revision.as_str()).collect()
}

async fn is_at_head(migrator: &Migrator) {
    let status = migrator.status().await.expect("read").comparison;
    let states: Vec<String> =
        status.states().iter().map(|of| format!("{} {}", of.revision, of.state)).collect();
    assert_eq!(states, ["people_create_people applied", "people_create_badges applied"]);
    assert!(status.is_up_to_date());
    let start = migrator.start_state().await.expect("read");
    assert!(start.fast && start.pending.is_empty(), "{start:?}");
    assert!(migrator.migrate(&UpgradeRequest::default()).await.expect("nothing to do").is_empty());
}

const FIRST: [&str; 2] = ["people_create_people", "people_create_badges"];

async fn a_new_database_has_all_of_it_at_once(mut world: World) {
    let migrator = world.migrator(&package(3));
    let heads: Vec<String> = migrator.heads().iter().map(ToString::to_string).collect();
    assert_eq!(heads, ["people_create_badges"], "nothing ends with a follow-up");
    assert_eq!(ran(&world.at(3).await.expect("migrated")), FIRST);
    assert_eq!(world.column_names("people").await, ["id", "locale", "city"]);
    assert_eq!(world.remembered().await, FIRST);
    is_at_head(&migrator).await;
    // Named, it has nothing to do either; what needs it finds it there.
    let named = UpgradeRequest {
        target: Some(Target::parse("people_add_city").expect("a target")),
        ..UpgradeRequest::default()
    };
    assert!(migrator.migrate(&named).await.expect("nothing to do").is_empty());
    let mut more = package(3);
    let needed = Dependency::Origin("people/add_city".parse().expect("an origin"));
    more.push(Migration { depends_on: vec![needed], ..migration("1_own", |_| {}) });
    let report = world.migrator(&more).migrate(&UpgradeRequest::default()).await.expect("migrated");
    assert_eq!(ran(&report), ["1_own"]);
    // The way back, and a script, are those of the stub alone.
    world.migrator(&more).rollback(&RollbackRequest::Steps(3)).await.expect("undone");
    assert_eq!(world.tables().await, [""; 0]);
    let request = ScriptRequest {
        from: None,
        verb: ScriptVerb::Upgrade(UpgradeRequest::default()),
        server_version: None,
    };
    let script = migrator.script(&request).expect("a script");
    if let Some(client) = world.database.client() {
        run_script(client, &script.text).expect("it runs");
        is_at_head(&migrator).await;
        // What the script wrote tells its version, as what a run writes does.
        let versions = world.rows("SELECT tool_version FROM arvel_migrations").await;
        assert!(versions.iter().all(|of| of.ends_with(" 0.3.0")), "{versions:?}");
    }
}

async fn each_change_comes_once_from_whichever_version(mut world: World) {
    let ways: [(&[u64], &[&str]); 5] = [
        (&[1, 3], &["people_add_locale", "people_add_city"]),
        (&[2, 3], &["people_add_city"]),
        (&[1, 2], &["people_add_locale"]),
        (&[1, 2, 3], &["people_add_city"]),
        (&[1, 1, 3, 3], &[]),
    ];
    for (versions, last) in ways {
        let mut report = None;
        for version in versions {
            report = Some(world.at(*version).await.unwrap_or_else(|error| panic!("{versions:?}: {error}")));
        }
        let version = *versions.last().expect("a version");
        assert_eq!(ran(&report.expect("a run")), last, "{versions:?}");
        let columns = ["id", "locale", "city"];
        assert_eq!(world.column_names("people").await, columns[..version as usize], "{versions:?}");
        assert_eq!(world.remembered().await, FIRST, "{versions:?}");
        is_at_head(&world.migrator(&package(version))).await;
        world.migrator(&package(version)).rollback(&RollbackRequest::All).await.expect("undone");
        assert_eq!(world.tables().await, [""; 0], "{versions:?}");
    }
}

async fn what_failed_goes_on_where_it_was(mut world: World) {
    world.at(1).await.expect("migrated");
    world.execute("ALTER TABLE people ADD city int").await;
    let error = world.at(3).await.unwrap_err();
    assert_eq!(error.code(), "migration.failed", "{error}");
    let status = world.migrator(&package(3)).status().await.expect("read").comparison;
    assert_eq!(status.open().map(|of| of.revision.as_str()).collect::<Vec<_>>(), ["people_add_city"]);
    assert_eq!(status.changed().count(), 0);
    world.execute("ALTER TABLE people DROP COLUMN city").await;
    assert_eq!(ran(&world.at(3).await.expect("migrated")), ["people_add_city"]);
    assert_eq!(world.column_names("people").await, ["id", "locale", "city"]);
    is_at_head(&world.migrator(&package(3))).await;
}

async fn a_row_of_another_text_is_judged_as_an_edit(mut world: World) {
    // A published file of the first version.
    let mut file = package(1);
    for migration in &mut file {
        migration.in_place = None;
        migration.line = LineName::default_line();
    }
    world.migrate(&file).await;
    let before = (world.remembered().await, world.column_names("people").await);
    let error = world.at(3).await.unwrap_err();
    assert_eq!((error.code(), error.exit()), ("plan.changed", Exit::HISTORY), "{error}");
    let lenient = Policy { missing: Conduct::Warn, ..Policy::default() };
    let migrator = world.database.builder().policy(lenient).catalog(set(&package(3))).build().expect("sound");
    assert!(migrator.migrate(&UpgradeRequest::default()).await.expect("nothing is guessed").is_empty());
    assert_eq!((world.remembered().await, world.column_names("people").await), before);
    // The text that ran, in place at last: from here on the row of a later text tells its version.
    is_at_head(&world.migrator(&package(1))).await;
    // A text that changed without a follow-up is an edit too.
    world.migrator(&file).rollback(&RollbackRequest::All).await.expect("undone");
    world.at(3).await.expect("migrated");
    let mut edited = package(3);
    edited[0].up = Body::Rust(one);
    let error = world.try_migrate(&edited).await.unwrap_err();
    assert_eq!(error.code(), "plan.changed");
    let error = world.at(2).await.unwrap_err();
    assert_eq!(error.code(), "plan.changed", "an older version does not take it for its own");
}

async fn replicas_that_start_together(mut world: World) {
    world.at(1).await.expect("migrated");
    let starts: Vec<_> = (0..6)
        .map(|_| {
            let migrator = world.migrator(&package(3));
            tokio::spawn(async move { migrator.migrate(&UpgradeRequest::default()).await })
        })
        .collect();
    let mut steps = 0;
    for start in starts {
        steps += start.await.expect("no panic").expect("migrated").steps.len();
    }
    assert_eq!((steps, world.column_names("people").await.len()), (2, 3));
    is_at_head(&world.migrator(&package(3))).await;
}

async fn a_stamp_says_that_it_is_there(mut world: World) {
    let heads = StampRequest { targets: vec![Target::parse("heads").expect("a target")], purge: false };
    let named =
        |name: &str| StampRequest { targets: vec![Target::parse(name).expect("a target")], purge: false };
    // All of a new database.
    world.migrator(&package(3)).stamp(&heads).await.expect("stamped");
    assert_eq!(world.remembered().await, FIRST);
    is_at_head(&world.migrator(&package(3))).await;
    world.migrator(&package(3)).stamp(&named("base")).await.expect("stamped");
    // A follow-up that somebody ran by hand.
    world.at(1).await.expect("migrated");
    world.execute("ALTER TABLE people ADD locale varchar(255)").await;
    let report = world.migrator(&package(2)).stamp(&named("people_add_locale")).await.expect("stamped");
    assert_eq!(report.added.len(), 1, "{report:?}");
    assert!(world.migrator(&package(2)).status().await.expect("read").comparison.is_up_to_date());
    assert_eq!(ran(&world.at(3).await.expect("migrated")), ["people_add_city"]);
    assert_eq!(world.column_names("people").await, ["id", "locale", "city"]);
    // Its row is only that by now: the column belongs to the table.
    world.migrator(&package(3)).rollback(&RollbackRequest::Steps(1)).await.expect("undone");
    assert_eq!(world.remembered().await, FIRST);
    assert_eq!(world.column_names("people").await, ["id", "locale", "city"]);
    is_at_head(&world.migrator(&package(3))).await;
}

/// A database that is some versions behind the release which published the stub.
async fn what_ran_in_place_is_followed_up_though_it_is_published(mut world: World) {
    world.at(1).await.expect("migrated");
    let mut release = package(3);
    let file = &mut release[0];
    (file.revision, file.stem) =
        (RevisionId::new("7_create_people").expect("a revision"), "7_create_people".to_owned());
    (file.line, file.in_place) = (LineName::default_line(), None);
    let without = [release[0].clone(), release[3].clone()];
    assert_eq!(world.try_migrate(&without).await.unwrap_err().code(), "plan.changed");
    let report = world.migrate(&release).await;
    assert_eq!(ran(&report), ["people_add_locale", "people_add_city"]);
    assert_eq!(world.column_names("people").await, ["id", "locale", "city"]);
    assert_eq!(world.remembered().await, FIRST);
    let start = world.migrator(&release).start_state().await.expect("read");
    assert!(start.fast && start.pending.is_empty(), "{start:?}");
    world.migrator(&release).rollback(&RollbackRequest::All).await.expect("undone");
    // New, it has all of it from the file.
    assert_eq!(world.migrate(&release).await.steps.len(), 2);
    assert_eq!(world.column_names("people").await, ["id", "locale", "city"]);
}
