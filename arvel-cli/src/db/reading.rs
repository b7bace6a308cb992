//! What the commands that read the graph share: they ask the database only when they have to, and never write.

use arvel_migrate::{Migrator, Reading, Status, migration::RevisionId};

use super::session::Session;
use crate::{
    error::CommandError,
    output::{
        Console,
        revisions::{self, Places},
    },
};

/// Revisions of the graph; with `-v` also what the database says of them.
pub async fn of(
    session: &Session,
    migrator: &Migrator,
    revisions: Vec<RevisionId>,
) -> Result<Reading, CommandError> {
    let status = if session.console.is_verbose() { Some(migrator.status().await?) } else { None };
    Ok(Reading { revisions, status })
}

/// The graph with what a reading knows of it.
pub fn places<'a>(session: &'a Session, migrator: &'a Migrator, reading: &'a Reading) -> Places<'a> {
    Places { graph: migrator.graph(), status: reading.status.as_ref(), root: &session.settings.root }
}

/// A line for each, or with `-v` a block.
pub fn show(console: &Console, revisions: &[RevisionId], places: &Places<'_>) {
    for (at, revision) in revisions.iter().enumerate() {
        let place = places.get(revision);
        if console.is_verbose() {
            if at > 0 {
                console.result("");
            }
            revisions::block(&place, places).iter().for_each(|line| console.result(line));
        } else {
            console.result(revisions::title(&place));
        }
    }
}

/// Says which applied revisions no file has.
pub fn note_missing(console: &Console, status: Option<&Status>) {
    let Some(status) = status else { return };
    let missing: Vec<String> =
        status.comparison.missing().map(|state| format!("`{}`", state.revision)).collect();
    if !missing.is_empty() {
        console.note(format_args!("applied, and no file has it: {}", missing.join(", ")));
    }
}
