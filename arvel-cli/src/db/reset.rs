//! `db reset`: undoes everything.

use arvel_core::Exit;
use arvel_migrate::RollbackRequest;
use clap::Args;

use super::{rollback::undo, session::Session};
use crate::{error::CommandError, guard::Guarded};

/// Undo every migration, the last first
#[derive(Args, Debug)]
#[command(after_help = "Example: db reset --dry-run")]
pub struct Reset {
    /// Show the plan with its SQL, and do nothing
    #[arg(long, visible_alias = "pretend")]
    dry_run: bool,
    /// Consent in production
    #[arg(long)]
    force: bool,
}

impl Reset {
    pub async fn run(&self, session: &Session) -> Result<Exit, CommandError> {
        undo(session, "reset", Guarded::Reset, &RollbackRequest::All, self.dry_run, self.force).await
    }
}
