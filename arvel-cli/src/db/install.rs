//! `db ensure-version`: the bookkeeping tables, and nothing else.

use arvel_core::Exit;
use arvel_migrate::ScriptVerb;
use clap::Args;

use super::{script::Sql, session::Session};
use crate::{
    error::CommandError,
    output::{
        human,
        json::{Document, InstallBody},
    },
};

/// Make the tables of the migrations' own bookkeeping, and nothing else
#[derive(Args, Debug)]
#[command(
    visible_aliases = ["install", "ensure_version"],
    after_help = "Example: db ensure-version\n         db ensure-version --dry-run\n         db ensure-version --sql"
)]
pub struct Install {
    /// Show the statements, and do nothing
    #[arg(long, visible_alias = "pretend")]
    dry_run: bool,
    #[command(flatten)]
    sql: Sql,
}

impl Install {
    /// Whether it writes a script to stdout.
    pub fn is_for_stdout(&self) -> bool {
        self.sql.is_for_stdout()
    }

    pub async fn run(&self, session: &Session) -> Result<Exit, CommandError> {
        if self.sql.is_asked() {
            return self.sql.write(session, "ensure-version", None, ScriptVerb::Install);
        }
        let migrator = session.migrator_of_existing()?;
        let report = if self.dry_run {
            migrator.plan_install().await?
        } else {
            session.listen();
            migrator.install().await?
        };
        let console = &session.console;
        human::statements(console, &report.statements);
        let tables = format!("`{}`", report.tables.join("`, `"));
        match (report.changed, report.dry_run) {
            (false, _) => console.result(format_args!("the tables are there: {tables}")),
            (true, true) => console.progress("dry run: nothing was done"),
            (true, false) => console.result(format_args!("made the tables {tables}")),
        }
        let body = InstallBody {
            tables: &report.tables,
            changed: report.changed,
            statements: &report.statements,
            dry_run: report.dry_run,
        };
        console.document(&Document::new("ensure-version", body));
        Ok(Exit::DONE)
    }
}
