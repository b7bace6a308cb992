//! What the random operations of `tests/conformance/random` found, by name.

use super::{Postgres, driver, sql};
use crate::{
    dialect::{
        Dialect,
        server_tests::{POSTGRES, Server},
    },
    dsl::Schema,
    operation::Operation,
    schema::DatabaseSchema,
    undo,
};

#[test]
fn a_computed_column_gets_its_former_type_back_without_its_expression() {
    let dialect = Postgres::new(driver::capability(""));
    let mut schema = DatabaseSchema::default();
    let operations = Schema::record(|s| {
        s.create("t", |t| {
            t.integer("n");
            t.integer("twice").stored_as("n * 2");
        });
        s.table("t", |t| {
            t.big_integer("twice").change();
        });
    })
    .operations;
    assert!(dialect.fold(&operations[0], &mut schema));
    let back = undo::resolve(&dialect, &operations[1..], schema.clone()).unwrap();
    dialect.fold(&operations[1], &mut schema);
    let sent = back.iter().flat_map(|one| dialect.compile(one, &schema).unwrap());
    let sent: Vec<String> = sent.map(|statement| statement.sql).collect();
    assert_eq!(sent.len(), 1, "{sent:?}");
    assert!(sent[0].contains("TYPE integer") && !sent[0].contains("EXPRESSION"), "{sent:?}");
}

#[test]
fn identifiers_and_money_become_numbers_by_the_only_cast_that_there_is() {
    let sent = sql(|s| {
        s.create("t", |t| {
            t.oid("a");
            t.decimal("b", 9, 0);
            t.money("c");
        });
        s.table("t", |t| {
            t.small_integer("a").change();
            t.big_integer("c").change();
            t.oid("b").change();
        });
    });
    assert!(sent.contains("USING \"a\"::bigint::smallint"), "{sent}");
    assert!(sent.contains("USING \"c\"::numeric::bigint"), "{sent}");
    assert!(sent.contains("USING \"b\"::bigint::oid"), "{sent}");
}

#[tokio::test]
async fn a_trigger_follows_its_table_to_another_name() {
    let Some(mut server) = Server::new(POSTGRES).await else { return };
    server.run("CREATE TABLE \"On it\" (n int)").await;
    server
        .run(
            "CREATE TRIGGER \"a ON b\" BEFORE UPDATE ON \"On it\" FOR EACH ROW \
             EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        )
        .await;
    for (from, to) in [("On it", "plain"), ("plain", "b"), ("b", "order")] {
        let mut folded = server.inspect().await;
        let rename = Operation::RenameTable { from: from.into(), to: to.into() };
        for statement in server.compile(&rename).await {
            server.run(&statement.sql).await;
        }
        assert!(server.dialect.fold(&rename, &mut folded));
        assert_eq!(folded, server.inspect().await);
    }
    server.drop().await;
}

#[tokio::test]
async fn an_indexed_expression_has_the_collation_of_its_columns_without_saying_so() {
    let Some(mut server) = Server::new(POSTGRES).await else { return };
    server.run("CREATE TABLE t (s text COLLATE \"C\")").await;
    server.run("CREATE INDEX own ON t (lower(s))").await;
    server.run("CREATE INDEX said ON t (lower(s) COLLATE \"POSIX\")").await;
    let indexes = server.table("t").await.indexes;
    let found: Vec<_> = indexes.iter().map(|index| index.columns[0].collation.as_deref()).collect();
    assert_eq!(found, [None, Some("POSIX")]);
    server.drop().await;
}
