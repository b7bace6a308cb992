//! `db branches`: where the graph forks. Only `-v` asks the database.

use arvel_core::Exit;
use clap::Args;

use super::{reading, session::Session};
use crate::{
    error::CommandError,
    output::{
        json::{Document, RevisionsBody},
        revisions,
    },
};

/// Show where the graph forks: each branch point with the revisions that follow it
#[derive(Args, Debug)]
#[command(after_help = "Example: db branches\n         db branches -v")]
pub struct Branches {}

impl Branches {
    pub async fn run(&self, session: &Session) -> Result<Exit, CommandError> {
        let migrator = session.migrator_of_existing()?;
        let points = reading::of(session, &migrator, migrator.branch_points()).await?;
        let places = reading::places(session, &migrator, &points);
        let console = &session.console;
        if points.revisions.is_empty() {
            console.progress("no branch points: the graph does not fork");
        }
        for revision in &points.revisions {
            let place = places.get(revision);
            reading::show(console, std::slice::from_ref(revision), &places);
            for child in place.children {
                // The parent stands above: only what else a merge follows is news.
                console.result(format_args!("  -> {}", revisions::line(&places.get(child), Some(revision))));
            }
        }
        console.document(&Document::new("branches", RevisionsBody::of(&points.revisions, &places)));
        Ok(Exit::DONE)
    }
}
