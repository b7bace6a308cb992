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
    (
        name: $name:literal
        $(, after: [$($after:literal),* $(,)?])?
        $(, environments: [$($environment:ident),* $(,)?])?
        , $run:ident $(,)?
    ) => {
        $crate::inventory::submit! {
            $crate::seed::SeederRegistration {
                name: $name,
                after: &[$($($after),*)?],
                environments: &[$($(stringify!($environment)),*)?],
                run: |db| ::std::boxed::Box::pin($run(db)),
            }
        }
    };
}
