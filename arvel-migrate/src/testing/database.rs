//! [`TestDatabase`]: one empty database per test, dropped afterwards.

use std::{
    io::Write as _,
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
    time::{SystemTime, UNIX_EPOCH},
};

use crate::{
    Error, Migrator, MigratorBuilder,
    db::Db,
    dialect::{Driver, driver_for},
    migration::Catalog,
    url::{DatabaseUrl, UrlError},
};

/// An engine that tests run on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Engine {
    /// The family, as `Db::family` says it.
    pub family: &'static str,
    variable: &'static str,
    server: Option<&'static str>,
}

impl Engine {
    /// SQLite, in a file.
    pub const SQLITE: Self = Self { family: "sqlite", variable: "ARVEL_TEST_SQLITE", server: None };
    /// PostgreSQL, at `ARVEL_TEST_POSTGRES` or the usual place.
    pub const POSTGRES: Self = Self {
        family: "postgres",
        variable: "ARVEL_TEST_POSTGRES",
        server: Some("postgres://postgres@127.0.0.1:5432"),
    };
    /// MariaDB or MySQL, at `ARVEL_TEST_MYSQL` or the usual place.
    pub const MYSQL: Self =
        Self { family: "mysql", variable: "ARVEL_TEST_MYSQL", server: Some("mysql://root@127.0.0.1:3306") };
    /// All of them.
    pub const ALL: [Self; 3] = [Self::SQLITE, Self::POSTGRES, Self::MYSQL];

    fn required(self) -> bool {
        std::env::var("ARVEL_TEST_REQUIRE")
            .is_ok_and(|list| list.split(',').any(|one| one.trim() == "all" || one.trim() == self.family))
    }

    /// Says which test is not run. Written past the capture of the test harness, so that it is seen of passing tests too.
    fn tell_skipped(self) {
        let thread = std::thread::current();
        let name = thread.name().unwrap_or("a test");
        let _ = writeln!(std::io::stderr(), "skipped: {name} on {}, which can not be reached", self.family);
    }

    fn server(self) -> Option<String> {
        std::env::var(self.variable).ok().or_else(|| self.server.map(str::to_owned))
    }
}

/// An empty database of its own, dropped with this value.
pub struct TestDatabase {
    url: DatabaseUrl,
    driver: &'static dyn Driver,
    folder: Option<PathBuf>,
}

impl TestDatabase {
    /// Makes a database on an engine; `None` when the engine can not be reached and is not required.
    ///
    /// # Errors
    /// When a required engine can not be reached, or the database can not be made.
    pub async fn create(engine: Engine) -> Result<Option<Self>, Error> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let nanos = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |now| now.subsec_nanos());
        let name = format!("arvel_test_{}_{count}_{nanos}", std::process::id());
        let (text, folder) = match engine.server() {
            Some(server) if engine.server.is_some() => {
                (format!("{}/{name}", server.trim_end_matches('/')), None)
            }
            _ => {
                let folder = std::env::temp_dir().join(&name);
                (format!("sqlite://{}", folder.join("test.db").display()), Some(folder))
            }
        };
        let url = DatabaseUrl::parse(&text)?;
        let Some(driver) = driver_for(url.scheme()) else { return Err(UrlError::NoScheme.into()) };
        match driver.create_database(&url).await {
            Ok(()) => Ok(Some(Self { url, driver, folder })),
            Err(error) if !engine.required() && error.kind == crate::dialect::ErrorKind::Unreachable => {
                engine.tell_skipped();
                Ok(None)
            }
            Err(error) => {
                Err(crate::exec::RunError::Database { doing: "creating the test database".into(), error }
                    .into())
            }
        }
    }

    /// Makes a database with these migrations applied. On PostgreSQL it is a copy of a template that is migrated once
    /// per set of migrations and kept on the server as `arvel_template_…`: a copy takes a fraction of the time.
    ///
    /// # Errors
    /// As [`create`](Self::create), and what the migrations answer with.
    pub async fn migrated(engine: Engine, catalog: Catalog) -> Result<Option<Self>, Error> {
        let Some(database) = Self::create(engine).await? else { return Ok(None) };
        let migrator = database.migrator(catalog)?;
        if engine != Engine::POSTGRES {
            migrator.migrate(&crate::UpgradeRequest::default()).await?;
            return Ok(Some(database));
        }
        let doing = |doing: &'static str| crate::exec::RunError::database(doing);
        let digest = migrator.own_digest().text();
        let template =
            format!("arvel_template_{}", digest.trim_start_matches("v1:").get(..24).unwrap_or("empty"));
        let server = database.url.with_database("postgres");
        let (mut connection, _) =
            database.driver.connect(&server, false).await.map_err(doing("connecting"))?;
        // One process makes the template, the others wait for it; the lock goes with the connection.
        let lock = format!("SELECT pg_advisory_lock(hashtext('{template}'))");
        connection.query(&lock).await.map_err(doing("waiting for the template"))?;
        let url = database.url.with_database(&template);
        let copy = |to: &str, from: &str| format!("CREATE DATABASE \"{to}\" TEMPLATE \"{from}\"");
        if database.driver.database_exists(&url).await.map_err(doing("looking for the template"))? {
            database.driver.drop_database(&database.url).await.map_err(doing("replacing the database"))?;
            let sql = copy(database.url.database(), &template);
            connection.execute(&sql).await.map_err(doing("copying the template"))?;
        } else {
            // The template is made whole or not at all: it is a copy of the first migrated database.
            migrator.migrate(&crate::UpgradeRequest::default()).await?;
            let sql = copy(&template, database.url.database());
            connection.execute(&sql).await.map_err(doing("keeping the template"))?;
        }
        let _ = connection.close().await;
        Ok(Some(database))
    }

    /// The URL.
    #[must_use]
    pub fn url(&self) -> &DatabaseUrl {
        &self.url
    }

    /// The URL with its secrets, for a process that the test starts.
    #[must_use]
    pub fn url_text(&self) -> String {
        match self.url.file() {
            Some(file) => format!("sqlite://{}", file.display()),
            None => self.url.expose(),
        }
    }

    /// A builder of a migrator on it.
    #[must_use]
    pub fn builder(&self) -> MigratorBuilder {
        Migrator::builder_for(self.url.clone())
    }

    /// A migrator on it with these migrations.
    ///
    /// # Errors
    /// What is wrong with the set of migrations.
    pub fn migrator(&self, catalog: Catalog) -> Result<Migrator, Error> {
        self.builder().catalog(catalog).build()
    }

    /// A live connection.
    ///
    /// # Errors
    /// What the database says.
    pub async fn connect(&self) -> Result<Db, Error> {
        self.migrator(Catalog::default())?.connect().await
    }

    /// Drops it now, and says so when that fails.
    ///
    /// # Errors
    /// What the database says.
    pub async fn drop_now(self) -> Result<(), Error> {
        let dropped = self.driver.drop_database(&self.url).await;
        dropped.map_err(|error| crate::exec::RunError::Database {
            doing: "dropping the test database".into(),
            error,
        })?;
        Ok(())
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            let _ = std::fs::remove_dir_all(folder);
            return;
        }
        // A thread with a runtime of its own: `drop` may run inside another one, and can not wait there.
        let (driver, url) = (self.driver, self.url.clone());
        let thread = std::thread::spawn(move || {
            if let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() {
                let _ = runtime.block_on(driver.drop_database(&url));
            }
        });
        let _ = thread.join();
    }
}
