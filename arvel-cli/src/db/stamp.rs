//! `db stamp`: says what is applied, without running anything.

use arvel_core::Exit;
use arvel_migrate::{ScriptVerb, StampReport, StampRequest};
use clap::Args;

use super::{
    script::{self, Sql},
    session::Session,
    target,
};
use crate::{
    error::CommandError,
    output::{
        Console,
        human::count,
        json::{Document, StampBody},
        theme,
    },
};

/// Write the history without running anything: the targets and their ancestors are applied, their descendants are not
#[derive(Args, Debug)]
#[command(
    after_help = "Example: db stamp heads\n         db stamp create_users_table --dry-run\n         db stamp --purge blog@head\n         db stamp --sql heads\n         db stamp --sql --purge heads"
)]
pub struct Stamp {
    /// Revisions, labels, slugs, `heads`, `base`, `label@base`; with --sql also one range
    #[arg(value_name = "TARGET", required = true, num_args = 1.., allow_negative_numbers = true)]
    targets: Vec<String>,
    /// Remove all rows first, those of unknown revisions too
    #[arg(long)]
    purge: bool,
    /// Show which rows would be written and removed, and do nothing
    #[arg(long, visible_alias = "pretend")]
    dry_run: bool,
    #[command(flatten)]
    sql: Sql,
}

impl Stamp {
    /// Whether it writes a script to stdout.
    pub fn is_for_stdout(&self) -> bool {
        self.sql.is_for_stdout()
    }

    pub async fn run(&self, session: &Session) -> Result<Exit, CommandError> {
        if self.sql.is_asked() {
            return self.script(session);
        }
        let targets: Result<_, _> = self.targets.iter().map(|text| target::parse(text)).collect();
        let request = StampRequest { targets: targets?, purge: self.purge };
        if self.purge && !session.options.path.is_empty() {
            return Err(CommandError::usage("`--purge` removes all rows, and `--path` selects some")
                .hint("leave one of them out"));
        }
        let migrator = session.migrator_of_existing()?;
        let report = if self.dry_run {
            migrator.plan_stamp(&request).await
        } else {
            session.listen();
            migrator.stamp(&request).await
        };
        let report = report.map_err(purge_helps)?;
        show(&session.console, &report, "nothing to stamp: the history says so already");
        session.console.document(&Document::new("stamp", StampBody::of(&report)));
        Ok(Exit::DONE)
    }

    fn script(&self, session: &Session) -> Result<Exit, CommandError> {
        let (from, targets) = match self.targets.as_slice() {
            [one] => {
                let (from, to) = script::range(Some(one))?;
                (from, to.map_or_else(|| target::parse("heads"), Ok).map(|to| vec![to])?)
            }
            several => (None, several.iter().map(|text| target::parse(text)).collect::<Result<_, _>>()?),
        };
        let request = StampRequest { targets, purge: self.purge };
        self.sql.write(session, "stamp", from, ScriptVerb::Stamp(request))
    }
}

/// What no file has is what `--purge` is for.
fn purge_helps(error: arvel_migrate::Error) -> CommandError {
    let error = CommandError::from(error);
    match (error.code.as_str(), error.hint.clone()) {
        ("plan.missing", Some(hint)) => {
            error.hint(format!("{hint}; `--purge` forgets every row before it writes new ones"))
        }
        _ => error,
    }
}

/// The rows that go and come, and how many.
pub fn show(console: &Console, report: &StampReport, nothing: &str) {
    if report.is_empty() {
        return console.result(nothing);
    }
    for revision in &report.removed {
        console.result(theme::paint(theme::BAD, format!("- {revision}")));
    }
    for revision in &report.added {
        console.result(theme::paint(theme::GOOD, format!("+ {revision}")));
    }
    for revision in &report.settled {
        console.result(format!("  {revision}: no longer half done"));
    }
    let parts = [(report.added.len(), "added"), (report.removed.len(), "removed")];
    let parts = parts.into_iter().filter(|(rows, _)| *rows > 0);
    let rows =
        parts.map(|(rows, done)| format!("{} {done}", count(rows, "row"))).collect::<Vec<_>>().join(", ");
    let rows = if rows.is_empty() { "no row changed".to_owned() } else { rows };
    match report.dry_run {
        true => console.progress(format_args!("dry run: {rows}; nothing was done")),
        false => console.result(format_args!("{rows}; nothing was run")),
    }
}
