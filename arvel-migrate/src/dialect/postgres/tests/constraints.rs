//! Foreign keys, checks, exclusions: deferred, not valid, validated; as they are written and as the server keeps them.

use super::{Body, sql};
use crate::{
    dialect::server_tests::{POSTGRES, Server},
    dsl::{Schema, named},
    operation::ForeignKeyAction,
};

fn create(s: &mut Schema) {
    s.create("rooms", |t| {
        t.id();
        t.integer("floor").nullable();
        t.integer("Number of").nullable();
        t.unique(["floor", "Number of"]).named("place");
    });
    s.create("bookings", |t| {
        t.id();
        t.foreign_id("room_id")
            .default(1)
            .constrained("rooms")
            .on_delete(ForeignKeyAction::SetDefault)
            .initially_deferred();
        t.integer("floor").nullable();
        t.integer("number").nullable();
        t.timestamp_range("during");
        t.integer("a").nullable();
        t.integer("select").nullable();
        t.foreign(["floor", "number"])
            .references(["floor", "Number of"])
            .on("rooms")
            .match_full()
            .deferrable();
        t.check("positive", "a > 0").not_valid();
        t.exclude(&[("select", "="), ("during", "&&")]).where_("a > 0").initially_deferred();
    });
}

#[tokio::test]
async fn every_constraint_is_read_back_as_it_was_written() {
    let Some(mut server) = Server::new(POSTGRES).await else { return };
    server.run("CREATE EXTENSION btree_gist").await;
    let steps: [Body; 7] = [
        create,
        |s| {
            s.table("bookings", |t| {
                t.foreign_id("other_id").nullable().constrained("rooms").not_valid();
                t.check("a_check", "a < 100").not_valid();
                t.exclude(&[("int4range(a, a + 1)", "&&")]).named("spans").deferrable();
                t.exclude(&[("room_id + 1", "="), ("number", "<>")]).named("sums");
                t.exclude(&[("a", "=")]).method("hash").named("hashed");
            })
        },
        |s| {
            s.table("bookings", |t| {
                t.validate_constraint("a_check");
                t.validate_constraint("bookings_other_id_foreign");
            })
        },
        |s| s.table("bookings", |t| t.rename_column("select", "Odd \"one")),
        |s| {
            s.table("bookings", |t| {
                t.drop_exclusion(named("spans"));
                t.drop_check("a_check");
                t.drop_foreign("other_id");
            })
        },
        |s| s.table("bookings", |t| t.drop_column("during")),
        |s| s.table("bookings", |t| t.drop_columns(["a", "number"])),
    ];
    for step in steps {
        server.apply(step).await;
    }
    server.drop().await;
}

#[tokio::test]
async fn a_row_that_breaks_a_new_check_is_told_with_a_way_out() {
    let Some(mut server) = Server::new(POSTGRES).await else { return };
    server.run("CREATE TABLE t (s varchar(255))").await;
    server.run("INSERT INTO t VALUES ('gone')").await;
    let before = server.inspect().await;
    let operation = Schema::record(|s| {
        s.table("t", |t| {
            t.enumeration("s", &["draft", "live"]).change();
        })
    })
    .operations
    .remove(0);
    let statement = server.dialect.compile(&operation, &before).unwrap().remove(0);
    let error = server.connection.execute(&statement.sql).await.unwrap_err();
    assert_eq!(error.code.as_deref(), Some("23514"));
    let advice = crate::dialect::advice(&*server.dialect, &error, "ALTER TABLE").unwrap_or_default();
    assert!(advice.contains("a row that is there"), "{advice}");
    server.drop().await;
}

#[test]
fn how_constraints_are_written() {
    let written = sql(create);
    for part in [
        r#"REFERENCES "rooms" ("id") ON DELETE SET DEFAULT DEFERRABLE INITIALLY DEFERRED"#,
        r#"REFERENCES "rooms" ("floor", "Number of") MATCH FULL DEFERRABLE INITIALLY IMMEDIATE"#,
        r#"EXCLUDE USING "gist" ("select" WITH =, "during" WITH &&) WHERE (a > 0) DEFERRABLE INITIALLY DEFERRED"#,
        r#"ALTER TABLE "bookings" ADD CONSTRAINT "positive" CHECK (a > 0) NOT VALID;"#,
    ] {
        assert!(written.contains(part), "{part} in {written}");
    }
}
