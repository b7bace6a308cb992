//! PostgreSQL's SQL as text, and what only this server does.

mod constraints;
mod drawn;
mod goldens;
mod indexes;
mod keeping;
mod modifiers;
mod online;
mod options;
mod types;

use crate::{dialect::Dialect, dsl::Schema, schema::DatabaseSchema};

use super::{Postgres, driver};

fn sql(body: Body) -> String {
    sql_on("", body)
}

/// What a migration records.
type Body = fn(&mut Schema);

/// The statements for a version of the server.
fn sql_on(version: &str, body: Body) -> String {
    let dialect = Postgres::new(driver::capability(version));
    let mut schema = DatabaseSchema::default();
    let mut out = String::new();
    for operation in Schema::record(body).operations {
        for statement in dialect.compile(&operation, &schema).unwrap() {
            out.push_str(&statement.sql);
            out.push_str(";\n");
        }
        dialect.fold(&operation, &mut schema);
    }
    out
}

/// The reason and the alternative of a refusal, on a version of the server.
fn refused(version: &str, body: Body) -> String {
    let dialect = Postgres::new(driver::capability(version));
    let mut schema = DatabaseSchema::default();
    for operation in Schema::record(body).operations {
        match dialect.compile(&operation, &schema) {
            Ok(_) => dialect.fold(&operation, &mut schema),
            Err(error) => return format!("{error}; {}", error.hint().unwrap_or_default()),
        };
    }
    panic!("nothing was refused")
}
