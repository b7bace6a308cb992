//! Views and triggers.

use super::{Body, Database, operations};
use crate::{
    dsl::Schema,
    operation::{Object, ObjectId, ObjectKind, Operation, reverse},
    schema::Wanted,
};

fn view(name: &str) -> ObjectId {
    ObjectId::new(ObjectKind::View, name)
}

fn views(s: &mut Schema) {
    s.create_view("live", "SELECT id FROM posts WHERE live -- the others not\n;");
    s.create_view("Odd \"name", "SELECT id, 1 FROM live").columns(["key", "a title"]);
}

#[tokio::test]
async fn views_are_made_replaced_renamed_and_dropped() {
    let mut db = Database::with(&["CREATE TABLE posts (id INTEGER PRIMARY KEY, live INT)"]).await;
    let before = db.inspect().await;
    let sent = db.migrate(views).await;
    assert_eq!(
        sent,
        [
            "CREATE VIEW \"live\" AS\nSELECT id FROM posts WHERE live -- the others not",
            "CREATE VIEW \"Odd \"\"name\" (\"key\", \"a title\") AS\nSELECT id, 1 FROM live",
        ]
    );
    for operation in reverse(&operations(views)).unwrap() {
        db.try_run(&operation).await.unwrap();
    }
    assert_eq!(db.inspect().await, before);
    db.migrate(views).await;
    db.migrate(|s| {
        s.create_trigger(
            "t",
            "live",
            "CREATE TRIGGER t INSTEAD OF INSERT ON live BEGIN DELETE FROM posts; END",
        );
    })
    .await;
    let sent = db
        .migrate(|s| {
            s.create_or_replace_view("live", "SELECT id FROM posts WHERE NOT live");
            s.drop_view("Odd \"name");
            s.drop_view_if_exists("odd");
            s.rename_view("live", "Shown");
        })
        .await;
    assert_eq!(
        sent,
        [
            "DROP VIEW IF EXISTS \"live\"",
            "CREATE VIEW \"live\" AS\nSELECT id FROM posts WHERE NOT live",
            "CREATE TRIGGER t INSTEAD OF INSERT ON live BEGIN DELETE FROM posts; END",
            "DROP VIEW \"Odd \"\"name\"",
            "DROP VIEW IF EXISTS \"odd\"",
            "DROP VIEW \"live\"",
            "CREATE VIEW \"Shown\" AS\nSELECT id FROM posts WHERE NOT live",
            "CREATE TRIGGER t INSTEAD OF INSERT ON \"Shown\" BEGIN DELETE FROM posts; END",
        ]
    );
}

#[tokio::test]
async fn a_view_that_was_seen_is_made_again_with_its_triggers() {
    let mut db = Database::with(&[
        "CREATE TABLE posts (id INTEGER PRIMARY KEY)",
        "create view Live(key) as select id from posts",
        "CREATE TRIGGER t INSTEAD OF INSERT ON live BEGIN DELETE FROM posts; END",
    ])
    .await;
    let wanted = Wanted::object(view("live"));
    let seen = db.dialect.inspect(&mut *db.connection, Some(&wanted)).await.unwrap();
    assert_eq!(seen.objects.len(), 2);
    let Some(Object::View(def)) = seen.object(&view("live")) else { panic!("{seen:?}") };
    assert_eq!((def.columns.join(","), def.query.as_str()), ("key".to_owned(), "select id from posts"));
    db.try_run(&Operation::Drop { object: view("live"), if_exists: false }).await.unwrap();
    assert!(db.inspect().await.objects.is_empty());
    for object in seen.objects.values().filter(|object| matches!(object, Object::View(_))) {
        db.try_run(&Operation::Create(object.clone())).await.unwrap();
    }
    let again = db.dialect.inspect(&mut *db.connection, Some(&wanted)).await.unwrap();
    assert_eq!(again.object(&view("live")), seen.object(&view("live")));
}

