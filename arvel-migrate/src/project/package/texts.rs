//! The texts of a new package besides its stub and its model.

use crate::project::render::SHORT;

/// The names that stand in them.
pub(super) struct Words<'a> {
    pub(super) name: &'a str,
    pub(super) table: &'a str,
    pub(super) model: &'a str,
    pub(super) stub: &'a str,
}

/// The sqlx that `arvel-migrate` is built with.
const SQLX: &str = "0.9";

impl Words<'_> {
    /// The crate as Rust names it.
    fn library_name(&self) -> String {
        self.name.replace('-', "_")
    }

    pub(super) fn manifest(&self, dependency: Option<&str>) -> String {
        let Self { name, table, .. } = self;
        let version = concat!(env!("CARGO_PKG_VERSION_MAJOR"), ".", env!("CARGO_PKG_VERSION_MINOR"));
        let dependency = dependency.map_or_else(|| format!("{version:?}"), str::to_owned);
        let rust = env!("CARGO_PKG_RUST_VERSION");
        format!(
            r#"[package]
name = "{name}"
version = "0.1.0"
edition = "2024"
rust-version = "{rust}"
description = "The table `{table}` for applications on Arvel: migrations and models."

[dependencies]
arvel-migrate = {dependency}
# What models are read with; the drivers are those of `arvel-migrate`.
sqlx = {{ version = "{SQLX}", default-features = false }}

[dev-dependencies]
tokio = {{ version = "1", features = ["macros", "rt"] }}
"#
        )
    }

    pub(super) fn library(&self) -> String {
        let Self { name, table, model, stub } = self;
        format!(
            r#"//! What this package is for.
//!
//! | table | one row is | why it looks like this |
//! |---|---|---|
//! | `{table}` | say it in a few words | what its columns do not tell by themselves |
//!
//! The table belongs to the application once it is published (`db publish --package {name}`): the application adds its
//! own columns there.

pub mod models;

pub use models::{model};

arvel_migrate::bundle! {{
    {stub} => "stubs/{stub}.rs",
}}
"#
        )
    }

    pub(super) fn tests(&self) -> String {
        let Self { table, model, stub, .. } = self;
        // In the order of their names, as rustfmt leaves them.
        let mut uses = [
            "use arvel_migrate::testing::{\n    Engine, PackageError, TestDatabase, check_package, package_migrations,\n};".to_owned(),
            format!("use {}::{model};", self.library_name()),
        ];
        if *self.library_name() < *"arvel_migrate" {
            uses.swap(0, 1);
        }
        let uses = uses.join("\n");
        let stubs = format!("report.stubs, [\"{stub}\"]");
        let stubs = match stubs.len() <= SHORT {
            true => format!("    assert_eq!({stubs});"),
            false => format!("    assert_eq!(\n        report.stubs,\n        [\"{stub}\"]\n    );"),
        };
        format!(
            r#"//! The stubs on every database that can be reached: they apply, go back, and are published as they are.

{uses}

#[tokio::test]
async fn the_stubs_hold_on_every_database() -> Result<(), PackageError> {{
    let report = check_package(env!("CARGO_PKG_NAME")).await?;
{stubs}
    assert_eq!(report.tables, ["{table}"]);
    Ok(())
}}

#[tokio::test]
async fn the_model_reads_the_table() -> Result<(), Box<dyn std::error::Error>> {{
    for engine in Engine::ALL {{
        let migrations = package_migrations(env!("CARGO_PKG_NAME"))?;
        let Some(database) = TestDatabase::migrated(engine, migrations).await? else {{
            continue;
        }};
        let mut db = database.connect().await?;
        // Insert a row here, `db.execute("INSERT …", &[]).await?`, and look at its fields.
        let rows: Vec<{model}> = if let Some(connection) = db.sqlite() {{
            let query = sqlx::query_as({model}::SELECT);
            query.fetch_all(connection).await?
        }} else if let Some(connection) = db.postgres() {{
            let query = sqlx::query_as({model}::SELECT);
            query.fetch_all(connection).await?
        }} else if let Some(connection) = db.mysql() {{
            let query = sqlx::query_as({model}::SELECT_MYSQL);
            query.fetch_all(connection).await?
        }} else {{
            continue;
        }};
        assert_eq!(rows, []);
    }}
    Ok(())
}}
"#
        )
    }

    pub(super) fn readme(&self) -> String {
        let Self { name, table, model, stub } = self;
        let library = self.library_name();
        format!(
            r#"# {name}

Brings the table `{table}` to applications on Arvel, and `{model}`, which reads its rows.

## In an application

A line in `Cargo.toml` is not enough: the application names the package once, so that it is linked.

```toml
# Cargo.toml
[dependencies]
{name} = "0.1"
```

```rust,ignore
// src/lib.rs
use {library} as _;
```

Then it copies the migration into `database/migrations`, where it is the application's own, and runs it:

```console
$ cargo run -- db publish --package {name}
$ cargo run -- db migrate
```

| stub | what it does |
|---|---|
| `{stub}` | creates `{table}` |

## In this package

```console
$ cargo test
```

applies each stub, undoes it, and publishes it into a temporary project: on SQLite, and on PostgreSQL and MariaDB where they can
be reached. `ARVEL_TEST_REQUIRE=all` makes their absence a failure.

A stub that was released is not edited without a new version and a follow-up: applications have run it.
"#
        )
    }
}
