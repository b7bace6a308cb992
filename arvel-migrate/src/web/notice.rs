//! What a developer is told at the start of a program: packages whose migrations nobody has published.
//!
//! It asks no database, and whatever stands in its way is no reason not to start.

use tracing::{debug, info};

use crate::{
    migration::{Catalog, Migration},
    publish::PackageState,
    settings::Settings,
};

/// One line for each package with stubs that no file carries.
pub(super) fn tell_unpublished(settings: &Settings) {
    match unpublished(settings) {
        Ok(packages) => {
            for (package, stubs) in packages {
                info!(
                    package,
                    stubs,
                    "migrations of `{package}` are not published; run `db publish --package {package}`"
                );
            }
        }
        Err(problem) => debug!(problem, "whether packages have unpublished migrations is not known"),
    }
}

/// The packages with the numbers of their unpublished stubs.
fn unpublished(settings: &Settings) -> Result<Vec<(String, usize)>, String> {
    // Of all databases: a stub may be published for any of them.
    let catalog = Catalog::compiled().map_err(|error| error.to_string())?;
    let migrations: Vec<&Migration> = catalog.migrations().iter().map(AsRef::as_ref).collect();
    let packages = settings.packages(&migrations, &[]).map_err(|error| error.to_string())?;
    let open = |package: &PackageState| package.unpublished().count();
    Ok(packages.iter().filter(|of| open(of) > 0).map(|of| (of.package.clone(), open(of))).collect())
}
