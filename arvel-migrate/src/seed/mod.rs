//! Seeders: named, ordered, repeatable code that fills a database. No history is kept of them.

mod collect;
mod run;

pub use collect::{SeedError, Seeders};

use crate::{db::Db, dialect::BoxFuture, migration::DEFAULT_DATABASE, operation::DataResult};

/// One compiled-in seeder. Written by [`seeder!`](crate::seeder).
#[derive(Clone, Copy)]
pub struct SeederRegistration {
    /// Its name.
    pub name: &'static str,
    /// The seeders that must have run before it.
    pub after: &'static [&'static str],
    /// The database that it fills; `None` is the default one.
    pub database: Option<&'static str>,
    /// The environments that it is for; empty is all but production.
    pub environments: &'static [&'static str],
    /// The code.
    pub run: for<'a> fn(&'a mut Db) -> BoxFuture<'a, DataResult>,
}

impl SeederRegistration {
    /// The name of the database that it fills.
    #[must_use]
    pub fn database_name(&self) -> &'static str {
        self.database.unwrap_or(DEFAULT_DATABASE)
    }
}

inventory::collect!(SeederRegistration);

/// Declares a seeder: `seeder! { name: "users", after: ["roles"], environments: [development, testing], run }`.
///
/// `run` is an `async fn(&mut Db) -> DataResult` of the file. Without `environments` it is for every environment but
/// production; `environments: [production]` names it on purpose. `database: "reporting"` behind the name makes it one of
/// another database than the default one.
#[macro_export]
macro_rules! seeder {
    (name: $name:literal, database: $database:literal, $($rest:tt)*) => {
        $crate::__seeder_of!($name, ::core::option::Option::Some($database), $($rest)*);
    };
    (name: $name:literal, $($rest:tt)*) => {
        $crate::__seeder_of!($name, ::core::option::Option::None, $($rest)*);
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __seeder_of {
    // Four arms: with optional groups, `$run` could not be told from the word `after`.
    ($name:literal, $database:expr, after: $after:tt, environments: $environments:tt, $run:ident $(,)?) => {
        $crate::__seeder!($name, $database, $after, $environments, $run);
    };
    ($name:literal, $database:expr, after: $after:tt, $run:ident $(,)?) => {
        $crate::__seeder!($name, $database, $after, [], $run);
    };
    ($name:literal, $database:expr, environments: $environments:tt, $run:ident $(,)?) => {
        $crate::__seeder!($name, $database, [], $environments, $run);
    };
    ($name:literal, $database:expr, $run:ident $(,)?) => {
        $crate::__seeder!($name, $database, [], [], $run);
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __seeder {
    ($name:literal, $database:expr, [$($after:literal),* $(,)?], [$($environment:ident),* $(,)?], $run:ident) => {
        $crate::inventory::submit! {
            $crate::seed::SeederRegistration {
                name: $name,
                after: &[$($after),*],
                database: $database,
                environments: &[$(stringify!($environment)),*],
                run: |db| ::std::boxed::Box::pin($run(db)),
            }
        }
    };
}
