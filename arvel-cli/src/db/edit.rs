//! `db edit`: opens the file of a migration.

use std::{path::PathBuf, sync::Arc};

use arvel_core::Exit;
use arvel_migrate::{
    migration::{Migration, RevisionId},
    project::PlaceError,
};
use clap::Args;

use super::{session::Session, target};
use crate::{
    editor,
    error::CommandError,
    make::placing,
    output::json::{Document, EditBody},
};

/// Open the file of a migration in `$VISUAL` or `$EDITOR`
#[derive(Args, Debug)]
#[command(after_help = "Example: db edit create_users_table\n         db edit heads")]
pub struct Edit {
    /// A revision, a label, a slug, `heads`, `current`
    #[arg(value_name = "REV", default_value = "head", allow_hyphen_values = true, value_parser = target::text)]
    revision: String,
}

impl Edit {
    pub async fn run(&self, session: &Session) -> Result<Exit, CommandError> {
        let target = target::parse(&self.revision)?;
        let work = session.work();
        let folder = placing::folder(&work, session.one_folder()?)?;
        let graph = placing::graph(&work, &folder.folder)?;
        let revisions: Vec<RevisionId> = if target.needs_history() {
            session.migrator_of_existing()?.show(&target, false).await?.revisions
        } else {
            target.revisions(&graph, &[])?
        };
        if revisions.is_empty() {
            return Err(PlaceError::NotOne { target: self.revision.clone(), found: revisions }.into());
        }
        let files: Vec<PathBuf> = revisions
            .iter()
            .map(|revision| {
                let migration = graph.get(revision);
                let file = migration.and_then(|of| placing::file_of(&work.folders.root, of));
                file.ok_or_else(|| no_file(revision, migration))
            })
            .collect::<Result<_, _>>()?;
        let shown: Vec<PathBuf> = files.iter().map(|file| work.folders.shown(file)).collect();
        editor::open(&session.console, &files, &shown)?;
        for path in &shown {
            session.console.result(format_args!("edited `{}`", path.display()));
        }
        session.console.document(&Document::new("edit", EditBody { edited: shown }));
        Ok(Exit::DONE)
    }
}

/// A migration that lies in a package, or one whose file is gone since the build.
pub fn no_file(revision: &RevisionId, migration: Option<&Arc<Migration>>) -> CommandError {
    let in_package = migration.filter(|of| of.line.package().is_some()).and_then(|of| of.origin.as_ref());
    if let Some(origin) = in_package {
        let package = origin.package();
        let message =
            format!("`{revision}` lies in the package `{package}`, which runs in place; nothing was done");
        return CommandError::new(Exit::REFUSED, "project.in_package", message)
            .hint(format!("`db publish --only {origin}` copies it into your folder, where it is yours"));
    }
    let message = format!("`{revision}` has no file in this project");
    CommandError::new(Exit::FAILED, "project.no_file", message)
        .hint(format!("`db show {revision}` says where it comes from"))
}
