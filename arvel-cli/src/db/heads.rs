//! `db heads`: the ends of the graph. Only `-v` asks the database.

use arvel_core::Exit;
use clap::Args;

use super::{reading, session::Session};
use crate::{
    error::CommandError,
    output::json::{Document, RevisionsBody},
};

/// Show the ends of the graph: the revisions that nothing follows
#[derive(Args, Debug)]
#[command(after_help = "Example: db heads\n         db heads -v")]
pub struct Heads {
    /// Without those that another revision depends on
    #[arg(long)]
    resolve_dependencies: bool,
}

impl Heads {
    pub async fn run(&self, session: &Session) -> Result<Exit, CommandError> {
        let migrator = session.migrator_of_existing()?;
        let mut heads = migrator.heads();
        if self.resolve_dependencies {
            heads.retain(|head| migrator.graph().dependents(head).is_empty());
        }
        let heads = reading::of(session, &migrator, heads).await?;
        let places = reading::places(session, &migrator, &heads);
        if heads.revisions.is_empty() {
            session.console.progress("no migrations: `make migration NAME` writes the first one");
        }
        reading::show(&session.console, &heads.revisions, &places);
        session.console.document(&Document::new("heads", RevisionsBody::of(&heads.revisions, &places)));
        Ok(Exit::DONE)
    }
}
