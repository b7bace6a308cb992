//! What `diagnose` finds on live databases.

use arvel_migrate::{
    Migrator,
    checkup::{Finding, Level},
    migration::Migration,
    testing::Engine,
};

use crate::support::{World, migration, on_every_engine, run, set};

on_every_engine!(
    a_sound_database,
    a_table_of_the_bookkeeping_that_is_gone,
    what_was_edited_and_what_no_file_has
);

fn table<const N: usize>() -> Migration {
    migration(&format!("{N}_table"), |schema| {
        schema.create(&format!("table_{N}"), |table| {
            table.id();
        });
    })
}

/// The checks that are not as they should be.
fn troubles(findings: &[Finding]) -> Vec<(&'static str, Level)> {
    let troubles = findings.iter().filter(|finding| finding.level != Level::Ok);
    troubles.map(|finding| (finding.check, finding.level)).collect()
}

async fn a_sound_database(mut world: World) {
    let set = [table::<1>()];
    let findings = world.migrator(&set).diagnose().await;
    assert_eq!(troubles(&findings), [("migrations", Level::Warn)], "{findings:?}");
    assert_eq!(world.all_tables().await, [""; 0], "a question writes nothing");
    world.migrate(&set).await;
    let findings = world.migrator(&set).diagnose().await;
    assert_eq!(troubles(&findings), [], "{findings:?}");
    let pooler = findings.iter().any(|finding| finding.check == "pooler");
    assert_eq!(pooler, world.engine != Engine::SQLITE);
}

async fn a_table_of_the_bookkeeping_that_is_gone(mut world: World) {
    world.migrate(&[table::<1>()]).await;
    world.execute("DROP TABLE arvel_migration_steps").await;
    let migrator = world.migrator(&[table::<1>()]);
    let findings = migrator.diagnose().await;
    assert_eq!(troubles(&findings), [("bookkeeping", Level::Fail)], "{findings:?}");
    migrator.install().await.unwrap();
    assert_eq!(troubles(&migrator.diagnose().await), []);
}

async fn what_was_edited_and_what_no_file_has(world: World) {
    world.migrate(&[table::<1>(), table::<2>()]).await;
    let edited = Migration { up: table::<7>().up, ..table::<1>() };
    let findings = world.migrator(&[edited]).diagnose().await;
    assert_eq!(troubles(&findings), [("migrations", Level::Fail); 2], "{findings:?}");
    assert!(findings.iter().all(|finding| finding.level == Level::Ok || finding.hint.is_some()));
}

#[tokio::test]
async fn an_index_that_a_build_left_invalid() {
    run(Engine::POSTGRES, |mut world| {
        Box::pin(async move {
            world.execute("CREATE TABLE doubles (a int)").await;
            world.execute("INSERT INTO doubles VALUES (1), (1)").await;
            world.refuses("CREATE UNIQUE INDEX CONCURRENTLY doubles_a ON doubles (a)").await;
            let findings = world.migrator(&[]).diagnose().await;
            let index = findings.iter().find(|finding| finding.check == "indexes").unwrap();
            assert_eq!(index.level, Level::Warn);
            assert!(index.text.contains("public.doubles_a"), "{index:?}");
        })
    })
    .await;
}

#[tokio::test]
async fn a_file_that_can_not_be_written() {
    run(Engine::SQLITE, |world| {
        Box::pin(async move {
            world.migrate(&[table::<1>()]).await;
            let url = format!("{}?mode=ro", world.database.url_text());
            let migrator = Migrator::builder(&url).unwrap().catalog(set(&[table::<1>()])).build().unwrap();
            let findings = migrator.diagnose().await;
            assert_eq!(troubles(&findings), [("rights", Level::Fail)], "{findings:?}");
        })
    })
    .await;
}
