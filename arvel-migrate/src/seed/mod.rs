//! Seeders: named, ordered, repeatable code that fills a database. No history is kept of them.

mod collect;
mod run;

pub use collect::{SeedError, Seeders};

use crate::{db::Db, dialect::BoxFuture, operation::DataResult};

/// One compiled-in seeder. Written by [`seeder!`](crate::seeder).
#[derive(Clone, Copy)]
pub struct SeederRegistration {
    /// Its name.
    pub name: &'static str,
    /// The seeders that must have run before it.
    pub after: &'static [&'static str],
    /// The environments that it is for; empty is all but production.
    pub environments: &'static [&'static str],
    /// The code.
    pub run: for<'a> fn(&'a mut Db) -> BoxFuture<'a, DataResult>,
}

inventory::collect!(SeederRegistration);

/// Declares a seeder: `seeder! { name: "users", after: ["roles"], environments: [development, testing], run }`.
///
/// `run` is an `async fn(&mut Db) -> DataResult` of the file. Without `environments` it is for every environment but
/// production; `environments: [production]` names it on purpose.
#[macro_export]
macro_rules! seeder {
    // Four arms: with optional groups, `$run` could not be told from the word `after`.
    (name: $name:literal, after: $after:tt, environments: $environments:tt, $run:ident $(,)?) => {
        $crate::__seeder!($name, $after, $environments, $run);
    };
    (name: $name:literal, after: $after:tt, $run:ident $(,)?) => {
        $crate::__seeder!($name, $after, [], $run);
    };
    (name: $name:literal, environments: $environments:tt, $run:ident $(,)?) => {
        $crate::__seeder!($name, [], $environments, $run);
    };
    (name: $name:literal, $run:ident $(,)?) => {
        $crate::__seeder!($name, [], [], $run);
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __seeder {
    ($name:literal, [$($after:literal),* $(,)?], [$($environment:ident),* $(,)?], $run:ident) => {
        $crate::inventory::submit! {
            $crate::seed::SeederRegistration {
                name: $name,
                after: &[$($after),*],
                environments: &[$(stringify!($environment)),*],
                run: |db| ::std::boxed::Box::pin($run(db)),
            }
        }
    };
}
