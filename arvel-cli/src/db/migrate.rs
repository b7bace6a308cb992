//! `db migrate`: applies what is pending.

use arvel_core::Exit;
use arvel_migrate::{Migrator, ScriptVerb, UpgradeRequest};
use clap::Args;

use super::{
    script::{self, Sql},
    seeding::Seeding,
    session::Session,
    target,
};
use crate::{error::CommandError, guard::Guarded};

const NOTHING: &str = "nothing to migrate: everything is applied";

/// Apply what is pending
#[derive(Args, Debug)]
#[command(
    visible_alias = "upgrade",
    after_help = "Example: db migrate\n         db migrate +1 --dry-run\n         db migrate --sql create_users_table:heads"
)]
pub struct Migrate {
    /// Up to here: a revision, a slug, a label, `heads`, `+1`; with --sql also a range [default: heads]
    #[arg(value_name = "TARGET", allow_hyphen_values = true, value_parser = target::text)]
    target: Option<String>,
    /// The same as TARGET
    #[arg(long, value_name = "R", allow_hyphen_values = true, conflicts_with = "target", value_parser = target::text)]
    revision: Option<String>,
    /// Give each migration a batch of its own
    #[arg(long)]
    step: bool,
    #[command(flatten)]
    pub(super) seeding: Seeding,
    /// Refuse migrations that are pending below applied ones
    #[arg(long)]
    strict_order: bool,
    /// Show the plan with its SQL, and do nothing
    #[arg(long, visible_alias = "pretend")]
    dry_run: bool,
    /// With --dry-run: exit code 8 when something is pending
    #[arg(long, requires = "dry_run")]
    detailed_exit_code: bool,
    /// Seed in production without being asked; nothing else here asks
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    sql: Sql,
}

impl Migrate {
    /// Whether it writes a script to stdout.
    pub fn is_for_stdout(&self) -> bool {
        self.sql.is_for_stdout()
    }

    pub async fn run(&self, session: &Session) -> Result<Exit, CommandError> {
        let text = self.target.as_deref().or(self.revision.as_deref());
        self.seeding.check(session)?;
        if self.sql.is_asked() {
            return self.script(session, text);
        }
        let target = text.map(target::parse).transpose()?;
        let request = UpgradeRequest {
            target,
            batch_per_step: self.step,
            strict_order: self.strict_order,
            ..UpgradeRequest::default()
        };
        let nothing = match text {
            Some(text) => format!("nothing to migrate: `{text}` is applied already"),
            None => NOTHING.to_owned(),
        };
        let migrator = session.migrator()?;
        if self.dry_run {
            let plan = migrator.plan_migrate(&request).await?;
            session.dry_run("migrate", &migrator, &plan, &nothing).await?;
            let differs = self.detailed_exit_code && !plan.is_empty();
            return Ok(if differs { Exit::DIFFERENCES } else { Exit::DONE });
        }
        if self.seeding.is_wanted() {
            self.guard_seeding(session, &migrator).await?;
        }
        session.offer_database(&migrator).await?;
        session.listen();
        let report = migrator.migrate(&request).await?;
        let seeders = self.seeding.run(session, &migrator).await?;
        session.total(&report, &nothing);
        session.document_of("migrate", &[&report], None, seeders);
        Ok(Exit::DONE)
    }

    fn script(&self, session: &Session, text: Option<&str>) -> Result<Exit, CommandError> {
        if self.seeding.is_wanted() {
            return Err(CommandError::usage("a script has no seeders: they are code")
                .hint("leave `--seed` out; `db seed` runs them on the database"));
        }
        let (from, target) = script::range(text)?;
        let request = UpgradeRequest {
            target,
            batch_per_step: self.step,
            strict_order: self.strict_order,
            ..UpgradeRequest::default()
        };
        self.sql.write(session, "migrate", from, ScriptVerb::Upgrade(request))
    }

    /// `migrate` does not ask, but seeding does; and it does so before anything is applied.
    async fn guard_seeding(&self, session: &Session, migrator: &Migrator) -> Result<(), CommandError> {
        let status = session.status(migrator).await?;
        let losses = ["the rows that seeders replace".to_owned()];
        session.guard(Guarded::Seed, self.force, status.as_ref(), &losses)
    }
}
