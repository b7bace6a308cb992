//! `db list-templates`: what new files look like.

use arvel_core::Exit;
use clap::Args;

use super::session::Session;
use crate::{
    error::CommandError,
    make::templates,
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
        let templates = TemplatesBody::of(&templates::read(&session.work().folders)?);
        let mut rows = vec![["template", "from", "for", "example"].map(str::to_owned)];
        rows.extend(templates.rows());
        table(&session.console, &rows, &vec![theme::BOLD; rows.len()]);
        session.console.document(&Document::new("list-templates", templates));
        Ok(Exit::DONE)
    }
}
