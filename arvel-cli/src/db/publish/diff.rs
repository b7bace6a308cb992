//! The view of a difference: what `db publish --diff` shows of one file.

use arvel_migrate::publish::{Decision, PublishState};

use crate::output::{Console, theme};

/// A unified diff from your file to what the package would have there.
pub fn show(console: &Console, decision: &Decision) {
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
        console.result(theme::paint(style, line));
    }
}
