//! `db publish`: copies the migrations that packages bundle into the application's own folder.
//!
//! Here are its arguments and its way: read, plan, write. What is decided is decided in `arvel_migrate::publish`, and
//! what is shown is in the files beside this one.

mod choice;
mod diff;
mod former;
mod stubs;
mod table;

use std::path::PathBuf;

use arvel_core::Exit;
use arvel_migrate::{
    migration::Migration,
    project::HistoryStyle,
    publish::{
        Decision, ExistingFile, PackageState, PublishAction, PublishMode, PublishOptions, PublishPlan,
        PublishState, bundled, plan_publish, read_files, write_plan,
    },
};
use clap::Args;

pub use self::table::name;
use self::{choice::Choice, former::Former};
use super::{applied, session::Session};
use crate::{
    again::Tries,
    error::CommandError,
    make::placing,
    output::json::{DecisionBody, Document, PackageStateBody, PublishBody},
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
    /// With --update: go on where not every database answers
    #[arg(long, requires = "update", conflicts_with_all = ["force", "stubs"])]
    assume_unapplied: bool,
    /// With --update: write what a merge of your changes and the package's gives, where it is clean
    #[arg(long, requires = "update", conflicts_with_all = ["force", "stubs"])]
    merge: bool,
    /// Show how your files differ from what the packages ship
    #[arg(long)]
    diff: bool,
    /// Overwrite published files; a backup of each is kept beside it
    #[arg(long)]
    force: bool,
    /// Show what would be written, and do nothing
    #[arg(long, visible_alias = "pretend")]
    dry_run: bool,
    /// The templates of new files instead, into the folder of `migrations.templates`
    #[arg(long, conflicts_with_all = ["package", "only", "update", "diff"])]
    stubs: bool,
}

impl Publish {
    /// Somebody else may write into the folder meanwhile: then it plans again.
    pub async fn run(&self, session: &Session) -> Result<Exit, CommandError> {
        if self.stubs && !session.options.path.is_empty() {
            return Err(CommandError::usage(
                "`--stubs` writes into the folder of templates, and `--path` is another",
            )
            .hint("set `templates = \"…\"` under `[migrations]` in `arvel.toml`, or leave `--path` out"));
        }
        if self.stubs {
            return stubs::run(session, self.force, self.list || self.dry_run);
        }
        let mut tries = Tries::new();
        loop {
            match self.once(session).await {
                Err(error) if tries.again(&session.console, &error) => {}
                done => return done,
            }
        }
    }

