//! `db show`: everything about a revision. Only `-v`, and a target that means something only there, ask the database.

use arvel_core::Exit;
use arvel_migrate::{
    Migrator,
    migration::RevisionId,
    plan::{PlanError, Step},
    undo::WayBack,
};
use clap::Args;

use super::{reading, session::Session, target};
use crate::{
    error::CommandError,
    output::{
        Console,
        json::{Document, PlacedBody, ShowBody, ShownBody},
        revisions,
    },
};

/// Show everything about a revision: its file, its place in the graph, and what it does
#[derive(Args, Debug)]
#[command(
    after_help = "Example: db show create_users_table\n         db show head -v\n         db show current"
)]
pub struct Show {
    /// A revision, a label, a slug, `heads`, `current`; with `-v` also its state in the database
    #[arg(value_name = "REV", default_value = "heads", allow_hyphen_values = true, value_parser = target::text)]
    revision: String,
}

/// What a revision does.
struct Does {
    operations: Vec<String>,
    way_back: (&'static str, String),
    problem: Option<PlanError>,
}

impl Show {
    pub async fn run(&self, session: &Session) -> Result<Exit, CommandError> {
        let target = target::parse(&self.revision)?;
        let migrator = session.migrator_of_existing()?;
        let reading = migrator.show(&target, session.console.is_verbose()).await?;
        let places = reading::places(session, &migrator, &reading);
        let console = &session.console;
        if reading.revisions.is_empty() {
            console.progress(format_args!("`{}` names no revision", self.revision));
        }
        let mut shown = Vec::new();
        for (at, revision) in reading.revisions.iter().enumerate() {
            if at > 0 {
                console.result("");
            }
            let (place, does) = (places.get(revision), does(&migrator, revision));
            revisions::block(&place, &places).iter().for_each(|line| console.result(line));
            does.print(console);
            shown.push(ShownBody {
                place: PlacedBody::of(&place, &places),
                operations: does.operations,
                way_back: does.way_back.0,
                problem: does.problem.map(|problem| problem.to_string()),
            });
        }
        console.document(&Document::new("show", ShowBody { migrations: shown }));
        Ok(Exit::DONE)
    }
}

impl Does {
    fn print(&self, console: &Console) {
        let nothing = "nothing: an empty migration".to_owned();
        match (&self.problem, self.operations.as_slice()) {
            (Some(problem), _) => console.result(revisions::field("up", problem)),
            (None, []) => console.result(revisions::field("up", nothing)),
            (None, operations) => console.result(revisions::field("up", operations.join("\n"))),
        }
        console.result(revisions::field("way back", &self.way_back.1));
    }
}

fn does(migrator: &Migrator, revision: &RevisionId) -> Does {
    let written = migrator.graph().get(revision).is_some_and(|migration| migration.down.is_some());
    match migrator.recorded(revision) {
        Ok(step) => Does {
            operations: step.iter().flat_map(|step| &step.operations).map(|one| one.describe()).collect(),
            way_back: way_back(step.as_ref(), written),
            problem: None,
        },
        Err(problem) => {
            Does { operations: Vec::new(), way_back: way_back(None, written), problem: Some(problem) }
        }
    }
}

/// How it can be undone: a word for programs, a sentence for people.
fn way_back(step: Option<&Step>, written: bool) -> (&'static str, String) {
    match step.map(|step| &step.way_back) {
        _ if written => ("written", "its own `down`".to_owned()),
        Some(WayBack::Known) => ("derived", "the reverse of what it does".to_owned()),
        Some(WayBack::Seen) => ("kept", "kept with the history row when it is applied".to_owned()),
        Some(WayBack::Missing(cause)) => ("none", format!("none: {cause}")),
        None => ("none", "not known".to_owned()),
    }
}
