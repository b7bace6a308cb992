//! Starting over with what stands outside the connection's own schema.

use std::sync::OnceLock;

use crate::{
    Error, UpgradeRequest,
    db::Db,
    dsl::Schema,
    exec::RunError,
    graph::testing::bodies as catalog,
    testing::{Engine, TestDatabase},
};

type Up = fn(&mut Schema);

const ELSEWHERE: [Up; 2] = [
    |schema| {
        schema.create_schema("x");
        schema.create_schema_if_not_exists("kept");
        schema.create_schema_if_not_exists("new");
        schema.create_extension("citext");
        schema.create_enum("x.mood", &["calm", "wild"]);
        schema.create_enum("own", &["one"]);
        schema.create_sequence("x.numbers", |_| {});
        schema.create("users", |t| {
            t.id();
            t.raw_column("mood", "x.mood");
            t.citext("name");
        });
        schema.create("x.posts", |t| {
            t.id();
            t.foreign_id("user_id").constrained("users");
            t.raw_column("own", "public.own");
        });
        schema.create("x.parts", |t| {
            t.date("day");
            t.partition_by_range("day")
                .partition("first", "FOR VALUES FROM ('2020-01-01') TO ('2021-01-01')");
        });
        schema.create("kept.made", |t| {
            t.id();
        });
        schema.create("new.made", |t| {
            t.id();
        });
        schema.create_view("x.both", "SELECT p.id, u.mood FROM x.posts p JOIN users u ON u.id = p.user_id");
        schema.create_function(
            "x.twice",
            "int",
            "CREATE FUNCTION x.twice(int) RETURNS int LANGUAGE sql AS 'SELECT 2 * $1'",
        );
    },
    |schema| {
        schema.rename("x.posts", "x.articles");
        schema.create_schema("gone");
        schema.drop_schema("gone");
    },
];

async fn run(db: &mut Db, statements: &[&str]) {
    for sql in statements {
        db.execute(sql, &[]).await.unwrap();
    }
}

async fn texts(db: &mut Db, query: &str) -> Vec<String> {
    let rows = db.fetch_all(query, &[]).await.unwrap();
    rows.iter().map(|row| row.text("name").unwrap_or_default().to_owned()).collect()
}

const TABLES: &str = "SELECT n.nspname || '.' || c.relname AS name FROM pg_class c \
                      JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'S') \
                      AND n.nspname IN ('x', 'kept', 'new', 'other') AND c.relname NOT LIKE '%_seq' ORDER BY 1";
const SCHEMAS: &str = "SELECT nspname::text AS name FROM pg_namespace WHERE nspname IN ('x', 'kept', 'new', 'other', 'gone') ORDER BY 1";

#[tokio::test]
async fn what_migrations_made_elsewhere_goes_and_nothing_else() {
    let Some(database) = TestDatabase::create(Engine::POSTGRES).await.unwrap() else { return };
    let mut db = database.connect().await.unwrap();
    run(
        &mut db,
        &[
            "CREATE SCHEMA other",
            "CREATE TABLE other.stays (id integer)",
            "CREATE SCHEMA kept",
            "CREATE TABLE kept.stays (id integer)",
            "CREATE SCHEMA gone",
            "DROP SCHEMA gone",
        ],
    )
    .await;
    let migrator = database.migrator(catalog(&ELSEWHERE)).unwrap();
    migrator.migrate(&UpgradeRequest::default()).await.unwrap();
    let all = [
        "kept.made",
        "kept.stays",
        "new.made",
        "other.stays",
        "x.articles",
        "x.both",
        "x.first",
        "x.numbers",
        "x.parts",
    ];
    assert_eq!(texts(&mut db, TABLES).await, all);

    // Again and again, with what it says beforehand.
    for _ in 0..2 {
        let shown = migrator.dry_run_fresh().await.unwrap().dropped;
        let report = migrator.fresh().await.unwrap();
        assert_eq!((report.dropped, report.up.steps.len()), (shown, 2));
        assert_eq!(texts(&mut db, TABLES).await, all);
    }

    // Somebody else's table in a schema of ours: nothing is dropped.
    run(
        &mut db,
        &[
            "CREATE TABLE x.report (id integer)",
            "CREATE FUNCTION x.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        ],
    )
    .await;
    for error in [
        migrator.fresh().await.unwrap_err(),
        migrator.wipe(true).await.unwrap_err(),
        migrator.plan_wipe(false).await.unwrap_err(),
        migrator.dry_run_fresh().await.unwrap_err(),
    ] {
        let Error::Run(RunError::Foreign { things }) = &error else { panic!("{error:?}") };
        assert_eq!(things, &["function x.f", "table x.report"]);
        assert_eq!((error.code(), error.exit()), ("wipe.foreign", arvel_core::Exit::REFUSED));
    }
    assert_eq!(texts(&mut db, TABLES).await.len(), all.len() + 1);
    run(&mut db, &["DROP TABLE x.report", "DROP FUNCTION x.f"]).await;

    migrator.wipe(false).await.unwrap();
    assert_eq!(texts(&mut db, TABLES).await, ["kept.stays", "other.stays"]);
    // `new` was not there before the migration: its way back says so.
    assert_eq!(texts(&mut db, SCHEMAS).await, ["kept", "other"]);
    assert!(migrator.wipe(false).await.unwrap().is_empty());
    migrator.migrate(&UpgradeRequest::default()).await.unwrap();
    assert_eq!(texts(&mut db, TABLES).await, all);
}

static POSTS: OnceLock<String> = OnceLock::new();

#[tokio::test]
async fn tables_in_another_database_go_by_name() {
    let Some(database) = TestDatabase::create(Engine::MYSQL).await.unwrap() else { return };
    let Some(other) = TestDatabase::create(Engine::MYSQL).await.unwrap() else { return };
    let space = other.url().database().to_owned();
    POSTS.set(format!("{space}.posts")).unwrap();
    let ups: [Up; 1] = [|schema| {
        schema.create("users", |t| {
            t.id();
        });
        schema.create(POSTS.get().unwrap(), |t| {
            t.id();
        });
    }];
    let migrator = database.migrator(catalog(&ups)).unwrap();
    let mut db = other.connect().await.unwrap();
    run(&mut db, &["CREATE TABLE stays (id integer)"]).await;
    migrator.migrate(&UpgradeRequest::default()).await.unwrap();
    assert!(db.has_table("posts").await.unwrap());
    migrator.fresh().await.unwrap();
    assert!(db.has_table("posts").await.unwrap());
    migrator.wipe(false).await.unwrap();
    assert!(!db.has_table("posts").await.unwrap() && db.has_table("stays").await.unwrap());
}
