//! A revision as a line, and as a block of everything that is known of it.

use arvel_migrate::{history::State, migration::RevisionId};

use super::{Place, Places};
use crate::output::{human::duration, theme};

/// What a revision is in the graph: its labels, then its kinds.
pub fn marks(place: &Place<'_>) -> Vec<String> {
    let labels = place.migration.map(|migration| migration.labels.as_slice()).unwrap_or_default();
    let kinds = [
        (place.current == Some(true), "current"),
        (place.is_head(), "head"),
        (place.is_branch_point(), "branch point"),
        (place.is_merge_point(), "merge point"),
        (place.is_base(), "base"),
    ];
    let kinds = kinds.into_iter().filter(|(is, _)| *is).map(|(_, word)| word.to_owned());
    labels.iter().map(ToString::to_string).chain(kinds).collect()
}

/// `5_e <- 3_c, 4_d needs 1_a (blog) (head), its description`. The parents are said where they are not `below`, the
/// revision of the next line.
pub fn line(place: &Place<'_>, below: Option<&RevisionId>) -> String {
    let mut line = theme::paint(theme::BOLD, place.revision);
    let told = matches!((place.parents, below), ([parent], Some(below)) if parent == below);
    if !told && !place.is_base() {
        line.push_str(&format!(" <- {}", names(place.parents)));
    }
    if !place.depends_on.is_empty() {
        line.push_str(&format!(" needs {}", names(place.depends_on)));
    }
    line.push_str(&titles(place));
    line
}

/// `5_e (blog) (head), its description`.
pub fn title(place: &Place<'_>) -> String {
    format!("{}{}", theme::paint(theme::BOLD, place.revision), titles(place))
}

/// ` (blog) (head), its description`.
pub fn titles(place: &Place<'_>) -> String {
    let marks: String = marks(place).iter().map(|mark| format!(" ({mark})")).collect();
    let description = place.migration.and_then(|migration| migration.description.as_deref());
    let description = description.map(|text| format!(", {}", first_line(text))).unwrap_or_default();
    format!("{}{description}", theme::paint(theme::DIM, marks))
}

/// The word for its state, padded and painted; nothing when the database was not asked.
pub fn state_word(place: &Place<'_>) -> String {
    let Some(state) = place.state.map(|state| state.state) else { return String::new() };
    let style = match state {
        State::Applied => theme::GOOD,
        State::Missing | State::Failed => theme::BAD,
        State::Pending | State::Late | State::Changed => theme::WARN,
        State::Skipped => theme::DIM,
    };
    theme::paint(style, format!("{:<8}", state.as_str()))
}

/// Everything that is known of a revision, a line for each.
pub fn block(place: &Place<'_>, places: &Places<'_>) -> Vec<String> {
    let kinds: String = marks(place).iter().map(|mark| format!(" ({mark})")).collect();
    let mut lines = vec![field("revision", format!("{}{kinds}", theme::paint(theme::BOLD, place.revision)))];
    let mut add = |name: &str, text: String| {
        if !text.is_empty() {
            lines.push(field(name, text));
        }
    };
    add("parents", if place.is_base() { "none".to_owned() } else { names(place.parents) });
    add("depends on", names(place.depends_on));
    add("followed by", names(place.children));
    if let Some(migration) = place.migration {
        let labels: Vec<String> = migration.labels.iter().map(ToString::to_string).collect();
        add("labels", labels.join(", "));
        add("line", migration.line.to_string());
        add("origin", migration.origin.as_ref().map(ToString::to_string).unwrap_or_default());
        add("description", migration.description.clone().unwrap_or_default());
        let path = migration.path.as_ref().map(|path| places.path(path).display().to_string());
        add("file", path.unwrap_or_default());
        add("checksum", arvel_migrate::migration::Checksum::of(migration).to_string());
    }
    if let Some(state) = place.state {
        add("state", applied(state));
    }
    lines
}

/// `applied, batch 2, 2026-11-20 14:30:00 UTC, 12 ms`.
fn applied(state: &arvel_migrate::history::RevisionState) -> String {
    let mut parts = vec![state.state.to_string()];
    if let Some(row) = &state.row {
        parts.push(match row.batch {
            _ if row.stamped => "stamped".to_owned(),
            Some(batch) => format!("batch {batch}"),
            None => "no batch".to_owned(),
        });
        let moment = row.applied_at.get(..19).unwrap_or(&row.applied_at).replace('T', " ");
        parts.push(format!("{moment} UTC"));
        if !row.stamped {
            parts.push(duration(row.duration_ms.try_into().unwrap_or(0)));
        }
    }
    parts.join(", ")
}

/// A name and what is said of it; more lines of it are indented below the first.
pub fn field(name: &str, text: impl std::fmt::Display) -> String {
    let text = text.to_string().replace('\n', &format!("\n{:13}", ""));
    format!("{} {text}", theme::paint(theme::DIM, format!("{name:<12}")))
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

fn names(revisions: &[RevisionId]) -> String {
    revisions.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
