//! Words and tables for people.

use arvel_migrate::{
    DatabaseIdentity, Status,
    exec::{RunReport, StepState},
    history::{RevisionState, State},
    plan::Direction,
};

use super::{Console, card::one_line, theme};

/// `1 migration`, `2 migrations`.
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// A word of a command line, as it can be pasted into a shell.
pub fn word(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "_-./=:@{}%+,".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// The word for a step's state, as programs read it.
pub fn step_state(state: StepState) -> &'static str {
    match state {
        StepState::Done => "done",
        StepState::Planned => "planned",
        StepState::Failed => "failed",
        StepState::Stopped => "stopped",
    }
}

/// A duration in the unit that people would use.
pub fn duration(ms: u64) -> String {
    match ms {
        0..10_000 => format!("{ms} ms"),
        10_000..600_000 => format!("{}.{} s", ms / 1000, ms % 1000 / 100),
        _ => format!("{} min {} s", ms / 60_000, ms / 1000 % 60),
    }
}

/// `applied 3 migrations in 40 ms (batch 2)`, or `undid …`.
pub fn total(report: &RunReport) -> String {
    let undone = report.steps.iter().filter(|step| step.direction == Direction::Down).count();
    let applied = report.steps.len() - undone;
    let ms = report.steps.iter().map(|step| step.duration_ms).sum();
    let verb = if applied > 0 { "applied" } else { "undid" };
    let batch = report.batch.map(|batch| format!(" (batch {batch})")).unwrap_or_default();
    let what = match report.steps.as_slice() {
        [step] => format!("`{}`", step.revision),
        steps => count(steps.len(), "migration"),
    };
    format!("{verb} {what} in {}{batch}", duration(ms))
}

/// The statements of a dry run, as a script that can be read.
pub fn script(console: &Console, report: &RunReport) {
    let steps = report.steps.len();
    for (at, step) in report.steps.iter().enumerate() {
        let late = if step.late { ", late" } else { "" };
        let head = format!("-- [{}/{steps}] {} ({}{late})", at + 1, step.revision, step.direction.as_str());
        console.result(theme::paint(theme::BOLD, head));
        if let Some(reason) = &step.irreversible {
            console.result(format_args!("-- no way back: {reason}"));
        }
        statements(console, &step.statements);
    }
}

/// Statements, each ended so that the whole can be pasted.
pub fn statements(console: &Console, statements: &[String]) {
    for statement in statements {
        let end = if statement.starts_with("--") || statement.trim_end().ends_with(';') { "" } else { ";" };
        console.result(format_args!("{statement}{end}"));
    }
}

/// The last line of a dry run.
pub fn would(console: &Console, report: &RunReport) {
    let undone = report.steps.iter().filter(|step| step.direction == Direction::Down).count();
    let applied = report.steps.len() - undone;
    let mut parts = Vec::new();
    if undone > 0 {
        parts.push(format!("undo {}", count(undone, "migration")));
    }
    if applied > 0 {
        parts.push(format!("apply {}", count(applied, "migration")));
    }
    if parts.is_empty() {
        parts.push("do nothing".to_owned());
    }
    console.progress(format_args!("dry run: would {}; nothing was done", parts.join(", then ")));
}

/// The table of `db status`.
pub fn status(console: &Console, status: &Status, only_pending: bool) {
    let comparison = &status.comparison;
    let shown: Vec<&RevisionState> =
        if only_pending { comparison.pending().collect() } else { comparison.states().iter().collect() };
    if !shown.is_empty() {
        let mut rows = vec![["state", "batch", "applied at (UTC)", "revision", "origin"].map(str::to_owned)];
        rows.extend(shown.iter().map(|state| cells(state)));
        let styles: Vec<_> = shown.iter().map(|state| style_of(state.state)).collect();
        table(console, &rows, &styles);
    }
    database(console, &status.database);
    console.result(summary(status));
}

/// Which database was asked.
pub fn database(console: &Console, database: &DatabaseIdentity) {
    let place = if database.host.is_empty() {
        database.database.clone()
    } else {
        format!("{} on {}", database.database, database.host)
    };
    console.progress(format_args!("{} {place}", database.driver));
}

fn cells(state: &RevisionState) -> [String; 5] {
    let row = state.row.as_ref();
    let batch = match row {
        Some(row) if row.stamped => "stamped".to_owned(),
        Some(row) => row.batch.map(|batch| batch.to_string()).unwrap_or_default(),
        None => String::new(),
    };
    let migration = state.migration.as_deref();
    let origin = migration
        .and_then(|migration| migration.origin.as_ref())
        .map(ToString::to_string)
        .or_else(|| row.and_then(|row| row.origin.clone()));
    [
        state.state.to_string(),
        batch,
        row.map(|row| seconds(&row.applied_at)).unwrap_or_default(),
        state.revision.to_string(),
        origin.unwrap_or_default(),
    ]
}

/// `2026-11-20T14:30:00.123456Z` as `2026-11-20 14:30:00`.
fn seconds(moment: &str) -> String {
    moment.get(..19).unwrap_or(moment).replace('T', " ")
}

fn style_of(state: State) -> anstyle::Style {
    match state {
        State::Applied => theme::GOOD,
        State::Missing | State::Failed => theme::BAD,
        State::Pending | State::Late | State::Changed => theme::WARN,
        State::Skipped => theme::DIM,
    }
}

fn summary(status: &Status) -> String {
    let comparison = &status.comparison;
    if comparison.states().is_empty() {
        return "no migrations: `make migration NAME` writes the first one".to_owned();
    }
    let mut parts: Vec<String> = Vec::new();
    for state in [
        State::Applied,
        State::Pending,
        State::Late,
        State::Missing,
        State::Changed,
        State::Failed,
        State::Skipped,
    ] {
        let number = comparison.states().iter().filter(|of| of.state == state).count();
        if number > 0 {
            parts.push(format!("{number} {state}"));
        }
    }
    parts.join(", ")
}

/// A table: the first row is its head, the first column takes the styles.
pub fn table<const N: usize>(console: &Console, rows: &[[String; N]], styles: &[anstyle::Style]) {
    let mut widths = [0; N];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    // A column that nobody fills is left out, its head too.
    let filled: Vec<usize> =
        (0..N).filter(|column| rows.iter().skip(1).any(|row| !row[*column].is_empty())).collect();
    // One text: a line of its own would be a write of its own, ten thousand times.
    let mut lines: Vec<String> = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        let last = filled.iter().rev().find(|column| !row[**column].is_empty());
        let mut line = String::new();
        for column in filled.iter().take_while(|column| last.is_some_and(|last| *column <= last)) {
            let style = match at.checked_sub(1) {
                None => theme::DIM,
                Some(row) if *column == 0 => styles.get(row).copied().unwrap_or_default(),
                Some(_) => anstyle::Style::new(),
            };
            line.push_str(&theme::paint(style, &row[*column]));
            if Some(column) != last {
                line.push_str(&" ".repeat(widths[*column] - row[*column].chars().count() + 2));
            }
        }
        lines.push(line);
    }
    console.result(lines.join("\n"));
}

/// The statements of a finished step, for `-v`.
pub fn verbose(console: &Console, statements: &[String]) {
    for statement in statements {
        console.progress(theme::paint(theme::DIM, format!("      {}", one_line(statement))));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        let table = [(0, "0 ms"), (9_999, "9999 ms"), (12_340, "12.3 s"), (754_000, "12 min 34 s")];
        for (ms, text) in table {
            assert_eq!(duration(ms), text);
        }
    }
}
