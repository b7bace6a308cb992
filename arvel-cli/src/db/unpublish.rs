//! `db unpublish`: removes published files that nobody edited, applied or needs.

use arvel_core::Exit;
use arvel_migrate::{
    migration::Migration,
    publish::{
        Left, Removal, UnpublishOptions, UnpublishPlan, bundled, plan_unpublish, read_files, remove_published,
    },
};
use clap::Args;

use super::{applied, publish, session::Session};
use crate::{
    again::Tries,
    error::CommandError,
    make::Work,
    output::{
        Console,
        human::count,
        json::{Document, RemovalBody, UnpublishBody},
        listing::{self, Group, Row},
        theme,
    },
};

/// Remove published migrations that nobody edited, applied or needs
#[derive(Args, Debug)]
#[command(after_help = "Example: db unpublish arvel-media --dry-run\n         \
                        db unpublish arvel-auth --only create_tokens_table")]
pub struct Unpublish {
    /// The packages, also those that are not linked any more
    #[arg(value_name = "PACKAGE", required_unless_present = "only")]
    packages: Vec<String>,
    /// Only this stub, as `name` or `package/name`; repeatable
    #[arg(long, value_name = "STUB")]
    only: Vec<String>,
    /// Go on where not every database answers
    #[arg(long)]
    assume_unapplied: bool,
    /// Show what would be removed, and do nothing
    #[arg(long, visible_alias = "pretend")]
    dry_run: bool,
}

impl Unpublish {
    /// Somebody else may write into the folder meanwhile: then it plans again.
    pub async fn run(&self, session: &Session) -> Result<Exit, CommandError> {
        let mut tries = Tries::new();
        loop {
            match self.once(session).await {
                Err(error) if tries.again(&session.console, &error) => {}
                done => return done,
            }
        }
    }

    async fn once(&self, session: &Session) -> Result<Exit, CommandError> {
        let work = session.work();
        let path = publish::destination(session)?;
        let (folder, _) = work.folders.listing(&path)?;
        match self.dry_run {
            true => work.tell_interrupted(&folder),
            false => work.recover(&folder)?,
        }
        let files = read_files(&folder)?;
        let answers = applied::ask(session, &path).await;
        answers.tell(session);
        let options = UnpublishOptions {
            packages: self.packages.clone(),
            only: self.only.clone(),
            applied: answers.origins(&files),
            assume_unapplied: self.assume_unapplied,
        };
        let elsewhere = shown_from(&work, publish::compiled(session));
        let plan = plan_unpublish(&bundled()?, &files, &elsewhere, &options)?;
        let removed = match self.dry_run {
            true => Vec::new(),
            false => remove_published(&folder, &plan)?.removed,
        };
        show(&session.console, &plan, self.dry_run);
        session.console.document(&Document::new(
            "unpublish",
            UnpublishBody {
                removals: plan.removals.iter().map(RemovalBody::of).collect(),
                silent: answers.silent(),
                folder: work.folders.shown(folder.path()),
                removed,
                dry_run: self.dry_run,
            },
        ));
        Ok(if plan.leaves() { Exit::REFUSED } else { Exit::DONE })
    }
}

/// Migrations with their paths as they are shown.
fn shown_from(work: &Work, migrations: Vec<Migration>) -> Vec<Migration> {
    let shown =
        |of: Migration| Migration { path: of.path.as_ref().map(|path| work.folders.shown(path)), ..of };
    migrations.into_iter().map(shown).collect()
}

fn show(console: &Console, plan: &UnpublishPlan, dry_run: bool) {
    if plan.removals.is_empty() {
        console.result("nothing to unpublish: no file of the folder is from there");
        return;
    }
    let mut groups: Vec<Group<3>> = Vec::new();
    for removal in &plan.removals {
        let row = Row {
            cells: [
                action(removal, dry_run).to_owned(),
                removal.left.map(why).unwrap_or_default().to_owned(),
                publish::name(removal.origin.stub(), Some(&removal.file)),
            ],
            style: if removal.left.is_some() { theme::WARN } else { theme::GOOD },
            note: removal.reason.clone(),
        };
        let title = removal.origin.package();
        match groups.iter_mut().find(|group| group.title == title) {
            Some(group) => group.rows.push(row),
            None => groups.push(Group { title: title.to_owned(), about: String::new(), rows: vec![row] }),
        }
    }
    listing::show(console, &groups);
    console.result("");
    let left = plan.removals.iter().filter(|removal| removal.left.is_some()).count();
    if let Some(hint) = hint(plan) {
        console.note(format_args!("  hint: {hint}"));
    }
    let verb = if dry_run { "would remove" } else { "removed" };
    let mut line = match plan.removals.len() - left {
        0 => "nothing removed".to_owned(),
        gone => format!("{verb} {}", count(gone, "file")),
    };
    if left > 0 {
        line.push_str(&format!(", {left} left"));
    }
    console.result(line);
}

fn action(removal: &Removal, dry_run: bool) -> &'static str {
    match (removal.left, dry_run) {
        (Some(_), _) => "left",
        (None, true) => "remove",
        (None, false) => "removed",
    }
}

fn why(left: Left) -> &'static str {
    match left {
        Left::Applied => "applied",
        Left::Edited => "edited",
        Left::Duplicate => "duplicate",
        Left::Unknown => "unknown",
        Left::Needed => "needed",
    }
}

/// The way on from the first reason.
fn hint(plan: &UnpublishPlan) -> Option<String> {
    let left = |but: Option<Left>| plan.removals.iter().find(|of| of.left.is_some() && of.left != but);
    // What is needed may be so by one that is left for a reason of its own.
    let first = left(Some(Left::Needed)).or_else(|| left(None))?;
    let stem = super::delete::stem_of(&first.file);
    Some(match first.left? {
        Left::Applied => "`db rollback` or `db downgrade` undoes it; then unpublish again".to_owned(),
        Left::Edited => format!("`db delete {stem}` removes it all the same"),
        Left::Duplicate => format!("`db delete {stem}` removes one of them"),
        Left::Unknown => "where it is applied nowhere, `--assume-unapplied` goes on".to_owned(),
        Left::Needed => match first.others.first() {
            Some(other) => format!("take it out of the header of `{}`, or remove that file first", other),
            None => return None,
        },
    })
}
