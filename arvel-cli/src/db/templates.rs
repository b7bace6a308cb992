//! `db list-templates`: what new files look like.

use arvel_core::Exit;
use arvel_migrate::project::TEMPLATES;
use clap::Args;

use super::session::Session;
use crate::{
    error::CommandError,
    output::{
        human::table,
        json::{Document, TemplatesBody},
        theme,
    },
};

/// Show the templates of new files, and how to ask for each
#[derive(Args, Debug)]
#[command(visible_alias = "list_templates", after_help = "Example: db list-templates")]
pub struct ListTemplates {}

impl ListTemplates {
    pub fn run(&self, session: &Session) -> Result<Exit, CommandError> {
        let mut rows = vec![["template", "for", "example"].map(str::to_owned)];
        rows.extend(TEMPLATES.iter().map(|of| [of.name, of.used_for, of.command].map(str::to_owned)));
        table(&session.console, &rows, &vec![theme::BOLD; TEMPLATES.len()]);
        session.console.document(&Document::new("list-templates", TemplatesBody::of(TEMPLATES)));
        Ok(Exit::DONE)
    }
}
