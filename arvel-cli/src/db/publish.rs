//! `db publish`: copies the migrations that packages bundle into the application's own folder.

use std::path::PathBuf;

use arvel_core::Exit;
use arvel_migrate::{
    project::Recovered,
    publish::{
        AppliedOrigins, Decision, ExistingFile, PublishAction, PublishMode, PublishOptions, PublishPlan,
        PublishState, bundled, plan_publish, read_files, write_plan,
    },
};
use clap::Args;

use super::session::Session;
use crate::{
    error::CommandError,
    output::{
        human::{count, table},
        json::{DecisionBody, Document, PublishBody},
        theme,
    },
};

/// Copy the migrations that packages bundle into the application's folder
#[derive(Args, Debug)]
#[command(after_help = "Example: db publish --package arvel-auth\n         db publish --list")]
pub struct Publish {
    /// Only this package; repeatable
    #[arg(long, value_name = "P")]
    package: Vec<String>,
    /// Only this stub, as `name` or `package/name`; repeatable
    #[arg(long, value_name = "STUB")]
    only: Vec<String>,
    /// Show what is bundled and how it stands, and do nothing
    #[arg(long, conflicts_with_all = ["force", "dry_run"])]
    list: bool,
    /// Also take over what changed upstream, where you changed nothing and it is applied nowhere
    #[arg(long, conflicts_with = "force")]
    update: bool,
    /// With --update: go on where no database answers
    #[arg(long, requires = "update")]
    assume_unapplied: bool,
    /// Show how your files differ from what the packages ship
    #[arg(long)]
    diff: bool,
    /// Overwrite published files; a backup of each is kept beside it
    #[arg(long)]
    force: bool,
    /// Show what would be written, and do nothing
    #[arg(long, visible_alias = "pretend")]
    dry_run: bool,
}

impl Publish {
    pub async fn run(&self, session: &Session) -> Result<Exit, CommandError> {
        let path = match session.options.path.as_slice() {
            [] => match session.settings.own_path() {
                Some(own) => own.to_path_buf(),
                None => return Err(no_folder(session)),
            },
            [path] => session.settings.root.join(path),
            _ => return Err(CommandError::usage("`--path` is the folder written to: it is given once")),
        };
        let work = session.work();
        let (folder, way) = work.folders.listing(&path)?;
        let naming = work.folders.naming()?;
        let bundled = bundled()?;
        let mut options = PublishOptions::all(naming.now());
        options.naming = naming;
        options.way = way;
        options.packages = self.package.clone();
        options.only = self.only.clone();
        options.assume_unapplied = self.assume_unapplied;
        options.mode = match (self.force, self.update) {
            (true, _) => PublishMode::Force,
            (_, true) => PublishMode::Update,
            _ => PublishMode::Add,
        };
        if self.update {
            options.applied = applied(session).await;
        }
        let mut files = read_files(&folder)?;
        ExistingFile::know_tables(&mut files, &compiled(session));
        let mut plan = plan_publish(&bundled, &files, &options)?;
        if !plan.also_needed.is_empty() && !self.list && self.wants_what_is_needed(session, &plan) {
            options.only = with_what_is_needed(&plan);
            options.packages.clear();
            plan = plan_publish(&bundled, &files, &options)?;
        }
        let nothing_done = self.list || self.dry_run;
        let written = if nothing_done { Default::default() } else { write_plan(&folder, &plan)? };
        let overwritten = written.overwritten.iter().map(|(name, _)| name);
        let files: Vec<PathBuf> =
            written.created.iter().chain(overwritten).map(|name| folder.path().join(name)).collect();
        work.after_write(&files)?;
        if self.diff {
            plan.decisions.iter().for_each(|decision| diff(session, decision));
        }
        show(session, &plan, nothing_done);
        match &written.recovered {
            Recovered::Nothing => {}
            Recovered::Completed(names) => session
                .console
                .note(format_args!("completed an interrupted write first: {}", names.join(", "))),
            Recovered::Removed(names) => session
                .console
                .note(format_args!("removed what an interrupted write had left: {}", names.join(", "))),
        }
        for (name, backup) in &written.overwritten {
            session.console.progress(format_args!("`{name}` was overwritten; the old text is in `{backup}`"));
        }
        session.console.document(&Document::new(
            "publish",
            PublishBody {
                decisions: plan.decisions.iter().map(DecisionBody::of).collect(),
                also_needed: plan.also_needed.iter().map(ToString::to_string).collect(),
                folder: relative(session, folder.path().to_path_buf()),
                created: written.created,
                overwritten: written.overwritten,
                dry_run: nothing_done,
            },
        ));
        Ok(if plan.has_conflicts() && !self.list { Exit::REFUSED } else { Exit::DONE })
    }
}

impl Publish {
    /// Dependencies come along: on a terminal it is asked, elsewhere it is done and shown.
    fn wants_what_is_needed(&self, session: &Session, plan: &PublishPlan) -> bool {
        if self.dry_run || session.options.yes || !session.console.can_ask() {
            return true;
        }
        let question = format!("{} needed too, and not published yet; publish as well?", needed(plan));
        session.confirm_by_default(&question)
    }
}

/// A published file names no database: its folder does.
fn no_folder(session: &Session) -> CommandError {
    let name = &session.settings.name;
    CommandError::usage(format!("the database `{name}` has no folder of its own to publish to"))
        .hint(format!("set `path = \"database/{name}\"` under `[databases.{name}]` in `arvel.toml`"))
}

/// `` `a/x`, `b/y` are ``.
fn needed(plan: &PublishPlan) -> String {
    let names: Vec<String> = plan.also_needed.iter().map(|origin| format!("`{origin}`")).collect();
    format!("{} {}", names.join(", "), if names.len() == 1 { "is" } else { "are" })
}

