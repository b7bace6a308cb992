//! `db inspect`: the live schema. It never writes.

use arvel_core::Exit;
use arvel_migrate::{
    Inspection,
    graph::nearest,
    operation::{ObjectId, ObjectKind, TableName},
    schema::Wanted,
};
use clap::Args;

use super::session::Session;
use crate::{
    error::CommandError,
    output::{
        inspect,
        json::{Document, InspectBody},
    },
};

/// Show what is in the database: its tables, or one with columns, keys and indexes
#[derive(Args, Debug)]
#[command(visible_alias = "table", after_help = "Example: db inspect\n         db inspect posts --json")]
pub struct Inspect {
    /// A table or view, with its schema when that is not the connection's own
    table: Option<String>,
}

impl Inspect {
    pub async fn run(&self, session: &Session) -> Result<Exit, CommandError> {
        let migrator = session.migrator_of_existing()?;
        let inspection = match &self.table {
            None => migrator.inspect(None).await?,
            Some(name) => {
                let inspection = migrator.inspect(Some(&wanted(name))).await?;
                if inspection.schema.tables.is_empty() && inspection.schema.objects.is_empty() {
                    let all = migrator.inspect(None).await?;
                    return Err(unknown(name, &all));
                }
                inspection
            }
        };
        match &self.table {
            None => inspect::everything(&session.console, &inspection),
            Some(_) => inspect::details(&session.console, &inspection),
        }
        session.console.document(&Document::new("inspect", InspectBody::of(&inspection)));
        Ok(Exit::DONE)
    }
}

fn wanted(name: &str) -> Wanted {
    let name = TableName::parse(name);
    let views = [ObjectKind::View, ObjectKind::MaterializedView]
        .map(|kind| Wanted::object(ObjectId::new(kind, name.clone())));
    views.into_iter().chain([Wanted::table(name)]).collect()
}

fn unknown(name: &str, all: &Inspection) -> CommandError {
    let tables = all.schema.tables.keys().map(ToString::to_string);
    let views =
        all.schema.objects.keys().filter(|id| id.kind.word().ends_with("view")).map(|id| id.name.to_string());
    let names: Vec<String> = tables.chain(views).collect();
    let near = nearest(name, names.iter().map(String::as_str));
    let error = CommandError::usage(format!("there is no table or view `{name}`"));
    match near.as_slice() {
        [] => error.hint("`db inspect` lists everything"),
        near => error.hint(format!("did you mean `{}`? `db inspect` lists everything", near.join("`, `"))),
    }
}
