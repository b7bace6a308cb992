//! What `db publish` shows of its decisions: a group for each package, a row for each stub with the reason below it, and the sum.

use arvel_migrate::publish::{Decision, PackageState, PublishAction, PublishPlan, PublishState};

use crate::output::{
    Console,
    human::count,
    listing::{self, Group, Row},
    packages, theme,
};

/// The decisions, why, and the sum.
pub fn show(console: &Console, plan: &PublishPlan, nothing_done: bool) {
    if plan.decisions.is_empty() {
        return nothing_linked(console);
    }
    let row = |decision: &Decision| Row {
        cells: [
            action(decision, nothing_done).to_owned(),
            state(decision.state).to_owned(),
            name(decision.origin.stub(), decision.file.as_deref()),
        ],
        style: style(decision.action),
        note: decision.reason.clone(),
    };
    listing::show(console, &groups(&plan.decisions, row, |_| String::new()));
    console.result("");
    if !plan.also_needed.is_empty() {
        console.note(format_args!("{} needed too", needed(plan)));
    }
    let number = plan.decisions.iter().filter(|decision| decision.writes()).count();
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

/// How everything stands: `--list`.
pub fn list(console: &Console, plan: &PublishPlan) {
    if plan.decisions.is_empty() {
        return nothing_linked(console);
    }
    let row = |decision: &Decision| Row {
        cells: [
            state(decision.state).to_owned(),
            applied(decision).to_owned(),
            name(decision.origin.stub(), decision.current.as_ref().and(decision.file.as_deref())),
        ],
        style: listed(decision.state),
        note: decision.reason.clone(),
    };
    let all = PackageState::of_decisions(&plan.decisions);
    let about = |name: &str| {
        all.iter().find(|package| package.package == name).map(packages::sums).unwrap_or_default()
    };
    listing::show(console, &groups(&plan.decisions, row, about));
    console.result("");
    console.result(packages::total(&all));
    let open = |action| plan.decisions.iter().any(|of| of.state == PublishState::New && of.action == action);
    if open(PublishAction::Write) {
        console.note("  hint: `db publish` writes what is new; `--package P` only that of one package");
    } else if open(PublishAction::Keep) {
        console.note("  hint: `db publish --update` chooses between a newer text and its follow-ups");
    }
}

fn nothing_linked(console: &Console) {
    console.result("nothing to publish: no linked package bundles migrations");
    console.note(
        "  hint: a package that is only a line in Cargo.toml is never linked; name it once: `use arvel_auth as _;`",
    );
}

/// A group for each package, in the order of the decisions.
fn groups<const N: usize>(
    decisions: &[Decision],
    row: impl Fn(&Decision) -> Row<N>,
    about: impl Fn(&str) -> String,
) -> Vec<Group<N>> {
    let mut groups: Vec<Group<N>> = Vec::new();
    let mut names: Vec<&str> = Vec::new();
    for decision in decisions {
        let package = decision.origin.package();
        let at = names.iter().position(|name| *name == package).unwrap_or_else(|| {
            names.push(package);
            let (title, about) = (format!("{package} {}", decision.version), about(package));
            groups.push(Group { title, about, rows: Vec::new() });
            groups.len() - 1
        });
        groups[at].rows.push(row(decision));
    }
    groups
}

/// A file, with its stub where its name does not say it; a stub without a file by its own name.
pub fn name(stub: &str, file: Option<&str>) -> String {
    let Some(file) = file else { return stub.to_owned() };
    match file.contains(&stub.replace('-', "_")) {
        true => file.to_owned(),
        false => format!("{file} ({stub})"),
    }
}

fn action(decision: &Decision, nothing_done: bool) -> &'static str {
    match (decision.action, nothing_done) {
        (PublishAction::Nothing, _) => "nothing",
        (PublishAction::Write, true) => "write",
        (PublishAction::Write, false) => "written",
        (PublishAction::Overwrite, true) => "overwrite",
        (PublishAction::Overwrite, false) => "overwritten",
        (PublishAction::Merge, true) => "merge",
        (PublishAction::Merge, false) => "merged",
        (PublishAction::Keep, true) => "keep",
        (PublishAction::Keep, false) => "kept",
        (PublishAction::Conflict, _) => "conflict",
    }
}

/// The word for a state.
pub fn state(state: PublishState) -> &'static str {
    match state {
        PublishState::New => "new",
        PublishState::Identical => "identical",
        PublishState::Edited => "edited",
        PublishState::Outdated => "outdated",
        PublishState::Diverged => "diverged",
        PublishState::NameTaken => "name taken",
        PublishState::Duplicate => "duplicate",
        PublishState::Followed => "followed",
        PublishState::NotNeeded => "not needed",
        PublishState::InPlace => "in place",
    }
}

/// Of what ran, or could have.
fn applied(decision: &Decision) -> &'static str {
    let can_run = decision.current.is_some() || decision.state == PublishState::InPlace;
    match decision.applied {
        _ if !can_run => "",
        Some(true) => "applied",
        Some(false) => "not applied",
        None => "applied: unknown",
    }
}

fn style(action: PublishAction) -> anstyle::Style {
    match action {
        PublishAction::Nothing => theme::DIM,
        PublishAction::Write | PublishAction::Overwrite | PublishAction::Merge => theme::GOOD,
        PublishAction::Keep => theme::WARN,
        PublishAction::Conflict => theme::BAD,
    }
}

fn listed(state: PublishState) -> anstyle::Style {
    match state {
        PublishState::New => theme::GOOD,
        PublishState::Identical
        | PublishState::Followed
        | PublishState::NotNeeded
        | PublishState::InPlace => theme::DIM,
        PublishState::Edited | PublishState::Outdated => theme::WARN,
        PublishState::Diverged | PublishState::NameTaken | PublishState::Duplicate => theme::BAD,
    }
}

/// `` `a/x`, `b/y` are ``.
pub fn needed(plan: &PublishPlan) -> String {
    let names: Vec<String> = plan.also_needed.iter().map(|origin| format!("`{origin}`")).collect();
    format!("{} {}", names.join(", "), if names.len() == 1 { "is" } else { "are" })
}
