//! Scripts for the database's own client: what they stop at, what they refuse to guess, and what a stamp writes.

use arvel_core::Exit;
use arvel_migrate::{
    DowngradeRequest, Error, Script, ScriptRequest, ScriptVerb, StampRequest, UpgradeRequest, db::Db,
    dsl::Schema, graph::Target, migration::Migration, operation::DataResult, testing::run_script,
};

use crate::support::{World, migration, on_every_engine};

fn target(text: &str) -> Target {
    Target::parse(text).expect("a target")
}

fn upgrade(from: Option<&str>, to: &str) -> ScriptRequest {
    let upgrade = UpgradeRequest { target: Some(target(to)), ..UpgradeRequest::default() };
    ScriptRequest { from: from.map(target), verb: ScriptVerb::Upgrade(upgrade), server_version: None }
}

fn downgrade(from: Option<&str>, to: &str) -> ScriptRequest {
    let verb = ScriptVerb::Downgrade(DowngradeRequest { target: target(to) });
    ScriptRequest { from: from.map(target), verb, server_version: None }
}

fn stamp(from: Option<&str>, to: &str) -> ScriptRequest {
    let verb = ScriptVerb::Stamp(StampRequest { targets: vec![target(to)], purge: false });
    ScriptRequest { from: from.map(target), verb, server_version: None }
}

impl World {
    fn script(&self, set: &[Migration], request: &ScriptRequest) -> Result<Script, Error> {
        self.migrator(set).script(request)
    }

    /// Writes a script and runs it; `None` without a client.
    fn scripted(&self, set: &[Migration], request: &ScriptRequest) -> Option<Result<(), String>> {
        let script = self.script(set, request).unwrap_or_else(|error| panic!("{error}"));
        Some(run_script(self.database.client()?, &script.text))
    }

    async fn revisions(&mut self) -> Vec<String> {
        self.rows("SELECT revision, seq, batch, stamped FROM arvel_migrations ORDER BY seq").await
    }
}

fn a(schema: &mut Schema) {
    schema.create("a", |table| {
        table.id();
        table.string("name");
        table.string("town");
    });
}

fn b(schema: &mut Schema) {
    schema.table("a", |table| table.drop_column("town"));
}

fn c(schema: &mut Schema) {
    schema.create("c", |table| {
        table.id();
    });
}

fn three() -> [Migration; 3] {
    [migration("1_a", a), migration("2_b", b), migration("3_c", c)]
}

async fn a_range_goes_on_where_the_database_is(mut world: World) {
    let set = three();
    let Some(first) = world.scripted(&set, &upgrade(None, "1_a")) else { return };
    first.expect("it runs");
    let wrong = world.scripted(&set, &upgrade(Some("2_b"), "heads")).expect("a client");
    let told = wrong.expect_err("it is not there yet");
    assert!(told.contains("the history is not where this script begins"), "{told}");
    world.scripted(&set, &upgrade(Some("1_a"), "+2")).expect("a client").expect("it runs");
    assert_eq!(world.revisions().await, ["1_a | 1 | 1 | 0", "2_b | 2 | 2 | 0", "3_c | 3 | 2 | 0"]);
    assert!(world.migrator(&set).start_state().await.expect("it reads").fast);
    assert!(world.migrate(&set).await.is_empty());
    world.scripted(&set, &downgrade(Some("head"), "-2")).expect("a client").expect("it runs");
    assert_eq!(world.revisions().await, ["1_a | 1 | 1 | 0"]);
    assert_eq!(world.count("a").await, 0);
}

async fn a_file_edited_since_is_not_where_a_script_begins(mut world: World) {
    world.migrate(&three()[..1]).await;
    let edited = [migration("1_a", c), migration("2_b", a)];
    let Some(outcome) = world.scripted(&edited, &upgrade(Some("1_a"), "heads")) else { return };
    let told = outcome.expect_err("it was applied as something else");
    assert!(told.contains("the history is not where this script begins"), "{told}");
    assert_eq!(world.revisions().await, ["1_a | 1 | 1 | 0"]);
}

