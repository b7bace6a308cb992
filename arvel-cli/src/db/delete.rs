//! `db delete`: removes the file of a migration that is not applied, and its line in `mod.rs`.
//!
//! The application asks the database whether it is applied. The global `arvel` does it on files alone, because the file
//! may be the very one that does not compile; then a person must say so.

use std::path::{Path, PathBuf};

use arvel_core::Exit;
use arvel_migrate::{
    graph::Graph,
    history::State,
    migration::RevisionId,
    project::{Committed, PlaceError, ProjectFolder, referrers, stems_named},
};
use clap::Args;

use super::{edit::no_file, session::Session, target};
use crate::{
    error::CommandError,
    make::{Work, placing},
};

/// Remove the file of a migration that is not applied, and its line in `mod.rs`
#[derive(Args, Debug)]
#[command(after_help = "Example: db delete create_posts_table --dry-run")]
pub struct Delete {
    /// A revision, a slug, `head`
    #[arg(value_name = "REV", value_parser = target::text, allow_hyphen_values = true)]
    revision: String,
    /// Show which files would be removed, and do nothing
    #[arg(long, visible_alias = "pretend")]
    dry_run: bool,
    /// Also when no database can say whether it is applied
    #[arg(long)]
    force: bool,
}

/// The files of one migration.
struct Doomed {
    revision: RevisionId,
    folder: ProjectFolder,
    names: Vec<String>,
}

impl Delete {
    /// In the application.
    pub async fn run(&self, session: &Session) -> Result<Exit, CommandError> {
        let work = session.work();
        let destination = placing::folder(&work, session.one_folder()?)?;
        let doomed = self.find(&work, &destination.folder)?;
        if let Err(error) = refuse_applied(session, &doomed.revision).await {
            // What the database says is not lifted; that it says nothing is.
            let unasked = error.code != APPLIED;
            if !(unasked && self.force) {
                return Err(if unasked { not_asked(&doomed.revision, &error.message) } else { error });
            }
        }
        self.remove(&work, &doomed)
    }

    /// In the global `arvel`.
    pub fn run_on_files(&self, work: &Work) -> Result<Exit, CommandError> {
        let destination = placing::folder(work, None)?;
        let doomed = self.find(work, &destination.folder)?;
        if !self.dry_run && !self.force {
            let question = format!(
                "`arvel` reads files only: is `{}` applied nowhere, and can go? [y/N]",
                doomed.revision
            );
            let answer = work.console.can_ask().then(|| work.console.ask(question)).flatten();
            if !answer.is_some_and(|answer| matches!(answer.trim(), "y" | "Y" | "yes")) {
                return Err(not_asked(&doomed.revision, "`arvel db delete` reads files only"));
            }
        }
        self.remove(work, &doomed)
    }

    fn find(&self, work: &Work, folder: &ProjectFolder) -> Result<Doomed, CommandError> {
        let target = target::parse(&self.revision)?;
        if target.needs_history() {
            return Err(PlaceError::NeedsDatabase { target: self.revision.clone() }.into());
        }
        let graph = match placing::graph(work, folder) {
            Ok(graph) => graph,
            Err(error) => return self.find_by_name(work, folder, error),
        };
        let found = target.revisions(&graph, &[]).map_err(|error| work.explain(error.into()))?;
        let [revision] = found.as_slice() else {
            return Err(PlaceError::NotOne { target: self.revision.clone(), found }.into());
        };
        let migration = graph.get(revision);
        let file = migration.and_then(|of| placing::file_of(&work.folders.root, of));
        let (Some(migration), Some(file)) = (migration, file) else {
            return Err(no_file(revision, migration));
        };
        refuse_named(work, &graph, std::slice::from_ref(revision))?;
        let (folder, way) = work.folders.listing(file.parent().unwrap_or(&file))?;
        let names = names_of(&folder, &format!("{way}{}", migration.stem));
        Ok(Doomed { revision: revision.clone(), folder, names })
    }

    /// Where the files are no graph: perhaps they are one without this file, which then is meant by its name.
    fn find_by_name(
        &self,
        work: &Work,
        folder: &ProjectFolder,
        problem: CommandError,
    ) -> Result<Doomed, CommandError> {
        let stems = stems_named(&folder.names()?, &self.revision);
        let [stem] = stems.as_slice() else { return Err(problem) };
        let Ok(revision) = RevisionId::new(stem) else { return Err(problem) };
        placing::graph_but(work, folder, Some(stem))?;
        work.console.note(format_args!("note: {}", problem.message));
        let mut names = folder.names()?;
        names.retain(|name| stem_of(name) == stem);
        Ok(Doomed { revision, folder: folder.clone(), names })
    }

