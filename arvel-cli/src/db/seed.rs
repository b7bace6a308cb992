//! `db seed`: runs seeders.

use arvel_core::Exit;
use clap::Args;

use super::session::Session;
use crate::{
    error::CommandError,
    guard::Guarded,
    output::{
        human::count,
        json::{Document, SeedBody},
    },
};

/// Run the seeders of this environment, or one of them
#[derive(Args, Debug)]
#[command(after_help = "Example: db seed --class demo_posts")]
pub struct Seed {
    /// Only this seeder, whatever environment it is for
    #[arg(long, value_name = "N")]
    class: Option<String>,
    /// Show which would run, and do nothing
    #[arg(long, visible_alias = "pretend")]
    dry_run: bool,
    /// Consent in production
    #[arg(long)]
    force: bool,
}

impl Seed {
    /// Whether it is about one seeder.
    pub fn names_one(&self) -> bool {
        self.class.is_some()
    }

    pub async fn run(&self, session: &Session) -> Result<Exit, CommandError> {
        // A wrong name is an error before anybody is asked anything.
        let all = session.seeders()?.of_database(&session.settings.name);
        let chosen = all.select(self.class.as_deref(), session.settings.environment)?;
        let names: Vec<String> = chosen.iter().map(|seeder| seeder.name.to_owned()).collect();
        if self.dry_run {
            names.iter().for_each(|name| session.console.result(name));
            session.console.progress(format_args!(
                "dry run: would run {}; nothing was done",
                count(names.len(), "seeder")
            ));
            let body = SeedBody { seeders: names, dry_run: true };
            session.console.document(&Document::new("seed", body));
            return Ok(Exit::DONE);
        }
        let migrator = session.migrator()?;
        let status = session.status(&migrator).await?;
        let losses = ["the rows that seeders replace".to_owned()];
        session.guard(Guarded::Seed, self.force, status.as_ref(), &losses)?;
        let seeders = session.seed(&migrator, self.class.as_deref()).await?;
        session.console.result(match seeders.len() {
            0 => format!("nothing to seed: no seeder is for `{}`", session.settings.environment),
            many => format!("ran {}", count(many, "seeder")),
        });
        session.console.document(&Document::new("seed", SeedBody { seeders, dry_run: false }));
        Ok(Exit::DONE)
    }
}
