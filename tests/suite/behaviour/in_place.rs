//! Packages whose migrations run without being published: one identity, whichever form runs.

use arvel_audit as _;
use arvel_auth as _;
use arvel_core::{Config, Context, Environment, Exit, Plugin};
use arvel_media as _;
use arvel_migrate::{
    DowngradeRequest, Migrations, Migrator, RollbackRequest, ScriptRequest, ScriptVerb, StampRequest,
    UpgradeRequest,
    dsl::Schema,
    graph::Target,
    migration::{Body, Catalog, LineName, Migration, Parents, RevisionId},
    settings::Databases,
    testing::run_script,
};

use crate::support::{World, migration, on_every_engine, set, without_transaction};

on_every_engine!(
    what_ran_in_place_is_applied_when_it_is_published,
    what_was_published_is_applied_when_its_file_is_gone,
    one_of_several_is_published,
    an_edit_of_the_published_file_is_an_edit,
    a_stamp_and_a_fresh_start,
    replicas_of_both_forms,
    a_script_of_one_form_on_a_database_of_the_other,
    an_application_builds_on_it,
    a_start_and_its_health_know_it,
    what_was_begun_in_one_form_is_finished_in_the_other
);

const PACKAGES: [&str; 2] = ["arvel-auth", "arvel-media"];

/// The stubs in place, in the order of the graph.
fn in_place() -> Vec<Migration> {
    let catalog = Catalog::default().in_place(&PACKAGES).expect("sound bundles");
    let graph = arvel_migrate::graph::Graph::build(catalog.into_migrations()).expect("a graph");
    graph.iter().map(|migration| Migration::clone(migration)).collect()
}

/// The file that is published of a stub.
fn published(stub: &Migration, stamp: usize) -> Migration {
    let stem = format!("{stamp}_{}", stub.slug());
    Migration {
        revision: RevisionId::new(&stem).expect("a revision"),
        stem,
        line: LineName::default_line(),
        parents: Parents::Previous,
        depends_on: Vec::new(),
        ..stub.clone()
    }
}

fn all_published(stubs: &[Migration]) -> Vec<Migration> {
    stubs.iter().enumerate().map(|(at, stub)| published(stub, at + 1)).collect()
}

/// With the rest of the packages in place.
fn beside(files: Vec<Migration>) -> Catalog {
    set(&files).in_place(&PACKAGES).expect("sound bundles")
}

impl World {
    fn with(&self, catalog: Catalog) -> Migrator {
        self.database.migrator(catalog).expect("a sound set")
    }

    async fn names(&mut self) -> Vec<String> {
        self.rows("SELECT revision FROM arvel_migrations ORDER BY seq").await
    }
}

/// At head, with one read, and with nothing to run.
async fn is_up_to_date(migrator: &Migrator) {
    let status = migrator.status().await.expect("it can be read");
    let states: Vec<String> =
        status.comparison.states().iter().map(|of| format!("{} {}", of.revision, of.state)).collect();
    assert!(states.iter().all(|state| state.ends_with(" applied")), "{states:?}");
    let start = migrator.start_state().await.expect("it can be read");
    assert!(start.fast && start.pending.is_empty(), "{start:?}");
    assert!(migrator.migrate(&UpgradeRequest::default()).await.expect("nothing to do").is_empty());
}

fn to(text: &str) -> Target {
    Target::parse(text).expect("a target")
}