    fn remove(&self, work: &Work, doomed: &Doomed) -> Result<Exit, CommandError> {
        remove(work, "delete", &[(doomed.folder.clone(), doomed.names.clone())], self.dry_run)?;
        Ok(Exit::DONE)
    }
}

/// The files of a stem.
fn names_of(folder: &ProjectFolder, stem: &str) -> Vec<String> {
    let names = [".rs", ".sql", ".up.sql", ".down.sql"].map(|ending| format!("{stem}{ending}"));
    names.into_iter().filter(|name| folder.path().join(name).is_file()).collect()
}

/// `1_a` of `2026/1_a.up.sql`.
pub fn stem_of(name: &str) -> &str {
    let name = name.rsplit('/').next().unwrap_or(name);
    [".up.sql", ".down.sql", ".sql", ".rs"]
        .iter()
        .find_map(|ending| name.strip_suffix(ending))
        .unwrap_or(name)
}

/// Removes files, or shows which.
pub fn remove(
    work: &Work,
    command: &str,
    files: &[(ProjectFolder, Vec<String>)],
    dry_run: bool,
) -> Result<(), CommandError> {
    if dry_run {
        let paths =
            files.iter().flat_map(|(folder, names)| names.iter().map(|name| folder.path().join(name)));
        work.would_remove(command, &paths.collect::<Vec<_>>());
        return Ok(());
    }
    let mut done: Vec<(&Path, Committed)> = Vec::new();
    for (folder, names) in files {
        done.push((folder.path(), folder.remove_files(names)?));
    }
    let done: Vec<(&Path, &Committed)> = done.iter().map(|(path, committed)| (*path, committed)).collect();
    work.wrote(command, &done);
    Ok(())
}

const APPLIED: &str = "project.delete_applied";

/// Refuses a revision that the database remembers, or half remembers.
async fn refuse_applied(session: &Session, revision: &RevisionId) -> Result<(), CommandError> {
    let migrator = session.migrator_of_existing()?;
    let Some(status) = session.status(&migrator).await? else { return Ok(()) };
    let state = status.comparison.states().iter().find(|state| state.revision == *revision);
    let word = match state.map(|state| state.state) {
        None | Some(State::Pending | State::Late) => return Ok(()),
        Some(State::Skipped) if state.is_some_and(|state| state.row.is_none()) => return Ok(()),
        Some(State::Failed) => "was begun and not finished",
        Some(_) => "is applied",
    };
    Err(CommandError::new(
        Exit::REFUSED,
        APPLIED,
        format!("`{revision}` {word} in {}; nothing was removed", status.database.database),
    )
    .hint("undo it first, with `db rollback` or `db downgrade`; then delete it"))
}

fn not_asked(revision: &RevisionId, problem: &str) -> CommandError {
    let message = format!("whether `{revision}` is applied is not known: {problem}; nothing was removed");
    CommandError::new(Exit::REFUSED, "project.delete_unasked", message).hint(
        "when it is applied nowhere, `--force` removes it; run by the application, `db delete` asks its database",
    )
}

/// Refuses revisions that other files name: without them these would name nothing.
pub fn refuse_named(work: &Work, graph: &Graph, revisions: &[RevisionId]) -> Result<(), CommandError> {
    for revision in revisions {
        let all = referrers(graph, revision).into_iter().filter(|of| !revisions.contains(&of.revision));
        let named: Vec<(String, PathBuf)> = all
            .map(|of| {
                let path = of.path.map(|path| work.folders.shown(&path));
                (of.key.to_owned(), path.unwrap_or_else(|| PathBuf::from(of.revision.as_str())))
            })
            .collect();
        let Some((key, first)) = named.first() else { continue };
        let list: Vec<String> =
            named.iter().map(|(key, path)| format!("`{}` ({key})", path.display())).collect();
        let message = format!("`{revision}` is named in {}; nothing was removed", list.join(", "));
        return Err(CommandError::new(Exit::REFUSED, "project.delete_named", message)
            .hint(format!("take it out of the `{key}` of `{}`, or delete that one first", first.display())));
    }
    Ok(())
}
