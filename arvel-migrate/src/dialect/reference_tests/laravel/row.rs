//! A row: their names, and the code that stands for them here.

use crate::dsl::Schema;

/// A heading and its rows; `from` is the framework, `class` the class of the methods.
pub(in super::super) struct Section {
    pub heading: &'static str,
    pub from: &'static str,
    pub class: &'static str,
    pub rows: &'static [Row],
}

pub(in super::super) struct Row {
    /// Their names, with spaces between.
    pub theirs: &'static str,
    /// What is written here; empty when there is nothing.
    pub code: &'static str,
    /// What is different, or why there is nothing.
    pub note: &'static str,
    /// The code itself, where it records something.
    pub body: Option<fn(&mut Schema)>,
}

impl Row {
    pub fn names(&self) -> String {
        let names: Vec<String> = self.theirs.split_whitespace().map(|name| format!("`{name}`")).collect();
        names.join(", ")
    }

    pub fn written(&self) -> String {
        match self.code.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|") {
            code if code.is_empty() => String::new(),
            code => format!("`{code}`"),
        }
    }
}

/// Takes what is asked of a database: nobody is there to answer.
pub(super) fn compiles<T>(_: T) {}

/// A change of a table: `table!("dropColumn", drop_column("c"))`.
macro_rules! table {
    ($theirs:literal, $note:literal, $($code:tt)+) => {
        crate::dialect::reference_tests::laravel::row::Row {
            theirs: $theirs,
            code: stringify!($($code)+),
            note: $note,
            body: Some(|schema| schema.table("t", |table| {
                let _ = table.$($code)+;
            })),
        }
    };
}

/// A part of a new table.
macro_rules! new_table {
    ($theirs:literal, $note:literal, $($code:tt)+) => {
        crate::dialect::reference_tests::laravel::row::Row {
            theirs: $theirs,
            code: stringify!($($code)+),
            note: $note,
            body: Some(|schema| schema.create("t", |table| {
                table.uuid("key");
                let _ = table.$($code)+;
            })),
        }
    };
}

/// An operation: `of_schema!("drop", "", drop("t"))`.
macro_rules! of_schema {
    ($theirs:literal, $note:literal, $($code:tt)+) => {
        crate::dialect::reference_tests::laravel::row::Row {
            theirs: $theirs,
            code: concat!("schema.", stringify!($($code)+)),
            note: $note,
            body: Some(|schema| {
                let _ = schema.$($code)+;
            }),
        }
    };
}

/// A question to a database: `of_db!("hasTable", "", has_table("t"))`.
macro_rules! of_db {
    ($theirs:literal, $note:literal, $($code:tt)+) => {{
        const _: fn(&mut crate::db::Db) = |db| crate::dialect::reference_tests::laravel::row::compiles(db.$($code)+);
        crate::dialect::reference_tests::laravel::row::Row {
            theirs: $theirs,
            code: concat!("db.", stringify!($($code)+)),
            note: $note,
            body: None,
        }
    }};
}

/// What is asked of a migrator.
macro_rules! of_migrator {
    ($theirs:literal, $note:literal, $($code:tt)+) => {{
        const _: fn(&crate::Migrator) = |migrator| crate::dialect::reference_tests::laravel::row::compiles(migrator.$($code)+);
        crate::dialect::reference_tests::laravel::row::Row {
            theirs: $theirs,
            code: concat!("migrator.", stringify!($($code)+)),
            note: $note,
            body: None,
        }
    }};
}

/// What there is no method for, and what to do instead.
macro_rules! none {
    ($theirs:literal, $why:literal) => {
        crate::dialect::reference_tests::laravel::row::Row {
            theirs: $theirs,
            code: "",
            note: $why,
            body: None,
        }
    };
}