async fn what_ran_in_place_is_applied_when_it_is_published(mut world: World) {
    let stubs = in_place();
    let here = world.with(beside(Vec::new()));
    let report = here.migrate(&UpgradeRequest::default()).await.expect("migrated");
    assert_eq!(report.steps.len(), stubs.len());
    let tables = world.tables().await;
    is_up_to_date(&here).await;
    let names = world.names().await;
    assert!(names.contains(&"arvel_auth_create_users_table".to_owned()), "{names:?}");
    let lines = world.rows("SELECT DISTINCT line FROM arvel_migrations ORDER BY line").await;
    assert_eq!(lines, ["package:arvel-auth", "package:arvel-media"]);

    // Published, with stamps behind what the application has since.
    let own = migration("2026_01_01_000000_own", |schema| {
        schema.create("own", |table| {
            table.id();
        });
    });
    let mut files = vec![own];
    files.extend(stubs.iter().enumerate().map(|(at, stub)| published(stub, 20_270_101_000_000 + at)));
    let there = world.with(beside(files.clone()));
    assert_eq!(there.graph().len(), files.len(), "no stub is there twice");
    let report = there.migrate(&UpgradeRequest::default()).await.expect("migrated");
    assert_eq!(report.steps.len(), 1, "only the application's own");
    is_up_to_date(&there).await;

    // Undone by its file, under the name that history has.
    let last = world.names().await.len();
    let undone = there.downgrade(&DowngradeRequest { target: to("base") }).await.expect("undone");
    assert_eq!(undone.steps.len(), last);
    assert_eq!((world.names().await, world.tables().await), (Vec::new(), Vec::new()));
    there.migrate(&UpgradeRequest::default()).await.expect("migrated");
    assert!(world.names().await.iter().all(|name| !name.starts_with("arvel_")));
    assert_eq!(world.tables().await.len(), tables.len() + 1);
}

async fn what_was_published_is_applied_when_its_file_is_gone(mut world: World) {
    let stubs = in_place();
    let there = world.with(beside(all_published(&stubs)));
    there.migrate(&UpgradeRequest::default()).await.expect("migrated");
    let names = world.names().await;
    let here = world.with(beside(Vec::new()));
    is_up_to_date(&here).await;
    assert_eq!(world.names().await, names, "no row was written");
    // Both directions of the command line, from the revision in place.
    let kept = "arvel_auth_create_users_table";
    let shown = here.history(None, true).await.expect("read").status.expect("asked");
    assert!(shown.comparison.is_applied(&RevisionId::new(kept).expect("a revision")));
    let down = here.downgrade(&DowngradeRequest { target: to(kept) }).await.expect("undone");
    let left = world.names().await;
    assert!(left.contains(&names[0]) && left.len() + down.steps.len() == names.len(), "{left:?}");
    here.migrate(&UpgradeRequest::default()).await.expect("migrated");
    is_up_to_date(&here).await;
    is_up_to_date(&there).await;
    let undone = here.rollback(&RollbackRequest::Steps(names.len())).await.expect("undone");
    assert_eq!((undone.steps.len(), world.tables().await.len()), (names.len(), 0));
}

async fn one_of_several_is_published(mut world: World) {
    let stubs = in_place();
    for (at, stub) in stubs.iter().enumerate() {
        let one = world.with(beside(vec![published(stub, 1)]));
        assert_eq!(one.graph().len(), stubs.len());
        let report = one.migrate(&UpgradeRequest::default()).await.expect("migrated");
        assert_eq!(report.steps.len(), if at == 0 { stubs.len() } else { 0 });
        is_up_to_date(&one).await;
    }
    assert_eq!(world.names().await.len(), stubs.len());
}

fn edited(schema: &mut Schema) {
    schema.create("users", |table| {
        table.id();
        table.string("nickname");
    });
}

async fn an_edit_of_the_published_file_is_an_edit(mut world: World) {
    world.with(beside(Vec::new())).migrate(&UpgradeRequest::default()).await.expect("migrated");
    let users =
        in_place().into_iter().find(|stub| stub.slug() == "create_users_table").expect("it is bundled");
    let file = Migration { up: Body::Rust(edited), ..published(&users, 1) };
    let there = world.with(beside(vec![file]));
    let before = (world.names().await, world.tables().await);
    let error = there.migrate(&UpgradeRequest::default()).await.unwrap_err();
    assert_eq!((error.code(), error.exit()), ("plan.changed", Exit::HISTORY), "{error}");
    assert!(error.to_string().contains("1_create_users_table"), "{error}");
    assert_eq!((world.names().await, world.tables().await), before);
    let start = there.start_state().await.expect("read");
    assert_eq!((start.fast, start.changed.len(), start.pending.len()), (false, 1, 0));
}

