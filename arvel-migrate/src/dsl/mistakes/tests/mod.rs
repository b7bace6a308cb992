//! Each mistake beside what is said about it, and beside what is none.

/// What adds this to a new table with a key.
macro_rules! new {
    ($t:ident => $added:expr) => {
        |schema| {
            super::table(schema, |$t| {
                let _ = $added;
            })
        }
    };
}

/// What makes a table of this alone.
macro_rules! created {
    ($t:ident => $added:expr) => {
        |schema| {
            schema.create("t", |$t| {
                let _ = $added;
            })
        }
    };
}

/// What changes a table by this.
macro_rules! changed {
    ($t:ident => $changed:expr) => {
        |schema| {
            schema.table("t", |$t| {
                let _ = $changed;
            })
        }
    };
}

mod columns;
mod keys;

use crate::dsl::{Blueprint, Schema};

/// A body, and what is wrong with it.
type Case = (fn(&mut Schema), &'static [&'static str]);

fn mistakes(body: fn(&mut Schema)) -> Vec<String> {
    Schema::record(body).errors.iter().map(ToString::to_string).collect()
}

fn hold(cases: &[Case]) {
    for (body, said) in cases {
        assert_eq!(&mistakes(*body), said);
    }
}

/// A new table `t` with a key and what is added here.
fn table(schema: &mut Schema, build: impl FnOnce(&mut Blueprint)) {
    schema.create("t", |table| {
        table.id();
        build(table);
    });
}
