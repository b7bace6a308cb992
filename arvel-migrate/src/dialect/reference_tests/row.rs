//! A row of the reference: code, its text, and the feature that it is about.

use crate::{
    dsl::{Blueprint, Schema},
    operation::{Feature, Operation},
};

/// A heading, a sentence below it, and its rows.
pub(super) struct Section {
    pub heading: &'static str,
    pub sentence: &'static str,
    pub rows: &'static [Row],
}

/// What is written, and the same as code. Of what it records the last operation is shown; those before make what it
/// needs.
pub(super) struct Row {
    /// What the row proves to have a place; `None` for one more way of writing something.
    pub feature: Option<Feature>,
    /// The text of the code, as the compiler gives it.
    pub code: &'static str,
    pub body: fn(&mut Schema),
    /// The table of the same columns without what is shown: its clauses are left out of the cell.
    pub without: Option<fn(&mut Schema)>,
}

impl Row {
    /// The code as a person would write it.
    pub fn written(&self) -> String {
        let words: Vec<&str> = self.code.split_whitespace().collect();
        words.join(" ").replace('|', "\\|")
    }

    /// What comes before, and what is shown.
    pub fn recorded(&self) -> (Vec<Operation>, Operation) {
        let recorded = Schema::record(self.body);
        assert_eq!(recorded.errors, [], "`{}`", self.written());
        let mut operations = recorded.operations;
        let shown = operations.pop().unwrap();
        (operations, shown)
    }
}

/// The columns of tables that are indexed and changed in the rows.
pub(super) fn columns(table: &mut Blueprint) {
    table.integer("a");
    table.integer("b");
    table.string("c");
}

/// The same with indexes and a check.
pub(super) fn indexed(table: &mut Blueprint) {
    columns(table);
    table.index("a");
    table.unique("b");
    table.check("positive", "a > 0");
}

macro_rules! feature {
    (-) => {
        None
    };
    ($feature:ident) => {
        Some(crate::operation::Feature::$feature)
    };
}

/// A type: `kind!(Uuid, uuid("c"))`. The column is nullable.
macro_rules! kind {
    ($feature:tt, $($code:tt)+) => {
        crate::dialect::reference_tests::row::Row {
            feature: feature!($feature),
            code: stringify!($($code)+),
            body: |schema| schema.create("t", |table| {
                table.$($code)+.nullable();
            }),
            without: None,
        }
    };
}

/// A column in full, or several: `column!(Unsigned, integer("c").unsigned())`.
macro_rules! column {
    ($feature:tt, $($code:tt)+) => {
        crate::dialect::reference_tests::row::Row {
            feature: feature!($feature),
            code: stringify!($($code)+),
            body: |schema| schema.create("t", |table| {
                let _ = table.$($code)+;
            }),
            without: None,
        }
    };
}

/// What is added to a new table that has more: `new!(Check, columns, check("positive", "a > 0"))`.
macro_rules! new {
    ($feature:tt, $has:expr, $($code:tt)+) => {
        crate::dialect::reference_tests::row::Row {
            feature: feature!($feature),
            code: stringify!($($code)+),
            body: |schema| schema.create("t", |table| {
                let has: fn(&mut crate::dsl::Blueprint) = $has;
                has(table);
                let _ = table.$($code)+;
            }),
            without: Some(|schema| schema.create("t", $has)),
        }
    };
}

/// The same of a table with the columns `a`, `b` and `c`.
macro_rules! part {
    ($feature:tt, $($code:tt)+) => {
        new!($feature, crate::dialect::reference_tests::row::columns, $($code)+)
    };
}

/// A change of a table: `of!(Spatial, |table| { table.geometry("d"); }, spatial_index("d"))`.
macro_rules! of {
    ($feature:tt, $had:expr, $($code:tt)+) => {
        crate::dialect::reference_tests::row::Row {
            feature: feature!($feature),
            code: stringify!($($code)+),
            body: |schema| {
                schema.create("t", $had);
                schema.table("t", |table| {
                    let _ = table.$($code)+;
                });
            },
            without: None,
        }
    };
}

/// The same of a table with the columns `a`, `b` and `c`, two indexes and a check.
macro_rules! change {
    ($feature:tt, $($code:tt)+) => {
        of!($feature, crate::dialect::reference_tests::row::indexed, $($code)+)
    };
}

/// A whole operation behind what it needs: `object!(View, [|schema| …], create_view("v", "SELECT 1"))`.
macro_rules! object {
    ($feature:tt, $before:expr, $($code:tt)+) => {
        crate::dialect::reference_tests::row::Row {
            feature: feature!($feature),
            code: stringify!($($code)+),
            body: |schema| {
                let before: fn(&mut crate::dsl::Schema) = $before;
                before(schema);
                let _ = schema.$($code)+;
            },
            without: None,
        }
    };
}
