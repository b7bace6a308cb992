//! `db history`: the revisions, newest first. Only `-i`, and a range that means something only there, ask the database.

use arvel_core::Exit;
use arvel_migrate::{Reading, graph::Range, migration::RevisionId};
use clap::{Args, ValueEnum};

use super::{reading, session::Session, target};
use crate::{
    error::CommandError,
    output::{
        json::{Document, RevisionsBody},
        revisions::{self, Places},
    },
};

/// Show the revisions, newest first; `--graph` draws them
#[derive(Args, Debug)]
#[command(
    after_help = "Example: db history\n         db history -i --graph\n         db history -r base:current\n         db history --format mermaid"
)]
pub struct History {
    /// Only from A to B, both included: `A:B`, `A:`, `:B`
    #[arg(long, short, value_name = "A:B", allow_hyphen_values = true, value_parser = target::text)]
    rev_range: Option<String>,
    /// Ask the database: show the state of each revision, and where it is
    #[arg(long, short)]
    indicate_current: bool,
    /// Draw the graph
    #[arg(long, conflicts_with = "format")]
    graph: bool,
    /// `text`; `dot` for Graphviz; `mermaid` for a page that draws it
    #[arg(long, value_enum, value_name = "FORMAT", hide_possible_values = true)]
    format: Option<Format>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Text,
    Dot,
    Mermaid,
}

impl History {
    pub async fn run(&self, session: &Session) -> Result<Exit, CommandError> {
        let console = &session.console;
        let draws = self.graph || matches!(self.format, Some(Format::Dot | Format::Mermaid));
        if draws && console.is_json() {
            return Err(CommandError::usage("`--json` does not draw")
                .hint("its `parents` and `depends_on` have the edges; leave `--graph` and `--format` out"));
        }
        let range = self.rev_range.as_deref().map(Range::parse).transpose()?;
        let migrator = session.migrator_of_existing()?;
        let history = migrator.history(range.as_ref(), self.indicate_current).await?;
        let places = reading::places(session, &migrator, &history);
        if history.revisions.is_empty() {
            console.progress("no migrations");
        }
        match self.format {
            Some(Format::Dot) => {
                let notes = |revision: &RevisionId| notes(revision, &places);
                console.result(migrator.graph().dot(&history.revisions, &notes));
            }
            Some(Format::Mermaid) => {
                let notes = |revision: &RevisionId| notes(revision, &places);
                console.result(migrator.graph().mermaid(&history.revisions, &notes));
            }
            _ if history.revisions.is_empty() => {}
            _ if self.graph => {
                let verbose = console.is_verbose();
                console.result(revisions::drawing(&history.revisions, &places, verbose));
            }
            _ => list(session, &history, &places),
        }
        reading::note_missing(console, history.status.as_ref());
        console.document(&Document::new("history", RevisionsBody::of(&history.revisions, &places)));
        Ok(Exit::DONE)
    }
}

fn list(session: &Session, history: &Reading, places: &Places<'_>) {
    if session.console.is_verbose() {
        return reading::show(&session.console, &history.revisions, places);
    }
    let lines: Vec<String> = history
        .revisions
        .iter()
        .enumerate()
        .map(|(at, revision)| {
            let place = places.get(revision);
            let line = revisions::line(&place, history.revisions.get(at + 1));
            format!("{}{line}", revisions::state_word(&place))
        })
        .collect();
    session.console.result(lines.join("\n"));
}

/// What stands below a name in a picture.
fn notes(revision: &RevisionId, places: &Places<'_>) -> Vec<String> {
    let place = places.get(revision);
    let state = place.state.map(|state| state.state.to_string());
    let description = place.migration.and_then(|migration| migration.description.clone());
    let marks = revisions::marks(&place).join(", ");
    [Some(marks).filter(|marks| !marks.is_empty()), state, description].into_iter().flatten().collect()
}