/// Everything that was asked for and everything that comes before it, by full name.
fn with_what_is_needed(plan: &PublishPlan) -> Vec<String> {
    let asked = plan.decisions.iter().map(|decision| &decision.origin);
    asked.chain(&plan.also_needed).map(ToString::to_string).collect()
}

fn relative(session: &Session, path: PathBuf) -> PathBuf {
    let root = session.settings.root.canonicalize().unwrap_or_else(|_| session.settings.root.clone());
    path.strip_prefix(&root).map(PathBuf::from).unwrap_or(path)
}

/// What is applied in the database, as origins; unknown when it does not answer.
async fn applied(session: &Session) -> AppliedOrigins {
    let Ok(migrator) = session.migrator_of_existing() else { return AppliedOrigins::Unknown };
    let Ok(status) = migrator.status().await else { return AppliedOrigins::Unknown };
    let origins = status.comparison.by_seq().filter_map(|state| {
        let of_file = state.migration.as_ref().and_then(|migration| migration.origin.clone());
        of_file.or_else(|| state.row.as_ref()?.origin.as_deref()?.parse().ok())
    });
    AppliedOrigins::Known(origins.collect())
}

/// A unified diff from your file to what the package would have there.
fn diff(session: &Session, decision: &Decision) {
    let (Some(file), Some(current)) = (&decision.file, &decision.current) else { return };
    if matches!(decision.state, PublishState::Identical) {
        return;
    }
    let diff = similar::TextDiff::from_lines(current.as_str(), decision.text.as_str());
    let text = diff.unified_diff().header(file, &decision.origin.to_string()).to_string();
    for line in text.lines() {
        let style = match line.as_bytes().first() {
            Some(b'+') => theme::GOOD,
            Some(b'-') => theme::BAD,
            Some(b'@') => theme::DIM,
            _ => anstyle::Style::new(),
        };
        session.console.result(theme::paint(style, line));
    }
}

/// The compiled migrations, to know which tables they create. A broken set is no reason not to publish.
fn compiled(session: &Session) -> Vec<arvel_migrate::migration::Migration> {
    let catalog = session.settings.catalog(&[]).unwrap_or_default();
    catalog.migrations().iter().map(|migration| migration.as_ref().clone()).collect()
}

fn show(session: &Session, plan: &PublishPlan, nothing_done: bool) {
    let console = &session.console;
    if plan.decisions.is_empty() {
        console.result("nothing to publish: no linked package bundles migrations");
        console.note(
            "  hint: a package that is only a line in Cargo.toml is never linked; name it once: `use arvel_auth as _;`",
        );
        return;
    }
    let mut rows = vec![["action", "state", "package/stub", "version", "file"].map(str::to_owned)];
    rows.extend(plan.decisions.iter().map(|decision| {
        [
            action(decision, nothing_done).to_owned(),
            state(decision.state).to_owned(),
            decision.origin.to_string(),
            decision.version.clone(),
            decision.file.clone().unwrap_or_default(),
        ]
    }));
    let styles: Vec<_> = plan.decisions.iter().map(|decision| style(decision.action)).collect();
    table(console, &rows, &styles);
    for decision in &plan.decisions {
        if let Some(reason) = &decision.reason {
            console.note(format_args!("{}: {reason}", decision.origin));
        }
    }
    if !plan.also_needed.is_empty() {
        console.note(format_args!("{} needed too, and not published yet", needed(plan)));
        let packages: std::collections::BTreeSet<&str> =
            plan.also_needed.iter().map(|origin| origin.package()).collect();
        let options: Vec<String> = packages.iter().map(|package| format!("--package {package}")).collect();
        console.note(format_args!("  hint: run `db publish {}`", options.join(" ")));
    }
    let written = |d: &&Decision| matches!(d.action, PublishAction::Write | PublishAction::Overwrite);
    let number = plan.decisions.iter().filter(written).count();
    let conflicts = plan.decisions.iter().filter(|d| d.action == PublishAction::Conflict).count();
    let verb = if nothing_done { "would write" } else { "wrote" };
    let mut line = match number {
        0 => "nothing to publish".to_owned(),
        number => format!("{verb} {}", count(number, "file")),
    };
    if conflicts > 0 {
        line.push_str(&format!(", {} left to you", count(conflicts, "conflict")));
    }
    console.result(line);
}

fn action(decision: &Decision, nothing_done: bool) -> &'static str {
    match (decision.action, nothing_done) {
        (PublishAction::Nothing, _) => "nothing",
        (PublishAction::Write, true) => "write",
        (PublishAction::Write, false) => "written",
        (PublishAction::Overwrite, true) => "overwrite",
        (PublishAction::Overwrite, false) => "overwritten",
        (PublishAction::Keep, true) => "keep",
        (PublishAction::Keep, false) => "kept",
        (PublishAction::Conflict, _) => "conflict",
    }
}

fn state(state: PublishState) -> &'static str {
    match state {
        PublishState::New => "new",
        PublishState::Identical => "identical",
        PublishState::Edited => "edited",
        PublishState::Outdated => "outdated",
        PublishState::Diverged => "diverged",
        PublishState::NameTaken => "name taken",
        PublishState::Duplicate => "duplicate",
    }
}

fn style(action: PublishAction) -> anstyle::Style {
    match action {
        PublishAction::Nothing => theme::DIM,
        PublishAction::Write | PublishAction::Overwrite => theme::GOOD,
        PublishAction::Keep => theme::WARN,
        PublishAction::Conflict => theme::BAD,
    }
}
