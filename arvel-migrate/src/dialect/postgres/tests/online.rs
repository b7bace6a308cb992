//! What `online()` refuses on PostgreSQL, and that a new table needs no such way.

use super::{sql, sql_on};
use crate::{
    dialect::{Dialect, Statement},
    dsl::Schema,
    operation::TableName,
    schema::{Column, DatabaseSchema, Table},
};

/// The refusal of a change of a table with partitions, on a version of the server; `None` when there is none.
fn of_partitioned(version: &str, body: fn(&mut Schema)) -> Option<String> {
    let dialect = super::Postgres::new(super::driver::capability(version));
    let column = |name: &str| Column { name: name.into(), type_name: "bigint".into(), ..Column::default() };
    let table = Table {
        columns: vec![column("id"), column("user_id")],
        partition_by: Some("RANGE (id)".to_owned()),
        ..Table::default()
    };
    let schema =
        DatabaseSchema { tables: [(TableName::from("events"), table)].into(), ..DatabaseSchema::default() };
    let operation = Schema::record(body).operations.remove(0);
    dialect.compile(&operation, &schema).err().map(|error| error.to_string())
}

#[test]
fn a_table_with_partitions_has_no_such_index_and_before_18_no_such_key() {
    let index: fn(&mut Schema) = |s| {
        s.table("events", |t| {
            t.index("user_id").online();
        });
    };
    let key: fn(&mut Schema) = |s| {
        s.table("events", |t| {
            t.foreign("user_id").references("id").on("users").online();
        });
    };
    let check: fn(&mut Schema) = |s| {
        s.table("events", |t| {
            t.check("positive", "id > 0").online();
        });
    };
    for version in ["150000", "180000"] {
        assert!(of_partitioned(version, index).is_some_and(|text| text.contains("with partitions")));
        assert_eq!(of_partitioned(version, check), None);
    }
    assert!(of_partitioned("150000", key).is_some_and(|text| text.contains("with partitions")));
    assert_eq!(of_partitioned("180000", key), None);
}

#[test]
fn in_a_create_online_says_nothing() {
    let said: fn(&mut Schema) = |s| {
        s.create("t", |t| {
            t.integer("a").online();
            t.index("a").online();
            t.unique("a").online();
            t.check("positive", "a > 0").online();
            t.foreign("a").references("id").on("users").online();
        });
    };
    let silent: fn(&mut Schema) = |s| {
        s.create("t", |t| {
            t.integer("a");
            t.index("a");
            t.unique("a");
            t.check("positive", "a > 0");
            t.foreign("a").references("id").on("users");
        });
    };
    assert_eq!(sql(said), sql(silent));
}

#[test]
fn a_unique_key_that_can_wait_adopts_its_index() {
    let up: fn(&mut Schema) = |s| {
        s.create("app.t", |t| {
            t.integer("a");
            t.integer("b");
        });
        s.table("app.t", |t| {
            t.unique("a").include("b").initially_deferred().named("one").comment("one each").online();
        });
    };
    let text = sql_on("", up);
    let (_, behind) = text.split_once(");\n").unwrap();
    assert_eq!(
        behind,
        "CREATE UNIQUE INDEX CONCURRENTLY \"one\" ON \"app\".\"t\" (\"a\") INCLUDE (\"b\");\n\
         ALTER TABLE \"app\".\"t\" ADD CONSTRAINT \"one\" UNIQUE USING INDEX \"one\" DEFERRABLE INITIALLY DEFERRED;\n\
         COMMENT ON INDEX \"app\".\"one\" IS 'one each';\n"
    );
}

#[test]
fn what_is_kept_in_the_journal_reads_back_as_it_was() {
    let dialect = super::Postgres::new(super::driver::capability(""));
    let operations = Schema::record(|s| {
        s.create("t", |t| {
            t.integer("a");
        });
        s.table("t", |t| {
            t.unique("a").where_("a > 0").online();
            t.check("positive", "a > 0").online();
        });
    })
    .operations;
    let mut schema = DatabaseSchema::default();
    dialect.fold(&operations[0], &mut schema);
    let statements = dialect.compile(&operations[1], &schema).unwrap();
    let text = serde_json::to_string(&statements).unwrap();
    assert_eq!(serde_json::from_str::<Vec<Statement>>(&text).unwrap(), statements);
    assert!(statements[0].remnant.is_some() && statements[0].waits);
}
