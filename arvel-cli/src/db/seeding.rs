//! `--seed` and `--seeder`: seeders behind a run of migrations.

use arvel_migrate::{Migrator, seed::Seeders};
use clap::Args;

use super::session::Session;
use crate::error::CommandError;

/// Which seeders run afterwards.
#[derive(Args, Debug)]
pub struct Seeding {
    /// Run the seeders afterwards
    #[arg(long)]
    seed: bool,
    /// Run this seeder afterwards, whatever environment it is for
    #[arg(long, value_name = "N")]
    seeder: Option<String>,
}

impl Seeding {
    /// Whether any is wanted.
    pub fn is_wanted(&self) -> bool {
        self.seed || self.seeder.is_some()
    }

    /// Whether it is about one seeder.
    pub fn names_one(&self) -> bool {
        self.seeder.is_some()
    }

    /// A wrong name is an error before anything runs.
    pub fn check(&self, session: &Session) -> Result<(), CommandError> {
        if self.seeder.is_some() {
            let all = Seeders::compiled()?.of_database(&session.settings.name);
            all.select(self.seeder.as_deref(), session.settings.environment)?;
        }
        Ok(())
    }

    /// Runs them; nothing when none is wanted.
    pub async fn run(
        &self,
        session: &Session,
        migrator: &Migrator,
    ) -> Result<Option<Vec<String>>, CommandError> {
        match self.is_wanted() {
            true => Ok(Some(session.seed(migrator, self.seeder.as_deref()).await?)),
            false => Ok(None),
        }
    }
}
