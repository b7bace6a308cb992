//! `db status`: every revision with its state. It never writes.

use arvel_core::Exit;
use clap::Args;

use super::session::Session;
use crate::{
    error::CommandError,
    output::{
        human,
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
        let body = StatusBody::of(&status, migrator.graph(), &session.settings.root, only_pending);
        session.console.document(&Document::new("status", body));
        match self.pending {
            Some(code) if status.comparison.pending().next().is_some() => Ok(Exit(code)),
            _ => Ok(Exit::DONE),
        }
    }
}
