//! The table of `db publish`: one line for each stub, the reasons below it, and the sum.

use arvel_migrate::publish::{Decision, PublishAction, PublishPlan, PublishState};

use crate::output::{
    Console,
    human::{count, table},
    theme,
};

/// The decisions, why, and the sum.
pub fn show(console: &Console, plan: &PublishPlan, nothing_done: bool) {
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

fn state(state: PublishState) -> &'static str {
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

fn style(action: PublishAction) -> anstyle::Style {
    match action {
        PublishAction::Nothing => theme::DIM,
        PublishAction::Write | PublishAction::Overwrite | PublishAction::Merge => theme::GOOD,
        PublishAction::Keep => theme::WARN,
        PublishAction::Conflict => theme::BAD,
    }
}

/// `` `a/x`, `b/y` are ``.
pub fn needed(plan: &PublishPlan) -> String {
    let names: Vec<String> = plan.also_needed.iter().map(|origin| format!("`{origin}`")).collect();
    format!("{} {}", names.join(", "), if names.len() == 1 { "is" } else { "are" })
}
