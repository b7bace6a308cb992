//! The views of a difference: what `db publish --diff` shows of one file, and what a conflict of `--update` shows.
//!
//! Where the text that a file was made from is known, two small differences say who changed what, and the merge says
//! whether both fit. Else one difference has to do, and why is said.

use arvel_migrate::publish::{Decision, Merged, PublishState, ThreeWay};

use super::former::NoFormer;
use crate::output::{Console, theme};

/// How a file differs from what its package has.
pub fn show(console: &Console, decision: &Decision, no_former: Option<&NoFormer>) {
    let (Some(file), Some(current)) = (&decision.file, &decision.current) else { return };
    if decision.state == PublishState::Identical {
        return;
    }
    let origin = decision.origin.to_string();
    let packages = format!("{origin} {}", decision.version);
    match &decision.three_way {
        Some(three_way) => show_three_way(console, three_way, file, &packages),
        None => {
            unified(console, current, &decision.text, file, &packages);
            if let Some(why) = no_former {
                console.note(format_args!(
                    "{origin}: this is the difference from yours to the package's; {why}"
                ));
            }
        }
    }
    if decision.state == PublishState::Diverged
        && !decision.writes()
        && let Some(line) = first_line(&decision.text)
    {
        console.note(format_args!(
            "{origin}: once your file has what you want of both, give it this line of the publisher:\n{line}"
        ));
    }
}

fn show_three_way(console: &Console, three_way: &ThreeWay, file: &str, packages: &str) {
    let ThreeWay { base, yours, theirs, merged } = three_way;
    unified(console, base, yours, "as published", &format!("{file} (yours)"));
    unified(console, base, theirs, "as published", &format!("{packages} (theirs)"));
    match merged {
        Merged::Clean(text) => {
            console.result(theme::paint(theme::GOOD, "a merge has both changes:"));
            unified(console, yours, text, &format!("{file} (yours)"), &format!("{file} (merged)"));
        }
        Merged::Clash(text) => {
            console.result(theme::paint(theme::BAD, "a merge clashes:"));
            clashes(text).into_iter().for_each(|line| console.result(line));
        }
    }
}

/// The places of a merge that both changed, each with the two forms.
fn clashes(text: &str) -> Vec<String> {
    let mut side = None;
    let mut shown = Vec::new();
    for line in text.lines() {
        let mark = match line.get(..7) {
            Some("<<<<<<<") => {
                side = Some(theme::BAD);
                "<<<<<<< yours"
            }
            Some("=======") if side.is_some() => {
                side = Some(theme::GOOD);
                "======="
            }
            Some(">>>>>>>") if side.take().is_some() => ">>>>>>> theirs",
            _ => {
                shown.extend(side.map(|side| theme::paint(side, line)));
                continue;
            }
        };
        shown.push(theme::paint(theme::DIM, mark));
    }
    shown
}

fn unified(console: &Console, from: &str, to: &str, from_name: &str, to_name: &str) {
    let diff = similar::TextDiff::from_lines(from, to);
    let text = diff.unified_diff().context_radius(2).header(from_name, to_name).to_string();
    for line in text.lines() {
        let style = match line.as_bytes().first() {
            Some(b'+') => theme::GOOD,
            Some(b'-') => theme::BAD,
            Some(b'@') => theme::DIM,
            _ => anstyle::Style::new(),
        };
        console.result(theme::paint(style, line));
    }
}

/// The publisher's line of a text.
fn first_line(text: &str) -> Option<&str> {
    text.lines().find(|line| line.contains(" published from "))
}
