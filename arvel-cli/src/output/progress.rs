//! A run as it goes on: a line per migration.
//!
//! On a terminal the line is there before the migration runs and is finished in place, with the statement under way
//! after a second. Piped, the same words come without motion, when they are true.

use std::{
    sync::{Arc, Mutex, PoisonError, Weak},
    time::{Duration, Instant},
};

use arvel_migrate::exec::{Event, Observer, StepReport, StepState};

use super::{
    Console,
    card::one_line,
    human::{self, duration},
    theme,
};

/// The column at which a finished line ends.
const WIDTH: usize = 88;
/// After this long the statement under way is shown.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often a piped run says that it still waits for the lock.
const REMINDER: u64 = 10;

/// Shows the events of runs.
pub struct Progress {
    console: Console,
    line: Arc<Mutex<Line>>,
}

/// The line that is not finished yet.
#[derive(Default)]
struct Line {
    /// `[3/12] name`.
    head: String,
    /// Since when the step, or its statement, is under way.
    since: Option<Instant>,
    /// The statement under way, where they go one by one.
    statement: String,
    /// Whether the cursor stands in an unfinished line.
    open: bool,
    /// When a reminder of the lock was shown, in seconds of waiting.
    reminded: Option<u64>,
}

impl Progress {
    /// Shows events on a console.
    pub fn new(console: Console) -> Self {
        let line = Arc::new(Mutex::new(Line::default()));
        if console.has_motion() {
            tick(&console, Arc::downgrade(&line));
        }
        Self { console, line }
    }

    fn with<R>(&self, f: impl FnOnce(&mut Line) -> R) -> R {
        f(&mut self.line.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes an unfinished line away, so that something whole can be written.
    fn clear(&self, line: &mut Line) {
        if std::mem::take(&mut line.open) {
            self.console.progress_text(CLEAR);
        }
    }
}

/// Back to the start of the line, and empty to its end.
const CLEAR: &str = "\r\x1b[2K";

impl Observer for Progress {
    fn event(&self, event: &Event<'_>) {
        self.with(|line| match event {
            Event::LockWaiting { holder, waited } => {
                let who = holder.map_or_else(|| "another migrator".to_owned(), ToString::to_string);
                let text = format!("waiting for the lock of {who}, {} s so far", waited.as_secs());
                if self.console.has_motion() {
                    self.console.progress_text(&format!("{CLEAR}{text}"));
                    line.open = true;
                } else if line.reminded.is_none_or(|last| waited.as_secs() >= last + REMINDER) {
                    line.reminded = Some(waited.as_secs());
                    self.console.progress(text);
                }
            }
            Event::Started { .. } => self.clear(line),
            Event::StepStarted { number, steps, revision, .. } => {
                self.clear(line);
                line.head = format!("[{number}/{steps}] {revision}");
                line.since = Some(Instant::now());
                line.statement.clear();
                if self.console.has_motion() {
                    self.console.progress_text(&format!("{} ", line.head));
                    line.open = true;
                }
            }
            Event::StatementStarted { sql } => {
                line.since = Some(Instant::now());
                line.statement = one_line(sql);
            }
            Event::RemnantRemoved { what } => {
                self.clear(line);
                self.console.progress(format_args!("an earlier try left the {what}, which comes first"));
            }
            Event::Retrying { revision, attempt, reason } => {
                self.clear(line);
                self.console.progress(format_args!("{revision}: {reason}; try {attempt}"));
            }
            Event::Warned { about } => {
                self.clear(line);
                self.console.progress(format_args!("warning: {about}"));
            }
            Event::Resumed { revision, done } => {
                self.clear(line);
                let statements = human::count(*done, "statement");
                self.console.progress(format_args!(
                    "{revision}: an earlier run did not finish it; {statements} found done"
                ));
            }
            Event::StepFinished { number, steps, report } => {
                self.clear(line);
                line.since = None;
                self.console.progress(finished(*number, *steps, report));
                if self.console.is_verbose() {
                    human::verbose(&self.console, &report.statements);
                }
            }
            _ => {}
        });
    }
}

/// `[3/12] 2026_…_create_posts_table ........ 12 ms DONE`.
fn finished(number: usize, steps: usize, report: &StepReport) -> String {
    let (style, word) = match report.state {
        StepState::Done => (theme::GOOD, "DONE"),
        StepState::Failed => (theme::BAD, "FAIL"),
        StepState::Stopped => (theme::BAD, "STOP"),
        StepState::Planned => (theme::WARN, "SKIP"),
    };
    let late = if report.late { " (late)" } else { "" };
    let head = format!("[{number}/{steps}] {}{late}", report.revision);
    let time = duration(report.duration_ms);
    let used = head.chars().count() + time.len() + word.len() + 3;
    let dots = ".".repeat(WIDTH.saturating_sub(used).max(3));
    format!("{head} {} {time} {}", theme::paint(theme::DIM, dots), theme::paint(style, word))
}

/// Redraws the unfinished line once a second while a statement takes long.
fn tick(console: &Console, line: Weak<Mutex<Line>>) {
    let console = console.clone();
    let thread = std::thread::Builder::new().name("progress".to_owned());
    // Without the thread there is one comfort less, and nothing else.
    let _ = thread.spawn(move || {
        loop {
            std::thread::sleep(Duration::from_millis(500));
            let Some(line) = line.upgrade() else { return };
            let line = line.lock().unwrap_or_else(PoisonError::into_inner);
            let Some(since) = line.since.filter(|since| line.open && since.elapsed() >= PATIENCE) else {
                continue;
            };
            let text = format!("{} {} s {}", line.head, since.elapsed().as_secs(), line.statement);
            let text: String = text.chars().take(WIDTH).collect();
            console.progress_text(&format!("{CLEAR}{text}"));
        }
    });
}

#[cfg(test)]
mod tests {
    use arvel_migrate::{migration::RevisionId, plan::Direction};

    use super::*;

    #[test]
    fn a_finished_line() {
        let report = |name: &str, state, late| StepReport {
            revision: RevisionId::new(name).expect("a name"),
            direction: Direction::Up,
            state,
            late,
            irreversible: None,
            statements: Vec::new(),
            duration_ms: 12,
        };
        let plain = |text: String| anstream::adapter::strip_str(&text).to_string();
        let line =
            plain(finished(3, 12, &report("2026_11_20_143000_create_posts_table", StepState::Done, false)));
        assert_eq!(
            line,
            format!("[3/12] 2026_11_20_143000_create_posts_table {} 12 ms DONE", ".".repeat(33))
        );
        assert_eq!(line.chars().count(), WIDTH);
        let line = plain(finished(1, 1, &report(&"x".repeat(100), StepState::Failed, true)));
        assert_eq!(line, format!("[1/1] {} (late) ... 12 ms FAIL", "x".repeat(100)));
    }
}