#[tokio::test]
async fn what_a_view_can_not_be_here_is_said() {
    let mut db = Database::with(&["CREATE TABLE posts (id INTEGER PRIMARY KEY)"]).await;
    let refused = db
        .refused(|s| {
            s.create_view("v", "SELECT 1").check_option("LOCAL");
        })
        .await;
    assert_eq!(
        refused,
        "SQLite can not do `create view v`: `view check option`: nothing can be written through a view"
    );
    let refused = db
        .refused(|s| {
            s.create_view("v", "SELECT 1; DROP TABLE posts");
        })
        .await;
    assert_eq!(refused, "SQLite can not do `create view v`: its text is 2 statements, and it must be one");
    let refused = db.refused(|s| s.rename_view("v", "w")).await;
    assert!(refused.contains("there is no"), "{refused}");
}

fn trigger(name: &str, table: &str) -> ObjectId {
    ObjectId { table: Some(table.into()), ..ObjectId::new(ObjectKind::Trigger, name) }
}

#[tokio::test]
async fn triggers_are_made_and_dropped_and_what_was_seen_makes_them_again() {
    fn body(s: &mut Schema) {
        let sql =
            "create trigger main.\"Odd name\" AFTER INSERT ON posts\nBEGIN\n  SELECT 1;\n  SELECT 2;\nEND;";
        s.create_trigger("Odd name", "posts", sql);
        s.create_trigger("a", "posts", "CREATE TRIGGER a AFTER DELETE ON posts BEGIN SELECT 1; END");
    }
    let mut db = Database::with(&["CREATE TABLE posts (id INTEGER PRIMARY KEY)"]).await;
    let before = db.inspect().await;
    db.migrate(body).await;
    let there = db.inspect().await;
    for operation in reverse(&operations(body)).unwrap() {
        db.try_run(&operation).await.unwrap();
    }
    assert_eq!(db.inspect().await, before);
    db.migrate(body).await;
    let wanted = Wanted::object(trigger("odd name", "Posts"));
    let seen = db.dialect.inspect(&mut *db.connection, Some(&wanted)).await.unwrap();
    db.migrate(|s| s.drop_trigger("Odd name", "posts")).await;
    db.migrate(|s| s.drop_trigger_if_exists("Odd name", "posts")).await;
    db.try_run(&Operation::Create(seen.objects.into_values().next().unwrap())).await.unwrap();
    assert_eq!(db.inspect().await, there);
}

#[tokio::test]
async fn what_a_trigger_can_not_be_here_is_said() {
    let mut db = Database::with(&["CREATE TABLE posts (id INTEGER PRIMARY KEY)"]).await;
    let cases: [(Body, &str); 4] = [
        (
            |s| {
                s.create_trigger(
                    "t",
                    "posts",
                    "CREATE TEMP TRIGGER t AFTER INSERT ON posts BEGIN SELECT 1; END",
                )
            },
            "SQLite can not do `create trigger t of posts`: a temporary trigger goes with the connection",
        ),
        (
            |s| {
                let sql = "CREATE TRIGGER IF NOT EXISTS t AFTER INSERT ON posts BEGIN SELECT 1; END";
                s.create_trigger("t", "posts", sql);
            },
            "SQLite can not do `create trigger t of posts`: a trigger that may have been there before has no way back",
        ),
        (
            |s| {
                s.create_trigger(
                    "t",
                    "posts",
                    "DROP TRIGGER t; CREATE TRIGGER t AFTER INSERT ON posts BEGIN SELECT 1; END",
                )
            },
            "SQLite can not do `create trigger t of posts`: its text is 2 statements, and it must be one",
        ),
        (
            |s| s.create_trigger("t", "posts", "SELECT 'create trigger t'"),
            "SQLite can not do `create trigger t of posts`: its text does not begin with `CREATE TRIGGER`",
        ),
    ];
    for (body, expected) in cases {
        assert_eq!(db.refused(body).await, expected);
    }
}

#[tokio::test]
async fn an_enum_type_needs_nothing() {
    let mut db = Database::with(&[]).await;
    let before = db.inspect().await;
    let sent = db
        .migrate(|s| {
            s.create_enum("mood", &["happy", "sad"]);
            s.rename_enum("mood", "state");
            s.drop_enum("state");
        })
        .await;
    assert!(sent.is_empty(), "{sent:?}");
    assert_eq!(db.inspect().await, before);
    let refused = db
        .refused(|s| {
            s.add_enum_value("mood", "angry");
        })
        .await;
    assert!(refused.contains("there are no enum types: each column holds its values"), "{refused}");
}
