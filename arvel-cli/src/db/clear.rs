//! `db clear`: forgets what is applied (`--history`), removes the files of the folder (`--files`). Tables and data stay.

use arvel_core::Exit;
use arvel_migrate::{StampReport, history::State, migration::RevisionId, project::ProjectFolder};
use clap::{ArgGroup, Args};

use super::{delete, session::Session, stamp};
use crate::{
    error::CommandError,
    guard::Guarded,
    make::placing,
    output::{
        human::count,
        json::{ClearBody, Document},
    },
};

/// Forget which migrations are applied, or remove their files: the tables that they made stay
#[derive(Args, Debug)]
#[command(
    group = ArgGroup::new("what").args(["history", "files"]).required(true).multiple(true),
    after_help = "Example: db clear --history --dry-run\n         db clear --files"
)]
pub struct Clear {
    /// Remove every row of the history, with the ways back that rows keep
    #[arg(long)]
    history: bool,
    /// Remove every file of the migrations' folder; with applied ones among them only together with --history
    #[arg(long)]
    files: bool,
    /// Show what would be removed, and do nothing
    #[arg(long, visible_alias = "pretend")]
    dry_run: bool,
    /// Consent: in production, and for files
    #[arg(long)]
    force: bool,
}

/// The files that go.
struct Files {
    folder: ProjectFolder,
    names: Vec<String>,
    revisions: Vec<RevisionId>,
}

impl Clear {
    pub async fn run(&self, session: &Session) -> Result<Exit, CommandError> {
        if !session.options.path.is_empty() {
            return Err(CommandError::usage("`db clear` is about everything, and `--path` selects some")
                .hint("leave `--path` out; `db stamp` undoes single rows, `db delete` single files"));
        }
        let files = if self.files { Some(self.files(session)?) } else { None };
        let migrator = session.migrator_of_existing()?;
        let status = session.status(&migrator).await?;
        let plan = if self.history { Some(migrator.plan_clear_history().await?) } else { None };
        let mut losses: Vec<String> = Vec::new();
        if let Some(plan) = &plan {
            let rows = count(plan.removed.len(), "row");
            losses.push(format!("{rows} of the history, with the ways back that they keep"));
        }
        if let Some(files) = &files {
            let folder = session.work().folders.shown(files.folder.path());
            losses.push(format!("{} of `{}`", count(files.names.len(), "file"), folder.display()));
            let states = status.iter().flat_map(|status| status.comparison.states());
            let applied = states
                .filter(|state| files.revisions.contains(&state.revision))
                .filter(|state| !matches!(state.state, State::Pending | State::Late))
                .map(|state| state.revision.clone());
            let applied: Vec<RevisionId> = if self.history { Vec::new() } else { applied.collect() };
            refuse_applied(&applied)?;
        }
        let nothing = plan.as_ref().is_none_or(StampReport::is_empty)
            && files.as_ref().is_none_or(|files| files.names.is_empty());
        if !self.dry_run && !nothing {
            let command = if files.is_some() { Guarded::ClearFiles } else { Guarded::Clear };
            session.guard(command, self.force, status.as_ref(), &losses)?;
        }
        let report = match plan {
            Some(_) if !self.dry_run => {
                session.listen();
                Some(migrator.clear_history().await?)
            }
            plan => plan,
        };
        if let Some(report) = &report {
            stamp::show(&session.console, report, "nothing to forget: nothing is applied");
        }
        let files = files.as_ref().map(|files| self.remove(session, files)).transpose()?;
        let body = ClearBody::of(report.as_ref(), files, self.dry_run);
        session.console.document(&Document::new("clear", body));
        Ok(Exit::DONE)
    }

    fn files(&self, session: &Session) -> Result<Files, CommandError> {
        let work = session.work();
        let folder = placing::folder(&work, None)?.folder;
        let graph = placing::graph(&work, &folder)?;
        let mut names = folder.names()?;
        let inside = graph.iter().filter(|migration| {
            let file = placing::file_of(&work.folders.root, migration);
            file.is_some_and(|file| names.iter().any(|name| folder.path().join(name) == file))
        });
        let inside: Vec<_> = inside.collect();
        let revisions: Vec<RevisionId> = inside.iter().map(|of| of.revision.clone()).collect();
        // Of a folder that several databases share only those of this one.
        if work.folders.is_shared(folder.path()) {
            names.retain(|name| inside.iter().any(|of| delete::stem_of(name) == of.stem));
        }
        delete::refuse_named(&work, &graph, &revisions)?;
        Ok(Files { names, folder, revisions })
    }

    fn remove(&self, session: &Session, files: &Files) -> Result<Vec<std::path::PathBuf>, CommandError> {
        let work = session.work();
        let paths =
            files.names.iter().map(|name| work.folders.shown(&files.folder.path().join(name))).collect();
        if files.names.is_empty() {
            session.console.result("no files to remove");
        } else {
            delete::remove(
                &work.silent_document(),
                "clear",
                &[(files.folder.clone(), files.names.clone())],
                self.dry_run,
            )?;
        }
        Ok(paths)
    }
}

/// Files of applied migrations go only with their rows: else every row would be one that no file has.
fn refuse_applied(applied: &[RevisionId]) -> Result<(), CommandError> {
    let Some(first) = applied.first() else { return Ok(()) };
    let others = match applied.len() {
        1 => String::new(),
        more => format!(" and {} more", more - 1),
    };
    let verb = if applied.len() == 1 { "is" } else { "are" };
    let message = format!("`{first}`{others} {verb} applied; nothing was removed");
    Err(CommandError::new(Exit::REFUSED, "project.delete_applied", message)
        .hint("`db clear --history --files` forgets the rows too; `db reset` undoes the migrations"))
}
