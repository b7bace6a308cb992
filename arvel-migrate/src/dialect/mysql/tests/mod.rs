//! MariaDB's and MySQL's SQL as text, and what only these servers do. MySQL is rendered, not run: no such server is at
//! hand.

mod changing;
mod columns;
mod goldens;
mod indexes;
mod objects;
mod refusals;
mod tables;

use crate::{
    dialect::{CompileError, Dialect},
    dsl::Schema,
    schema::DatabaseSchema,
};

use super::{MySql, driver};

/// The statements of a body for a version, each with its semicolon.
fn sql(version: &str, body: fn(&mut Schema)) -> String {
    let dialect = MySql::new(driver::capability(version));
    let mut schema = DatabaseSchema::default();
    let mut out = String::new();
    let recorded = Schema::record(body);
    assert_eq!(recorded.errors, []);
    for operation in recorded.operations {
        for statement in dialect.compile(&operation, &schema).unwrap() {
            out.push_str(&statement.sql);
            out.push_str(";\n");
        }
        assert!(dialect.fold(&operation, &mut schema));
    }
    out
}

/// The refusal of the last operation of a body for a version.
fn refusal(version: &str, body: fn(&mut Schema)) -> CompileError {
    let dialect = MySql::new(driver::capability(version));
    let mut schema = DatabaseSchema::default();
    let mut operations = Schema::record(body).operations;
    let last = operations.pop().unwrap();
    for operation in operations {
        assert!(dialect.fold(&operation, &mut schema));
    }
    dialect.compile(&last, &schema).unwrap_err()
}
