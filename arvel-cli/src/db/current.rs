//! `db current`: where the database is. It never writes.

use arvel_core::Exit;
use arvel_migrate::{Reading, Status};
use clap::Args;

use super::{reading, session::Session};
use crate::{
    error::{CommandError, about},
    output::{
        human::{self, count},
        json::{CurrentBody, Document},
    },
};

/// Show where the database is: the heads of what is applied
#[derive(Args, Debug)]
#[command(after_help = "Example: db current\n         db current --check-heads")]
pub struct Current {
    /// End with exit code 8 unless everything is applied
    #[arg(long, short)]
    check_heads: bool,
}

impl Current {
    pub async fn run(&self, session: &Session) -> Result<Exit, CommandError> {
        let migrator = session.migrator_of_existing()?;
        let status = migrator.status().await?;
        let reading =
            Reading { revisions: status.comparison.current().to_vec(), status: Some(status.clone()) };
        let places = reading::places(session, &migrator, &reading);
        let console = &session.console;
        if reading.revisions.is_empty() {
            console.progress("nothing is applied");
        }
        reading::show(console, &reading.revisions, &places);
        if console.is_verbose() {
            human::database(console, &status.database);
        }
        reading::note_missing(console, Some(&status));
        let at_head = status.comparison.is_up_to_date();
        if self.check_heads && !at_head {
            console.note(about(&not_at_head(&status), &session.settings.name));
        }
        console.document(&Document::new("current", CurrentBody::of(&status, &places)));
        Ok(if self.check_heads && !at_head { Exit::DIFFERENCES } else { Exit::DONE })
    }
}

/// `not at head: 2 revisions are open: pending `3_c`, late `2_b``, and what to do.
fn not_at_head(status: &Status) -> String {
    const MOST: usize = 10;
    let open: Vec<String> =
        status.comparison.open().map(|state| format!("{} `{}`", state.state, state.revision)).collect();
    let mut shown = open.iter().take(MOST).cloned().collect::<Vec<_>>().join(", ");
    if open.len() > MOST {
        shown.push_str(&format!(", and {} more", open.len() - MOST));
    }
    format!("not at head: {} not applied: {shown}\n  hint: run `db migrate`", count(open.len(), "revision"))
}
