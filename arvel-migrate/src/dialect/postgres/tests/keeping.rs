//! What others made and what is not mentioned stays: rows, defaults, collations, keys by other names, other schemas.

use crate::{
    dialect::{
        CompileError,
        server_tests::{POSTGRES, Server},
    },
    dsl::Schema,
    operation::TableName,
    schema::{DatabaseSchema, Wanted},
};

#[tokio::test]
async fn a_changed_column_keeps_what_is_not_mentioned_on_postgres() {
    let Some(mut server) = Server::new(POSTGRES).await else { return };
    server
        .run(
            "CREATE TABLE kept (id bigint PRIMARY KEY, a varchar(10) COLLATE \"C\" DEFAULT 'x', b text NOT NULL \
             DEFAULT '12', c boolean DEFAULT true, d integer DEFAULT 1, e integer, f integer, g json, \
             h varchar(40) DEFAULT lower('X'))",
        )
        .await;
    server.run("COMMENT ON COLUMN kept.a IS 'about a'").await;
    server.run("INSERT INTO kept VALUES (41, 'ab', '34', true, 5, 1, 2, '{}')").await;
    let before = server.table("kept").await;
    server
        .apply(|s| {
            s.table("kept", |t| {
                t.string_of("a", 20).change();
            })
        })
        .await;
    let after = server.table("kept").await;
    let mut expected = before.columns[1].clone();
    expected.type_name = "character varying(20)".to_owned();
    assert_eq!(after.columns[1], expected);
    assert_eq!(expected.collation.as_deref(), Some("C"));
    assert_eq!(expected.comment.as_deref(), Some("about a"));

    // Across families: rows and defaults are converted, not lost.
    server
        .apply(|s| {
            s.table("kept", |t| {
                t.integer("b").change();
                t.integer("c").change();
                t.boolean("d").change();
                t.string("e").change();
                t.jsonb("g").change();
            })
        })
        .await;
    let table = server.table("kept").await;
    let defaults: Vec<Option<&str>> = table.columns.iter().map(|column| column.default.as_deref()).collect();
    assert_eq!(defaults[2..5], [Some("12"), Some("1"), Some("true")]);
    let row =
        server.connection.query("SELECT a, b::text, c::text, d::text, e FROM kept").await.unwrap().remove(0);
    let cells: Vec<Option<&str>> = (0..5).map(|at| row.at(at)).collect();
    assert_eq!(cells, [Some("ab"), Some("34"), Some("1"), Some("true"), Some("1")]);

    // A text that does not fit is refused, never cut.
    let narrow = Schema::record(|s| {
        s.table("kept", |t| {
            t.string_of("a", 1).change();
        })
    })
    .operations
    .remove(0);
    let before = server.inspect().await;
    let statement = server.dialect.compile(&narrow, &before).unwrap().remove(0);
    let error = server.connection.execute(&statement.sql).await.unwrap_err();
    assert_eq!(error.code.as_deref(), Some("22001"));

    // Counting goes on behind the rows that are there.
    server
        .apply(|s| {
            s.table("kept", |t| {
                t.big_integer("id").auto_increment().change();
            })
        })
        .await;
    server.run("INSERT INTO kept (a, b, c, e, f) VALUES ('n', 1, 0, 'x', 3)").await;
    let row = server.connection.query("SELECT max(id)::text AS id FROM kept").await.unwrap().remove(0);
    assert_eq!(row.text("id"), Some("42"));
    server.drop().await;
}

#[tokio::test]
async fn a_key_that_others_made_is_found_and_dropped() {
    let Some(mut server) = Server::new(POSTGRES).await else { return };
    server.run("CREATE TABLE t (id bigint PRIMARY KEY, a integer, b integer)").await;
    server.run("CREATE UNIQUE INDEX t_a_unique ON t (a)").await;
    server.run("CREATE INDEX partial ON t (lower(a::text), b DESC) WHERE b > 0").await;
    server.run("CREATE INDEX hashed ON t USING hash (b)").await;
    let table = server.table("t").await;
    assert_eq!(table.indexes[1].texts(), ["lower(a::text)", "b"]);
    assert_eq!(table.indexes[1].predicate.as_deref(), Some("b > 0"));
    assert!(table.indexes[1].columns[1].descending);
    assert_eq!(table.indexes[0].method.as_deref(), Some("hash"));
    server
        .apply(|s| {
            s.table("t", |t| {
                t.drop_unique("a");
                t.drop_primary("id");
            })
        })
        .await;
    server.drop().await;
}

#[tokio::test]
async fn schemas_and_strangers() {
    let Some(mut server) = Server::new(POSTGRES).await else { return };
    server.run("CREATE SCHEMA audit").await;
    server
        .apply(|s| {
            s.create("users", |t| {
                t.id();
            })
        })
        .await;
    let create = Schema::record(|s| {
        s.create("audit.entries", |t| {
            t.id();
            t.foreign_id("user_id").index().constrained("users");
            t.enumeration("kind", &["a"]).comment("c");
        })
    })
    .operations
    .remove(0);
    for statement in server.dialect.compile(&create, &DatabaseSchema::default()).unwrap() {
        server.run(&statement.sql).await;
    }
    assert_eq!(server.inspect().await.tables.len(), 1);
    let names = Wanted::table(TableName::parse("audit.entries"));
    let role = format!("arvel_reader_{}", std::process::id());
    server.run(&format!("CREATE ROLE {role}")).await;
    server.run(&format!("SET ROLE {role}")).await;
    let found = server.dialect.inspect(&mut *server.connection, Some(&names)).await.unwrap();
    server.run("RESET ROLE").await;
    server.run(&format!("DROP ROLE {role}")).await;
    let mut folded = DatabaseSchema::default();
    server.dialect.fold(&create, &mut folded);
    assert_eq!(found, folded);
    let moved = Schema::record(|s| s.rename("audit.entries", "public.log")).operations.remove(0);
    for statement in server.dialect.compile(&moved, &found).unwrap() {
        server.run(&statement.sql).await;
    }
    assert_eq!(server.inspect().await.tables.len(), 2);
    let refused = server.refusal(|s| s.rename("audit.entries", "log")).await;
    assert!(matches!(refused, CompileError::Unsupported { .. }));
    server.drop().await;
}
