//! What `[databases]` can say, and what it may not.

use std::path::Path;

use arvel_core::{Config, Context, Environment, Plugin, Value};

use super::*;
use crate::{Migrations, migration::Catalog};

fn context(root: &Path, more: &[(&str, &str)]) -> Context {
    let defaults = Migrations::default().defaults().into_iter().map(|(key, value)| (key.to_owned(), value));
    let more = more.iter().map(|(key, value)| {
        let value = match *value {
            "false" => Value::from(false),
            text => Value::from(text),
        };
        ((*key).to_owned(), value)
    });
    // The fixtures of this crate are compiled in.
    let fixtures = [("databases.fixtures.url".to_owned(), Value::from("sqlite://fixtures.db"))];
    Context::new("test", root, Environment::Testing, Config::of(defaults.chain(fixtures).chain(more)))
}

fn read(more: &[(&str, &str)]) -> Result<Databases, ConfigError> {
    Databases::from_context(&context(Path::new("/srv/app"), more))
}

/// The message and the hint of what is refused.
fn refused(more: &[(&str, &str)]) -> (String, String) {
    let error = read(more).expect_err("it is refused");
    assert_eq!(error.exit(), arvel_core::Exit::CONFIGURATION);
    (error.to_string(), error.hint())
}

#[test]
fn each_has_its_own_or_what_all_have() {
    let all = read(&[
        ("databases.reporting.url", "postgres://app@h/reports"),
        ("databases.reporting.migrate_url", "postgres://owner@h/reports"),
        ("databases.reporting.path", "database/reporting"),
        ("databases.reporting.table", "reports"),
        ("databases.reporting.schema", "bookkeeping"),
        ("databases.audit.url", "mysql://app@h/audit"),
    ])
    .unwrap();
    assert_eq!(all.names(), ["default", "fixtures", "reporting", "audit"]);
    let reporting = all.get("reporting").unwrap();
    assert_eq!(reporting.own_path(), Some(Path::new("/srv/app/database/reporting")));
    assert_eq!(reporting.migrate_url.to_string(), "postgres://owner@h/reports");
    assert_eq!(
        reporting.names,
        BookkeepingNames { schema: Some("bookkeeping".into()), prefix: "reports".into() }
    );
    let audit = all.get("audit").unwrap();
    assert_eq!((audit.own_path(), &audit.names), (None, &BookkeepingNames::default()));
    assert_eq!(audit.folder(), all.default_one().folder());
    assert_eq!(audit.paths.keys().collect::<Vec<_>>(), ["database:reporting"]);

    let own = read(&[("databases.default.path", "db/changes"), ("migrations.table", "x")]).unwrap();
    assert_eq!(own.default_one().migrations_path, Path::new("/srv/app/db/changes"));
    assert_eq!(own.get("fixtures").unwrap().names.prefix, "x");
}

#[test]
fn a_name_is_one_name() {
    let (message, hint) =
        refused(&[("databases.Reporting.url", "sqlite:a"), ("databases.reporting.url", "sqlite:b")]);
    assert_eq!(
        message,
        "`databases.Reporting` (code): `Reporting` and `reporting` are one name: \
         `ARVEL_DATABASES__REPORTING__URL` would set both"
    );
    assert_eq!(hint, "keep one of them, spelt `reporting`");
    for name in ["Reporting", "my-db", "a__b", "_a", "a_", "1a", "é"] {
        let (message, _) = refused(&[(&format!("databases.{name}.url"), "sqlite:a")]);
        assert!(message.contains("can not be the name of a database"), "{message}");
    }
    let (_, hint) = refused(&[("databases.my-db.url", "sqlite:a")]);
    assert!(hint.ends_with("`my_db` would do"), "{hint}");
}

#[test]
fn what_can_not_be_told_apart_is_refused() {
    let (message, hint) = refused(&[
        ("databases.default.url", "postgres://app:a@h/shop"),
        ("databases.reporting.url", "postgres://app:b@h/shop"),
    ]);
    assert_eq!(
        message,
        "`databases.reporting.url` (code): `default` and `reporting` are the same database, and both keep their \
         history in `arvel_migrations`"
    );
    assert!(hint.starts_with("set `table = \"reporting\"` under `[databases.reporting]`"), "{hint}");
    let two_tables = [
        ("databases.default.url", "postgres://app@h/shop"),
        ("databases.reporting.url", "postgres://app@h/shop"),
        ("databases.reporting.table", "reporting"),
    ];
    let two = read(&two_tables).unwrap();
    assert_eq!(two.default_one().beside, ["reporting"]);
    assert_eq!(
        (&*two.get("reporting").unwrap().beside, two.get("fixtures").unwrap().beside.len()),
        (&["default".to_owned()][..], 0)
    );

    let (message, _) = refused(&[
        ("databases.a.url", "sqlite:a"),
        ("databases.a.path", "database/x"),
        ("databases.b.url", "sqlite:b"),
        ("databases.b.path", "database//x/"),
    ]);
    assert_eq!(message, "`databases.b.path` (code): it is the folder of the database `a` already");
}

