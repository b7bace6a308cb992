//! For the tests of packages: one call that proves a package's stubs on every database.
//!
//! A package is judged with the packages that it needs, and with no other: what else a test links is nobody's fault
//! here. The stubs are published into a temporary project with the writer that applications have; what then lies
//! there is read again, and that set is what runs. So the text that an application gets and the code that the test
//! compiles can not part unseen.

mod bundle;
mod engine;
mod error;
mod published;
mod report;
mod text;

pub use error::{PackageError, PackageProblem, PackageStep};
pub use report::PackageReport;

use self::bundle::Package;
use super::Engine;
use crate::migration::Catalog;

/// Proves the stubs that a package bundles. To be called by a test of the package, which names the package's library
/// once, so that it is linked:
///
/// ```no_run
/// # mod acme_billing {}
/// use acme_billing as _;
/// use arvel_migrate::testing::{PackageError, check_package};
///
/// # #[cfg(any())]
/// #[tokio::test]
/// # async fn unused() {}
/// async fn the_stubs_hold_on_every_database() -> Result<(), PackageError> {
///     let report = check_package(env!("CARGO_PKG_NAME")).await?;
///     assert_eq!(report.tables, ["invoices"]);
///     Ok(())
/// }
/// ```
///
/// In this order, of the package and of the packages that it needs:
///
/// 1. The bundle is in order: names, `after`, no circle, known dependencies. Each Rust stub is compiled in, says the same
///    each time it is asked, names nothing that an application does not have, and makes no table that another one makes.
/// 2. Published into a temporary project, each file carries its origin and its dependencies, reads as the stub that it came
///    from, and has its checksum; `mod.rs` lists it. Published again, in every mode, there is nothing to do.
/// 3. On SQLite, and on PostgreSQL and MariaDB where they can be reached (`ARVEL_TEST_REQUIRE` makes their absence a
///    failure): the files apply one by one; each of the package's own, undone, leaves what was there before it, and
///    applied again what it left; rolled back to nothing, nothing is left; all in one run make the same.
///
/// # Errors
/// [`PackageError`] for the first thing that does not hold, with the stub, the engine, the step, and what to do.
pub async fn check_package(name: &str) -> Result<PackageReport, PackageError> {
    check(Package::linked(name)?).await
}

async fn check(package: Package) -> Result<PackageReport, PackageError> {
    package.check_stubs()?;
    let published = published::publish(&package)?;
    let mut report = PackageReport::of(&package);
    for engine in Engine::ALL {
        match engine::run(&package, &published, engine).await? {
            Some(tables) => {
                report.engines.push(engine.family);
                report.tables.extend(tables);
            }
            None => report.skipped.push(engine.family),
        }
    }
    report.tables.sort();
    report.tables.dedup();
    Ok(report)
}

/// The stubs of a package and of the packages that it needs, as an application would have published them: for tests of
/// what the tables hold.
///
/// # Errors
/// [`PackageError`] when the package is not linked, or its bundle can not be published.
pub fn package_migrations(name: &str) -> Result<Catalog, PackageError> {
    published::publish(&Package::linked(name)?)
}

#[cfg(test)]
mod tests;