async fn a_stamp_is_rows_only(mut world: World) {
    let set = three();
    let Some(outcome) = world.scripted(&set, &stamp(None, "2_b")) else { return };
    outcome.expect("it runs");
    assert_eq!(world.revisions().await, ["1_a | 1 | - | 1", "2_b | 2 | - | 1"]);
    world.refuses("SELECT 1 FROM a").await;
    world.scripted(&set, &stamp(Some("2_b"), "heads")).expect("a client").expect("it runs");
    assert!(world.migrator(&set).start_state().await.expect("it reads").fast);
    world.scripted(&set, &stamp(Some("heads"), "1_a")).expect("a client").expect("it runs");
    assert_eq!(world.revisions().await, ["1_a | 1 | - | 1"]);
    world.scripted(&set, &stamp(Some("1_a"), "base")).expect("a client").expect("it runs");
    assert_eq!(world.revisions().await, [""; 0]);
}

fn purge(to: &str) -> ScriptRequest {
    let verb = ScriptVerb::Stamp(StampRequest { targets: vec![target(to)], purge: true });
    ScriptRequest { from: None, verb, server_version: None }
}

fn install() -> ScriptRequest {
    ScriptRequest { from: None, verb: ScriptVerb::Install, server_version: None }
}

/// A purge is for a history that nobody understands any more: it runs wherever the database is.
async fn a_purge_forgets_whatever_is_there(mut world: World) {
    let set = three();
    let Some(outcome) = world.scripted(&set[..2], &purge("1_a")) else { return };
    outcome.expect("it runs on an empty database");
    assert_eq!(world.revisions().await, ["1_a | 1 | - | 1"]);
    let gone = [migration("0_gone", c)];
    world
        .migrator(&gone)
        .stamp(&StampRequest { targets: vec![target("heads")], purge: true })
        .await
        .expect("it runs");
    world.scripted(&set[..2], &purge("heads")).expect("a client").expect("it runs");
    assert_eq!(world.revisions().await, ["1_a | 1 | - | 1", "2_b | 2 | - | 1"]);
    assert!(world.migrator(&set[..2]).start_state().await.expect("it reads").fast);
    world.scripted(&set, &purge("base")).expect("a client").expect("it runs");
    assert_eq!(world.revisions().await, [""; 0]);
    assert_eq!(world.migrate(&set).await.steps.len(), 3);
    world.execute("UPDATE arvel_migration_meta SET value = '99' WHERE value = '1'").await;
    let told = world.scripted(&set, &purge("base")).expect("a client").expect_err("a newer program's tables");
    assert!(told.contains("the migration tables are of another format"), "{told}");
    assert_eq!(world.revisions().await.len(), 3);
    let ranged = ScriptRequest { from: Some(target("1_a")), ..purge("heads") };
    let error = world.script(&set, &ranged).expect_err("there is no start");
    assert_eq!((error.code(), error.exit()), ("script.needs_no_start", Exit::USAGE));
}

async fn the_tables_alone(mut world: World) {
    let set = three();
    let Some(outcome) = world.scripted(&set, &install()) else { return };
    outcome.expect("it runs");
    assert_eq!(world.tables().await, [""; 0]);
    let report = world.migrator(&set).install().await.expect("it asks");
    assert!(!report.changed, "all of them are there");
    world.migrate(&set).await;
    world.scripted(&set, &install()).expect("a client").expect("it runs again");
    assert!(world.migrator(&set).start_state().await.expect("it reads").fast, "and forgets nothing");
    assert_eq!(world.revisions().await.len(), 3);
    let ranged = ScriptRequest { from: Some(target("1_a")), ..install() };
    assert_eq!(world.script(&set, &ranged).expect_err("there is no start").code(), "script.needs_no_start");
}

async fn rows_whose_values_are_gone_stop_the_script(mut world: World) {
    let set = three();
    world.migrate(&set[..2]).await;
    world.execute("INSERT INTO a (name) VALUES ('x')").await;
    let Some(outcome) = world.scripted(&set[..2], &downgrade(Some("heads"), "1_a")) else { return };
    let told = outcome.expect_err("nobody knows what the rows get");
    assert!(told.replace('`', "").contains("town of a must have values, and there are rows"), "{told}");
    assert_eq!(world.revisions().await, ["1_a | 1 | 1 | 0", "2_b | 2 | 1 | 0"]);
    world.execute("DELETE FROM a").await;
    world.scripted(&set[..2], &downgrade(Some("heads"), "1_a")).expect("a client").expect("it runs");
    world.execute("INSERT INTO a (name, town) VALUES ('x', 'y')").await;
}