#[test]
fn what_is_missing_or_wrong_is_named() {
    let (message, hint) = refused(&[("databases.reporting.path", "x")]);
    assert_eq!(message, "`databases.reporting.url` is not set");
    assert!(hint.contains("`ARVEL_DATABASES__REPORTING__URL`"), "{hint}");
    let (message, _) =
        refused(&[("databases.reporting.url", "sqlite:a"), ("databases.reporting.table", "a-b")]);
    assert_eq!(message, "`databases.reporting.table` (code): `a-b` can not begin the names of tables");

    let all = read(&[("databases.replica.url", "sqlite:a"), ("databases.replica.migrate", "false")]).unwrap();
    assert_eq!(all.names(), ["default", "fixtures"]);
    let error = all.get("replica").unwrap_err();
    assert_eq!(
        error.to_string(),
        "the database `replica` has no migrations: `databases.replica.migrate` is false"
    );
    let error = all.get("fixture").unwrap_err();
    assert_eq!(error.to_string(), "there is no database `fixture`; there are `default`, `fixtures`");
    assert_eq!(error.hint(), "did you mean `fixtures`?");
    let (message, _) = refused(&[("databases.default.migrate", "false")]);
    assert!(message.contains("the default database is the one that is migrated"), "{message}");
}

const UP: &str = "-- migrate:up\nSELECT 1;\n";

/// A project with these files, and the revisions of a database in it, or what is wrong.
fn catalog(files: &[(&str, &str)], more: &[(&str, &str)], database: &str) -> Result<Vec<String>, String> {
    let home = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = home.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let all = Databases::from_context(&context(home.path(), more)).unwrap();
    let catalog = all.get(database).unwrap().catalog(&[]);
    let here = format!("{}/", home.path().display());
    let catalog = catalog.map_err(|error| error.to_string().replace(&here, ""))?;
    let ours = catalog.migrations().iter().filter(|of| of.line.as_str() != "database:fixtures");
    Ok(ours.map(|migration| migration.revision.to_string()).collect())
}

const TWO: [(&str, &str); 3] = [
    ("databases.reporting.url", "sqlite:reporting.db"),
    ("databases.reporting.path", "database/reporting"),
    ("databases.audit.url", "sqlite:audit.db"),
];

#[test]
fn a_migration_is_of_one_database() {
    let said = format!("-- database: audit\n{UP}");
    let nested = [
        ("databases.reporting.url", "sqlite:reporting.db"),
        ("databases.reporting.path", "database/migrations/reporting"),
    ];
    let files = [
        ("database/migrations/1_a.sql", UP),
        ("database/migrations/2_b.sql", &said),
        ("database/migrations/more/3_c.sql", UP),
        ("database/reporting/1_a.sql", UP),
    ];
    let of = |database| catalog(&files, &TWO, database).unwrap();
    assert_eq!(of("default"), ["1_a", "3_c"]);
    assert_eq!(of("reporting"), ["1_a"]);
    assert_eq!(of("audit"), ["2_b"]);

    let files = [("database/migrations/1_a.sql", UP), ("database/migrations/reporting/2_b.sql", UP)];
    assert_eq!(catalog(&files, &nested, "default").unwrap(), ["1_a"]);
    assert_eq!(catalog(&files, &nested, "reporting").unwrap(), ["2_b"]);
}

#[test]
fn what_one_database_does_not_list_is_not_the_others_of_that_name() {
    use crate::migration::{LineName, Migration, Source};
    fn nothing(_: &mut crate::dsl::Schema) {}
    let body = Source::Rust { up: nothing, down: None };
    let listed = crate::migration::Registration::new("a/1_a.rs", "1_a", "default", "app", body);
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("1_a.sql"), UP).unwrap();
    let disk = Catalog::read_folder(home.path(), &LineName::of_database("reporting")).unwrap();
    let listed = Catalog::new(vec![Migration::from_registration(&listed).unwrap()]).unwrap();
    let both = listed.merge(disk, crate::migration::Precedence::Disk).unwrap();
    let unlisted = |database: &str| {
        let of = both.clone().of_database(database).unwrap();
        of.migrations().iter().filter(|migration| of.is_unlisted(migration)).count()
    };
    assert_eq!((unlisted("default"), unlisted("reporting")), (0, 1));
}

