//! `db merge`: an empty migration that joins heads.

use arvel_core::Exit;
use arvel_migrate::{
    graph::{Graph, Target},
    migration::RevisionId,
    project::{FileHeader, MakeRequest, merge_parents},
};
use clap::Args;

use super::{revision::named, session::Session, target};
use crate::{
    again,
    error::CommandError,
    make::placing::{self, FileOptions},
};

/// A longer name is no help to anybody.
const LONGEST: usize = 80;

/// Write an empty migration that joins several heads into one
#[derive(Args, Debug)]
#[command(
    after_help = "Example: db merge heads -m \"join search and billing\"\n         db merge search@head billing@head"
)]
pub struct Merge {
    /// What is joined: heads, labels, `label@head`; `heads` for all of them, which is the default
    #[arg(value_name = "REV", value_parser = target::text, allow_negative_numbers = true)]
    revisions: Vec<String>,
    /// What it joins, in words; the file's name is made of it
    #[arg(short, long, value_name = "TEXT")]
    message: Option<String>,
    /// Also revisions that something follows already
    #[arg(long)]
    splice: bool,
    #[command(flatten)]
    file: FileOptions,
}

impl Merge {
    pub fn run(&self, session: &Session) -> Result<Exit, CommandError> {
        again::planned(&session.console, || self.once(session))
    }

    fn once(&self, session: &Session) -> Result<Exit, CommandError> {
        let targets: Vec<Target> =
            self.revisions.iter().map(|text| target::parse(text)).collect::<Result<_, _>>()?;
        let work = session.work();
        let destination = placing::folder(&work, session.one_folder()?)?;
        if !self.file.dry_run {
            work.recover(&destination.folder)?;
        }
        let graph = placing::graph(&work, &destination.folder)?;
        let parents = merge_parents(&graph, &targets, self.splice)?;
        let (name, description) = match &self.message {
            Some(message) => named(message)?,
            None => (name_of(&graph, &parents), None),
        };
        let header = FileHeader {
            revision: self.file.rev_id.clone(),
            parents: Some(parents.iter().map(ToString::to_string).collect()),
            labels: self.file.labels.clone(),
            database: placing::said_database(&work, &destination.folder.line()?),
            description,
            ..FileHeader::default()
        };
        let request = MakeRequest {
            name,
            sql: self.file.sql,
            template: self.file.template.clone(),
            merge: true,
            header,
            ..MakeRequest::default()
        };
        self.file.write(&work, "merge", &destination, Some(&graph), &request)?;
        Ok(Exit::DONE)
    }
}

/// `merge_create_posts_and_create_carts`.
fn name_of(graph: &Graph, parents: &[RevisionId]) -> String {
    let slugs = parents.iter().map(|parent| graph.get(parent).map_or("", |of| of.slug()));
    let name = format!("merge_{}", slugs.collect::<Vec<_>>().join("_and_"));
    match arvel_migrate::project::slug_of_text(&name) {
        Ok(name) if name.len() <= LONGEST => name,
        _ => format!("merge_{}_heads", parents.len()),
    }
}