async fn a_stamp_and_a_fresh_start(mut world: World) {
    let count = in_place().len();
    let (here, there) = (world.with(beside(Vec::new())), world.with(beside(all_published(&in_place()))));
    let stamp = StampRequest { targets: vec![to("heads")], purge: false };
    assert_eq!(here.stamp(&stamp).await.expect("stamped").added.len(), count);
    is_up_to_date(&there).await;
    assert!(there.stamp(&stamp).await.expect("nothing to do").is_empty());
    let users = StampRequest { targets: vec![to("create_users_table")], purge: false };
    // Its descendants in the line are gone, whatever name their rows have.
    there.stamp(&users).await.expect("stamped");
    assert_eq!(world.names().await, ["arvel_auth_create_users_table"]);
    here.stamp(&StampRequest { purge: true, ..stamp }).await.expect("stamped");
    assert_eq!((world.names().await.len(), world.tables().await.len()), (count, 0));
    // Nothing of it is there: a new beginning makes all of it.
    there.fresh().await.expect("made again");
    assert_eq!(world.names().await.len(), count);
    is_up_to_date(&here).await;
}

/// A rolling deploy: half of the replicas run in place, the other half from published files.
async fn replicas_of_both_forms(mut world: World) {
    let stubs = in_place();
    let starts: Vec<_> = (0..10)
        .map(|at| {
            let files = if at % 2 == 0 { Vec::new() } else { all_published(&stubs) };
            let migrator = world.with(beside(files));
            tokio::spawn(async move { migrator.migrate(&UpgradeRequest::default()).await })
        })
        .collect();
    let mut ran = 0;
    for start in starts {
        ran += start.await.expect("no panic").expect("migrated").steps.len();
    }
    assert_eq!(ran, stubs.len(), "each once");
    let origins = world.rows("SELECT DISTINCT origin FROM arvel_migrations").await;
    assert_eq!((origins.len(), world.names().await.len()), (stubs.len(), stubs.len()));
    is_up_to_date(&world.with(beside(Vec::new()))).await;
    is_up_to_date(&world.with(beside(all_published(&stubs)))).await;
}

async fn a_script_of_one_form_on_a_database_of_the_other(mut world: World) {
    let Some(client) = world.database.client() else { return };
    let (here, there) = (world.with(beside(Vec::new())), world.with(beside(all_published(&in_place()))));
    let request = ScriptRequest {
        from: None,
        verb: ScriptVerb::Upgrade(UpgradeRequest::default()),
        server_version: None,
    };
    let script = here.script(&request).expect("a script");
    run_script(client, &script.text).expect("it runs");
    is_up_to_date(&there).await;
    is_up_to_date(&here).await;
    assert!(world.names().await.iter().all(|name| name.starts_with("arvel_")));
}

async fn an_application_builds_on_it(mut world: World) {
    let mut posts = migration("1_create_posts", |schema| {
        schema.create("posts", |table| {
            table.id();
            table.foreign_id("user_id").constrained("users");
        });
    });
    let origin = "arvel-auth/create_users_table".parse().expect("an origin");
    posts.depends_on = vec![arvel_migrate::migration::Dependency::Origin(origin)];
    let alone =
        world.database.migrator(set(std::slice::from_ref(&posts))).err().expect("it needs the package");
    assert_eq!(alone.code(), "graph.unknown_origin");
    let hint = alone.hint().expect("a way on");
    assert!(
        hint.contains("`db publish --package arvel-auth`") && hint.contains("`[plugins.arvel-auth]`"),
        "{hint}"
    );
    let migrator = world.with(beside(vec![posts.clone()]));
    migrator.migrate(&UpgradeRequest::default()).await.expect("in its order");
    is_up_to_date(&migrator).await;
    // Only what it needs comes along.
    migrator.downgrade(&DowngradeRequest { target: to("base") }).await.expect("undone");
    let one = UpgradeRequest { target: Some(to("create_posts")), ..UpgradeRequest::default() };
    migrator.migrate(&one).await.expect("migrated");
    assert_eq!(world.names().await, ["arvel_auth_create_users_table", "1_create_posts"]);
    // Undoing the package's takes what stands on it along.
    migrator.downgrade(&DowngradeRequest { target: to("create_users_table-1") }).await.expect("undone");
    assert_eq!(world.names().await, [""; 0]);
    // The published one, stamped behind what needs it.
    let users =
        in_place().into_iter().find(|stub| stub.slug() == "create_users_table").expect("it is bundled");
    let late = Migration { parents: Parents::Root, ..published(&users, 2) };
    let migrator = world.with(beside(vec![posts, late]));
    migrator.migrate(&one).await.expect("migrated");
    assert_eq!(world.names().await, ["2_create_users_table", "1_create_posts"]);
}

