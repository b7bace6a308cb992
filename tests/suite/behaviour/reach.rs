//! Databases that do not answer, and passwords that nobody may read.

use std::fmt::Debug;

use arvel_migrate::{Error, Migrator, UpgradeRequest, migration::Catalog, testing::Engine, url::DatabaseUrl};

use crate::support::{World, migration, run, set};

/// With everything that a URL, a driver or a printer could trip over.
const SECRET: &str = "p%41@s:w/o #r?d&";
const ENCODED: &str = "p%2541%40s%3Aw%2Fo%20%23r%3Fd%26";

/// The same as people write it; only a question mark would end it.
const RAW: &str = "p%41@s:w/o #rd&";

/// Nothing that is shown has the password in any of its spellings.
fn hides(what: &str, shown: &[String]) {
    for text in shown {
        for spelling in [SECRET, ENCODED, RAW, "pA@s", "p%41", "p%2541", "s:w/o"] {
            assert!(!text.contains(spelling), "{what} shows the password: {text}");
        }
    }
}

fn shown<T: Debug>(error: &Error, more: &T) -> Vec<String> {
    let mut shown =
        vec![format!("{error}"), format!("{error:?}"), format!("{more:?}"), error.hint().unwrap_or_default()];
    let mut source = std::error::Error::source(error);
    while let Some(error) = source {
        shown.push(format!("{error} {error:?}"));
        source = error.source();
    }
    shown
}

#[tokio::test]
async fn nobody_listens() {
    let urls = ["postgres://me:SECRET@127.0.0.1:1/none", "mysql://me:SECRET@127.0.0.1:1/none"];
    // Written as it should be, and as people write it.
    for url in urls.iter().flat_map(|url| [url.replace("SECRET", ENCODED), url.replace("SECRET", RAW)]) {
        let set = set(&[migration("1_a", |schema| schema.sql("SELECT 1"))]);
        let migrator = Migrator::builder(&url).unwrap().catalog(set).build().unwrap();
        let started = std::time::Instant::now();
        for error in [
            migrator.migrate(&UpgradeRequest::default()).await.unwrap_err(),
            migrator.status().await.unwrap_err(),
            migrator.start_state().await.unwrap_err(),
            migrator.database_exists().await.unwrap_err(),
        ] {
            assert_eq!((error.code(), error.exit().0), ("database.unreachable", 1), "{error}");
            assert!(error.hint().is_some(), "{error}");
            hides("an unreachable database", &shown(&error, migrator.url()));
        }
        assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
    }
}

#[tokio::test]
async fn urls_that_can_not_be_used() {
    for url in [
        format!("oracle://me:{ENCODED}@localhost/db"),
        format!("postgres://me:{ENCODED}@localhost:notaport/db"),
        format!("mysql://me:{ENCODED}@localhost:99999/db"),
        format!("me:{ENCODED}@localhost"),
        format!("://me:{ENCODED}@localhost"),
    ] {
        let error =
            match Migrator::builder(&url).and_then(|builder| builder.catalog(Catalog::default()).build()) {
                Ok(migrator) => migrator.status().await.unwrap_err(),
                Err(error) => error,
            };
        assert_eq!(error.exit().0, 3, "{error}");
        hides("a URL that can not be used", &shown(&error, &()));
    }
}

#[tokio::test]
async fn a_database_that_is_not_there() {
    for engine in [Engine::POSTGRES, Engine::MYSQL] {
        Box::pin(run(engine, |world| async move {
            let url = world.database.url().with_database("arvel_never_made");
            let builder = Migrator::builder_for(url);
            let migrator =
                builder.catalog(set(&[migration("1_a", |schema| schema.sql("SELECT 1"))])).build().unwrap();
            let error = migrator.migrate(&UpgradeRequest::default()).await.unwrap_err();
            assert_eq!((error.code(), error.exit().0), ("database.missing", 1), "{error}");
            assert!(!migrator.database_exists().await.unwrap());
        }))
        .await;
    }
}

/// A user with that password is made, let in, and not let in with another one.
#[tokio::test]
async fn a_wrong_password() {
    Box::pin(run(Engine::MYSQL, |mut world: World| async move {
        let user = format!("arvel_{}", std::process::id());
        let database = world.database.url().database().to_owned();
        world.execute(&format!("CREATE USER '{user}'@'%' IDENTIFIED BY '{SECRET}'")).await;
        world.execute(&format!("GRANT ALL ON `{database}`.* TO '{user}'@'%'")).await;
        let at = world.database.url().host().to_owned();
        let url = |password: &str| DatabaseUrl::parse(&format!("mysql://{user}:{password}@{at}/{database}"));
        let one = || set(&[migration("1_a", |schema| schema.sql("CREATE TABLE a (id int)"))]);
        let right = Migrator::builder_for(url(ENCODED).unwrap()).catalog(one()).build().unwrap();
        let let_in = right.migrate(&UpgradeRequest::default()).await;
        let wrong =
            Migrator::builder_for(url(&format!("{ENCODED}x")).unwrap()).catalog(one()).build().unwrap();
        let refused = wrong.migrate(&UpgradeRequest::default()).await;
        world.execute(&format!("DROP USER '{user}'@'%'")).await;
        assert_eq!(let_in.unwrap().steps.len(), 1);
        let error = refused.unwrap_err();
        assert_eq!((error.code(), error.exit().0), ("database.authentication", 1), "{error}");
        hides("a wrong password", &shown(&error, wrong.url()));
        hides("a migrator's URL", &[format!("{} {:?}", right.url(), right.url())]);
    }))
    .await;
}