#[test]
fn a_contradiction_names_file_and_database() {
    let header = |name: &str| format!("-- database: {name}\n{UP}");
    let table = [
        (
            "database/migrations/1_a.sql",
            header("reportng"),
            "default",
            "`database/migrations/1_a.sql` is for the database `reportng`, which the configuration does not know",
        ),
        (
            "database/reporting/1_a.sql",
            header("audit"),
            "reporting",
            "`database/reporting/1_a.sql` says that it is for the database `audit`, and lies in the folder of `reporting`",
        ),
        (
            "database/migrations/1_a.sql",
            header("reporting"),
            "default",
            "`database/migrations/1_a.sql` says that it is for the database `reporting`, and lies in the folder of `default`",
        ),
        (
            "database/reporting/mod.rs",
            "arvel_migrate::line!(\"default\");\n".to_owned(),
            "reporting",
            "`database/reporting` is the folder of the database `reporting`, and its `mod.rs` says `line!(\"default\")`",
        ),
    ];
    for (path, text, database, expected) in &table {
        let files = [(*path, text.as_str()), ("database/reporting/2_b.sql", UP)];
        assert_eq!(catalog(&files, &TWO, database).unwrap_err(), *expected);
    }
    // What is wrong in the folder of another database stops that one.
    let files = [("database/migrations/1_a.sql", UP), ("database/reporting/bad.sql", "x")];
    assert_eq!(catalog(&files, &TWO, "default").unwrap(), ["1_a"]);
    assert!(catalog(&files, &TWO, "reporting").is_err());
    // A folder that is not there is one database's affair too.
    let files = [("database/migrations/1_a.sql", UP)];
    assert_eq!(catalog(&files, &TWO, "audit").unwrap(), [""; 0]);
    assert_eq!(
        catalog(&files, &TWO, "reporting").unwrap_err(),
        "the folder `database/reporting` of the database `reporting` is not there, and none of its migrations is compiled in"
    );
}

#[test]
fn nothing_crosses_from_one_database_to_another() {
    let files = [
        ("database/migrations/1_a.sql", UP.to_owned()),
        ("database/reporting/2_b.sql", format!("-- parents: 1_a\n{UP}")),
        ("database/migrations/3_c.sql", format!("-- database: audit\n-- depends_on: 1_a\n{UP}")),
    ];
    let files = files.each_ref().map(|(path, text)| (*path, text.as_str()));
    for (database, file, key) in [
        ("reporting", "database/reporting/2_b.sql", "parents"),
        ("audit", "database/migrations/3_c.sql", "depends_on"),
    ] {
        assert_eq!(
            catalog(&files, &TWO, database).unwrap_err(),
            format!(
                "`{file}` of the database `{database}` names `1_a` in its `{key}`, which belongs to the database \
                 `default`: each database has a graph of its own"
            )
        );
    }
    assert_eq!(catalog(&files, &TWO, "default").unwrap(), ["1_a"]);
}

#[test]
fn a_set_of_migrators_is_checked_like_the_configuration() {
    use crate::{DatabasesError, Error, Migrators};
    let builder =
        |name: &str, url: &str| Migrator::builder(url).unwrap().database(name).catalog(Catalog::default());
    let twice = Migrators::builder().with(builder("a", "sqlite:a")).with(builder("a", "sqlite:b")).build();
    assert!(matches!(twice, Err(Error::Databases(DatabasesError::Twice { name })) if name == "a"));
    let one = Migrators::builder().with(builder("a", "sqlite:x")).with(builder("b", "sqlite:x")).build();
    let error = one.err().unwrap();
    assert_eq!(
        error.to_string(),
        "`a` and `b` are the same database, and both keep their history in `arvel_migrations`"
    );
    let all =
        Migrators::builder().with(builder("a", "sqlite:x")).with(builder("b", "sqlite:y")).build().unwrap();
    assert_eq!(all.iter().map(Migrator::name).collect::<Vec<_>>(), ["a", "b"]);
    // The fixtures of this crate are for a database that is not in the set.
    let unknown = Migrators::builder().with(Migrator::builder("sqlite:x").unwrap()).build().err().unwrap();
    assert_eq!(unknown.code(), "catalog.unknown_database");
}