async fn a_start_and_its_health_know_it(mut world: World) {
    let folder = tempfile::tempdir().expect("a folder");
    let context = |startup: &str| {
        let mut values: Vec<(&str, arvel_core::Value)> = Migrations::default().defaults();
        values.push(("databases.default.url", world.database.url_text().into()));
        values.push(("migrations.on_startup", startup.into()));
        values.push(("plugins.arvel_auth.migrations", "in-place".into()));
        Context::new("test", folder.path(), Environment::Testing, Config::of(values))
    };
    let (check, apply) = (context("check"), context("apply"));
    let settings = Databases::from_context(&check).expect("a configuration");
    assert_eq!(*settings.default_one().in_place, ["arvel-auth".to_owned()]);
    let watching = Migrations::default();
    watching.start(&check).await.expect("it serves");
    let readiness = watching.readiness(&check).expect("it is asked");
    let before = format!("{:?}", readiness.check().await);
    assert!(
        before.contains("3 migrations are pending") && before.contains("arvel_auth_create_users_table"),
        "{before}"
    );
    Migrations::default().start(&apply).await.expect("started");
    assert_eq!(world.names().await.len(), 3);
    let later = Migrations::default();
    later.start(&check).await.expect("it serves");
    assert_eq!(format!("{:?}", later.readiness(&check).expect("it is asked").check().await), "Ready");
    let catalog = settings.default_one().catalog(&[]).expect("a catalog");
    is_up_to_date(&world.with(catalog)).await;
}

fn two_tables(schema: &mut Schema) {
    schema.create("first", |table| {
        table.id();
    });
    schema.create("second", |table| {
        table.id();
    });
}

/// Where each statement commits by itself, the journal of one form is that of the other.
async fn what_was_begun_in_one_form_is_finished_in_the_other(mut world: World) {
    let stub = in_place().remove(0);
    let here = without_transaction(Migration { up: Body::Rust(two_tables), down: None, ..stub });
    let there = published(&here, 1);
    for (begins, ends) in [(&here, &there), (&there, &here)] {
        world.execute("CREATE TABLE second (id int)").await;
        let error = world.try_migrate(std::slice::from_ref(begins)).await.unwrap_err();
        assert_eq!(error.code(), "migration.failed", "{error}");
        world.execute("DROP TABLE second").await;
        let finishing = world.migrator(std::slice::from_ref(ends));
        let status = finishing.status().await.expect("read");
        assert_eq!(status.comparison.failed().count(), 1);
        assert_eq!(finishing.start_state().await.expect("read").failed, std::slice::from_ref(&ends.revision));
        let report =
            finishing.migrate(&UpgradeRequest::default()).await.expect("the first table is not made again");
        assert_eq!(report.steps.len(), 1);
        assert_eq!(world.tables().await, ["first", "second"]);
        assert_eq!(world.count("arvel_migration_steps").await, 0);
        is_up_to_date(&world.migrator(std::slice::from_ref(begins))).await;
        world.rollback(std::slice::from_ref(begins), 1).await;
        // A stamp decides about what the other form has begun.
        world.execute("CREATE TABLE second (id int)").await;
        world.try_migrate(std::slice::from_ref(begins)).await.unwrap_err();
        world.execute("DROP TABLE second").await;
        world.execute("DROP TABLE first").await;
        let stamp = StampRequest { targets: vec![to("base")], purge: true };
        finishing.stamp(&stamp).await.expect("settled");
        assert_eq!(world.count("arvel_migration_steps").await, 0);
    }
}