async fn another_migrator_at_work_stops_the_script(world: World) {
    if !world.engine.family.contains("sql") || world.engine.family == "sqlite" {
        return;
    }
    let set = three();
    let script = world.script(&set, &upgrade(None, "heads")).expect("a script");
    let lock = script.statements().find(|sql| sql.contains("lock(")).expect("it takes the lock").to_owned();
    let from = lock.find("SELECT pg_try").or_else(|| lock.find("SELECT get_lock")).expect("a question");
    let question = lock[from..].split("))").next().expect("its end").to_owned() + ")";
    let mut other = world.database.connect().await.expect("a session");
    other.fetch_all(&question, &[]).await.unwrap_or_else(|error| panic!("{question}: {error}"));
    let Some(client) = world.database.client() else { return };
    let told = run_script(client, &script.text).expect_err("it is held");
    assert!(told.contains("another migrator is at work"), "{told}");
}

async fn no_rows(_: &mut Db) -> DataResult {
    Ok(())
}

async fn what_only_a_connection_tells_is_refused(world: World) {
    let refused = |set: &[Migration], request: &ScriptRequest| {
        let error = world.script(set, request).expect_err("there is no script");
        assert!(error.hint().is_some_and(|hint| !hint.is_empty()));
        (error.code(), error.exit(), error.to_string())
    };
    let code = [migration("1_code", |schema| schema.run("fill the names", no_rows))];
    let (name, exit, text) = refused(&code, &upgrade(None, "heads"));
    assert_eq!((name, exit), ("script.code", Exit::REFUSED));
    assert_eq!(text, "`1_code` runs code, `fill the names`, and a script has only SQL");

    let asked = [
        migration("1_sql", |schema| schema.sql("CREATE TABLE t (id int)")),
        migration("2_asked", |schema| {
            schema.when_has_table("t", c);
        }),
    ];
    let (name, exit, text) = refused(&asked, &upgrade(None, "heads"));
    assert_eq!((name, exit), ("script.unforeseen", Exit::REFUSED));
    assert!(text.contains("`2_asked`") && text.contains("of `1_sql`"), "{text}");
    // Behind it, too.
    assert_eq!(refused(&asked, &upgrade(Some("1_sql"), "heads")).0, "script.unforeseen");
    // What needs no look is written.
    let plain = [asked[0].clone(), migration("2_c", c)];
    world.script(&plain, &upgrade(Some("1_sql"), "heads")).expect("a script");

    let set = three();
    assert_eq!(refused(&set, &downgrade(None, "1_a")).0, "script.no_start");
    assert_eq!(refused(&set, &upgrade(Some("current"), "heads")).0, "script.needs_history");
    assert_eq!(refused(&set, &upgrade(Some("-1"), "heads")).0, "script.needs_history");
    assert_eq!(refused(&set, &upgrade(None, "current")).0, "script.needs_history");
    assert_eq!(refused(&set, &upgrade(Some("3_c"), "1_a")).0, "target.empty_range");
    assert_eq!(refused(&set, &downgrade(Some("1_a"), "3_c")).0, "plan.not_applied");
    let odd = ScriptRequest { server_version: Some("new".to_owned()), ..upgrade(None, "heads") };
    assert_eq!(refused(&set, &odd).0, "script.server_version");
}

async fn a_way_back_that_nobody_knows_is_told(world: World) {
    let set = [
        migration("1_sql", |schema| schema.sql("CREATE TABLE t (id int, name varchar(20))")),
        migration("2_gone", |schema| schema.drop("t")),
    ];
    let script = world.script(&set, &upgrade(None, "heads"));
    let script = script.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(script.notes.len(), 1, "{}", script.text);
    assert!(script.text.contains("the way back of `2_gone` is not kept"), "{}", script.text);
}

async fn nothing_to_do_is_a_script_of_comments(world: World) {
    let script = world.script(&three(), &upgrade(Some("heads"), "heads")).expect("a script");
    assert!(script.is_empty() && script.statements().next().is_none(), "{}", script.text);
    assert!(script.text.contains("there is nothing to do"));
}

on_every_engine! {
    a_range_goes_on_where_the_database_is,
    a_file_edited_since_is_not_where_a_script_begins,
    a_stamp_is_rows_only,
    a_purge_forgets_whatever_is_there,
    the_tables_alone,
    rows_whose_values_are_gone_stop_the_script,
    another_migrator_at_work_stops_the_script,
    what_only_a_connection_tells_is_refused,
    a_way_back_that_nobody_knows_is_told,
    nothing_to_do_is_a_script_of_comments,
}
