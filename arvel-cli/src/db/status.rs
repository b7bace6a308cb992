//! `db status`: every revision with its state. It never writes.

use arvel_core::Exit;
use arvel_migrate::{Migrator, history::Remembered, migration::Migration, publish::PackageState};
use clap::Args;

use super::session::Session;
use crate::{
    error::CommandError,
    output::{
        self, human,
        json::{Document, StatusBody},
    },
};

/// Show every migration with its state
#[derive(Args, Debug)]
#[command(after_help = "Example: db status\n         db status --pending=1 --json")]
pub struct Status {
    /// Only what is pending; ends with CODE when there is something [default code: 8]
    #[arg(long, value_name = "CODE", num_args = 0..=1, require_equals = true, default_missing_value = "8")]
    pending: Option<u8>,
}

impl Status {
    pub async fn run(&self, session: &Session) -> Result<Exit, CommandError> {
        let migrator = session.migrator_of_existing()?;
        let status = migrator.status().await?;
        let only_pending = self.pending.is_some();
        human::status(&session.console, &status, only_pending);
        let about_all = !only_pending && session.options.path.is_empty();
        let packages = if about_all { packages(session, &migrator, &status) } else { None };
        output::packages::show(&session.console, packages.as_deref().unwrap_or_default());
        let (graph, root) = (migrator.graph(), &session.settings.root);
        let body = StatusBody::of(&status, graph, root, only_pending, packages.as_deref());
        session.console.document(&Document::new("status", body));
        match self.pending {
            Some(code) if status.comparison.pending().next().is_some() => Ok(Exit(code)),
            _ => Ok(Exit::DONE),
        }
    }
}

/// How packages stand, by what this database remembers. That nobody can tell is no reason to fail.
fn packages(
    session: &Session,
    migrator: &Migrator,
    status: &arvel_migrate::Status,
) -> Option<Vec<PackageState>> {
    let migrations: Vec<&Migration> =
        migrator.graph().iter().chain(migrator.skipped()).map(AsRef::as_ref).collect();
    let answer = Remembered::of_comparison(&status.comparison);
    match session.settings.packages(&migrations, &[answer]) {
        Ok(mut packages) => {
            // A folder of its own has what was published there; the rest is the default one's.
            let is_here = |package: &PackageState| package.published() > 0 || package.is_in_place();
            packages.retain(|package| session.settings.is_default() || is_here(package));
            Some(packages)
        }
        Err(error) => {
            session.console.progress(format_args!("note: how packages stand is not known: {error}"));
            None
        }
    }
}
