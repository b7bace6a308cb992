//! Runs seeders, one transaction each; the first failure stops.

use arvel_core::Environment;

use super::{SeedError, Seeders};
use crate::{
    Error, Migrator,
    dialect::{DriverError, ErrorKind},
    exec::RunError,
};

impl Migrator {
    /// Runs the seeder of this name, or all that are for the environment; answers with the names. Seeders of other
    /// databases are left out.
    ///
    /// # Errors
    /// [`SeedError`] for an unknown name, or for the first that fails.
    pub async fn seed(
        &self,
        seeders: &Seeders,
        class: Option<&str>,
        environment: Environment,
    ) -> Result<Vec<String>, Error> {
        let chosen = seeders.clone().of_database(self.name()).select(class, environment)?;
        if chosen.is_empty() {
            return Ok(Vec::new());
        }
        let mut db = self.connect().await?;
        let begin = db.dialect().capability().begin;
        let mut done = Vec::with_capacity(chosen.len());
        for seeder in chosen {
            let failed = |error: DriverError, done: &[String]| SeedError::Failed {
                name: seeder.name.to_owned(),
                error,
                done: done.to_vec(),
            };
            db.execute(begin, &[]).await.map_err(RunError::database("beginning the transaction"))?;
            if let Err(error) = (seeder.run)(&mut db).await {
                let _ = db.execute("ROLLBACK", &[]).await;
                let error = match error.downcast::<DriverError>() {
                    Ok(error) => *error,
                    Err(error) => DriverError::new(ErrorKind::Statement, error.to_string()),
                };
                return Err(failed(error, &done).into());
            }
            if let Err(error) = db.execute("COMMIT", &[]).await {
                let _ = db.execute("ROLLBACK", &[]).await;
                return Err(failed(error, &done).into());
            }
            done.push(seeder.name.to_owned());
        }
        let _ = db.into_connection().close().await;
        Ok(done)
    }
}