    async fn once(&self, session: &Session) -> Result<Exit, CommandError> {
        let path = destination(session)?;
        let work = session.work();
        let (folder, way) = work.folders.listing(&path)?;
        let naming = work.folders.naming()?;
        let bundled = bundled()?;
        let mut options = PublishOptions::all(naming.now());
        options.naming = naming;
        options.way = way;
        options.packages = self.package.clone();
        options.only = self.only.clone();
        options.in_place = session.settings.in_place.iter().cloned().collect();
        options.assume_unapplied = self.assume_unapplied;
        options.mode = match (self.force, self.update) {
            (true, _) => PublishMode::Force,
            (_, true) => PublishMode::Update,
            _ => PublishMode::Add,
        };
        options.merge = self.merge;
        match self.list || self.dry_run {
            true => work.tell_interrupted(&folder),
            false => work.recover(&folder)?,
        }
        let mut files = read_files(&folder)?;
        // Behind the files: a head that somebody else adds meanwhile is one that the writing misses.
        // A list says how things stand, also where a new file would have several heads to follow.
        if !self.list && work.folders.style()? == HistoryStyle::Graph {
            options.heads = Some(placing::heads(&work, &folder)?);
        }
        let mut silent = Vec::new();
        if self.list || self.update || self.force {
            let answers = applied::ask(session, &path).await;
            answers.tell(session);
            options.applied = answers.origins(&files);
            silent = answers.silent();
        }
        ExistingFile::know_tables(&mut files, &compiled(session));
        let mut plan = plan_publish(&bundled, &files, &options)?;
        let mut declined = false;
        if self.can_choose(session) {
            match choice::ask(&session.console, &plan) {
                Choice::All => {}
                Choice::Nothing => declined = true,
                Choice::Packages(packages) => {
                    options.packages = packages;
                    plan = plan_publish(&bundled, &files, &options)?;
                }
            }
        }
        if !declined
            && !plan.also_needed.is_empty()
            && !self.list
            && !self.wants_what_is_needed(session, &plan)
        {
            options.with_needed = false;
            plan = plan_publish(&bundled, &files, &options)?;
        }
        let mut former = Former::default();
        if self.diff || self.update {
            former = Former::of(&plan, &files, folder.path());
        }
        if !former.texts.is_empty() {
            options.bases = std::mem::take(&mut former.texts);
            plan = plan_publish(&bundled, &files, &options)?;
        }
        let nothing_done = self.list || self.dry_run || declined;
        let written = if nothing_done { Default::default() } else { write_plan(&folder, &plan)? };
        let overwritten = written.overwritten.iter().map(|(name, _)| name);
        let files: Vec<PathBuf> =
            written.created.iter().chain(overwritten).map(|name| folder.path().join(name)).collect();
        work.after_write(&files)?;
        for decision in plan.decisions.iter().filter(|decision| self.shows_difference(decision)) {
            diff::show(&session.console, decision, former.missing.get(&decision.origin));
        }
        match (self.list, declined) {
            (true, _) => table::list(&session.console, &plan),
            (_, true) => session.console.result("nothing was written"),
            _ => table::show(&session.console, &plan, nothing_done),
        }
        for (name, backup) in &written.overwritten {
            session.console.progress(format_args!("`{name}` was overwritten; the old text is in `{backup}`"));
        }
        session.console.document(&Document::new(
            "publish",
            PublishBody {
                decisions: plan.decisions.iter().map(DecisionBody::of).collect(),
                also_needed: plan.also_needed.iter().map(ToString::to_string).collect(),
                packages: PackageState::of_decisions(&plan.decisions)
                    .iter()
                    .map(PackageStateBody::of)
                    .collect(),
                silent,
                folder: work.folders.shown(folder.path()),
                created: written.created,
                overwritten: written.overwritten,
                dry_run: nothing_done,
            },
        ));
        Ok(if plan.has_conflicts() && !self.list && !declined { Exit::REFUSED } else { Exit::DONE })
    }
}

impl Publish {
    /// Where both changed a file, a person who updates has to look.
    fn shows_difference(&self, decision: &Decision) -> bool {
        let (state, action) = (decision.state, decision.action);
        self.diff || self.update && (state, action) == (PublishState::Diverged, PublishAction::Conflict)
    }

    /// Whether a person is there who has not said what to publish.
    fn can_choose(&self, session: &Session) -> bool {
        let said = !self.package.is_empty() || !self.only.is_empty() || session.options.yes;
        !said && !self.list && !self.dry_run && session.console.can_ask()
    }

    /// Dependencies come along: on a terminal it is asked, elsewhere it is done and shown.
    fn wants_what_is_needed(&self, session: &Session, plan: &PublishPlan) -> bool {
        if self.dry_run || session.options.yes || !session.console.can_ask() {
            return true;
        }
        let question = format!("{} needed too, and not published yet; publish as well?", table::needed(plan));
        session.confirm_by_default(&question)
    }
}

/// The folder of published files: `--path`, or that of the database.
pub fn destination(session: &Session) -> Result<PathBuf, CommandError> {
    match session.options.path.as_slice() {
        [] => session.settings.own_path().map(PathBuf::from).ok_or_else(|| no_folder(session)),
        [path] => Ok(session.settings.root.join(path)),
        _ => Err(CommandError::usage("`--path` is the folder written to: it is given once")),
    }
}

/// A published file names no database: its folder does.
fn no_folder(session: &Session) -> CommandError {
    let name = &session.settings.name;
    CommandError::usage(format!("the database `{name}` has no folder of its own to publish to"))
        .hint(format!("set `path = \"database/{name}\"` under `[databases.{name}]` in `arvel.toml`"))
}

/// The migrations of the program, as far as they can be read: a broken set is no reason not to publish.
pub fn compiled(session: &Session) -> Vec<Migration> {
    let catalog = session.settings.catalog(&[]).unwrap_or_default();
    catalog.migrations().iter().map(|migration| migration.as_ref().clone()).collect()
}
