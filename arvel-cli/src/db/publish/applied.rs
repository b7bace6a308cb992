//! What databases remember of published files.

use arvel_migrate::publish::AppliedOrigins;

use crate::db::session::Session;

/// What is applied in the database, as origins; unknown when it does not answer.
pub async fn origins(session: &Session) -> AppliedOrigins {
    let Ok(migrator) = session.migrator_of_existing() else { return AppliedOrigins::Unknown };
    let Ok(status) = migrator.status().await else { return AppliedOrigins::Unknown };
    let origins = status.comparison.by_seq().filter_map(|state| {
        let of_file = state.migration.as_ref().and_then(|migration| migration.origin.clone());
        of_file.or_else(|| state.row.as_ref()?.origin.as_deref()?.parse().ok())
    });
    AppliedOrigins::Known(origins.collect())
}
