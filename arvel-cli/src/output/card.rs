//! An error as a person reads it: what, where, what the database said, what is in effect now, and the one command
//! that goes on.

use std::{fmt::Write as _, path::Path};

use arvel_migrate::{
    dialect::{SplitError, caret},
    exec::{AfterFailure, Failure, Leftover, RunReport},
    migration::RevisionId,
    plan::Direction,
};

use super::{human::count, theme};
use crate::error::CommandError;

/// How many lines of a statement are shown before the caret's, and without a caret.
const LINES: usize = 12;

/// The whole card, without a final end of line.
pub fn render(error: &CommandError) -> String {
    let mut card = String::new();
    let label = theme::paint(theme::BAD, "error:");
    match &error.failure {
        Some(failure) => {
            let way = match failure.direction {
                Direction::Up => "up",
                Direction::Down => "down",
            };
            push(&mut card, format_args!("{label} `{}` failed on its way {way}", failure.revision));
            step(&mut card, failure);
        }
        None => {
            push(&mut card, format_args!("{label} {}", error.message));
            match (&error.file, &error.split) {
                (file, Some(split)) => unsplit(&mut card, file.as_deref(), split),
                (Some(file), None) => push(&mut card, format_args!("  --> {}", file.display())),
                (None, None) => {}
            }
        }
    }
    if let Some(database) = &error.database {
        push(&mut card, format_args!("  database: `{database}`"));
    }
    if let Some(report) = &error.report {
        done_before(&mut card, report);
    }
    if let Some(hint) = &error.hint {
        push(&mut card, format_args!("  {} {hint}", theme::paint(theme::BOLD, "hint:")));
    }
    card.truncate(card.trim_end().len());
    card
}

fn push(card: &mut String, line: std::fmt::Arguments<'_>) {
    // Writing into a String does not fail.
    let _ = writeln!(card, "{line}");
}

fn step(card: &mut String, failure: &Failure) {
    let place = failure.error.position.map(|offset| caret(&failure.statement, offset));
    // With a caret the line is the caret's, else that of the statement.
    let line = failure.line.map(|first| first + place.as_ref().map_or(0, |place| place.line - 1));
    if let Some(path) = &failure.path {
        match line {
            Some(line) => push(card, format_args!("  --> {}:{line}", path.display())),
            None => push(card, format_args!("  --> {}", path.display())),
        }
    }
    if let Some(code) = &failure.code {
        push(card, format_args!("  in the code of `{code}`"));
    }
    if let Some(hook) = &failure.hook {
        push(card, format_args!("  in the program's hook {hook}"));
    }
    statement(card, failure, place.as_ref().map(|place| (place.line, place.column)));
    push(card, format_args!("  = {}", failure.error));
    if let Some(detail) = &failure.error.detail {
        for line in detail.lines() {
            push(card, format_args!("  = {line}"));
        }
    }
    let verb = match failure.direction {
        Direction::Up => "applied",
        Direction::Down => "undone",
    };
    match &failure.after {
        AfterFailure::RolledBack => {
            push(card, format_args!("  rolled back: the schema is as it was before this migration"));
        }
        AfterFailure::Committed { statements } if statements.is_empty() => {
            push(card, format_args!("  committed: none of its statements is in effect"));
        }
        AfterFailure::Committed { statements } => {
            let many = count(statements.len(), "statement");
            let are = if statements.len() == 1 { "is" } else { "are" };
            push(card, format_args!("  committed: {many} of this migration {are} in effect:"));
            for (at, statement) in statements.iter().enumerate() {
                push(card, format_args!("    {}. {}", at + 1, one_line(statement)));
            }
        }
    }
    match &failure.leftover {
        Some(Leftover { what, removed: true }) => {
            push(card, format_args!("  cleaned up: the {what} that it left is dropped"));
        }
        Some(Leftover { what, removed: false }) => {
            push(card, format_args!("  left behind: the {what}; the next run takes care of it first"))
        }
        None => {}
    }
    revisions(card, &format!("{verb} before it"), &failure.done);
    revisions(card, "not begun", &failure.left);
}

/// The statement with a gutter: line numbers of the file where they are known.
fn statement(card: &mut String, failure: &Failure, place: Option<(usize, usize)>) {
    let lines: Vec<&str> = failure.statement.lines().collect();
    if lines.is_empty() {
        return;
    }
    let (from, to) = match place {
        Some((line, _)) => (line.saturating_sub(LINES), line),
        None => (0, lines.len().min(LINES)),
    };
    let number = |at: usize| failure.line.map(|first| (first + at).to_string()).unwrap_or_default();
    let width = number(to.saturating_sub(1)).len().max(1);
    let gutter = |text: &str| theme::paint(theme::DIM, format!("{text:>width$} |"));
    push(card, format_args!(" {}", gutter("")));
    for (at, line) in lines.iter().enumerate().take(to).skip(from) {
        push(card, format_args!(" {} {}", gutter(&number(at)), line.replace('\t', " ")));
    }
    match place {
        Some((_, column)) => {
            let space = " ".repeat(column.saturating_sub(1));
            push(card, format_args!(" {} {space}{}", gutter(""), theme::paint(theme::BAD, "^")));
        }
        None if lines.len() > to => {
            push(card, format_args!(" {} … {} more", gutter(""), count(lines.len() - to, "line")));
        }
        None => push(card, format_args!(" {}", gutter(""))),
    }
}

/// SQL that can not be split: its line with a caret, and the other places that belong to it.
fn unsplit(card: &mut String, file: Option<&Path>, error: &SplitError) {
    let file = file.map(|file| file.display().to_string()).unwrap_or_default();
    let line = if error.lines_of_file { error.line.to_string() } else { String::new() };
    match error.lines_of_file {
        true => push(card, format_args!("  --> {file}:{line}:{}", error.column)),
        false => push(card, format_args!("  --> {file}, line {} of the SQL", error.line)),
    }
    let gutter =
        |text: &str| theme::paint(theme::DIM, format!("{text:>width$} |", width = line.len().max(1)));
    push(card, format_args!(" {}", gutter("")));
    let (shown, column) = around(&error.shown, error.column);
    push(card, format_args!(" {} {}", gutter(&line), shown.replace('\t', " ")));
    let space = " ".repeat(column.saturating_sub(1));
    push(card, format_args!(" {} {space}{}", gutter(""), theme::paint(theme::BAD, "^")));
    for note in &error.notes {
        push(card, format_args!("  = line {}: {}", note.line, note.text));
    }
    push(card, format_args!("  nothing of this plan has run"));
}

/// The part of a line around a column, and the column in it: a dump has lines of any length.
fn around(line: &str, column: usize) -> (String, usize) {
    const BEFORE: usize = 60;
    const LONGEST: usize = 100;
    let skipped = if column > LONGEST { column - BEFORE } else { 0 };
    let mut shown: String = line.chars().skip(skipped).take(LONGEST).collect();
    if line.chars().count() > skipped + LONGEST {
        shown.push('…');
    }
    if skipped > 0 {
        shown.insert(0, '…');
    }
    (shown, column - skipped + usize::from(skipped > 0))
}

fn revisions(card: &mut String, label: &str, revisions: &[RevisionId]) {
    const MOST: usize = 5;
    if revisions.is_empty() {
        return;
    }
    let mut names: Vec<String> = revisions.iter().take(MOST).map(|name| format!("`{name}`")).collect();
    if revisions.len() > MOST {
        names.push(format!("and {} more", revisions.len() - MOST));
    }
    push(card, format_args!("  {label}: {}", names.join(", ")));
}

fn done_before(card: &mut String, report: &RunReport) {
    let done: Vec<RevisionId> = report.steps.iter().map(|step| step.revision.clone()).collect();
    revisions(card, "done", &done);
}

/// A statement on one line, cut where it gets long.
pub fn one_line(statement: &str) -> String {
    const LONGEST: usize = 100;
    let line = statement.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST {
        return line;
    }
    let cut: String = line.chars().take(LONGEST - 1).collect();
    format!("{cut}…")
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use arvel_core::Exit;
    use arvel_migrate::{
        dialect::{DriverError, ErrorKind},
        exec::RunError,
    };

    use super::*;

    fn id(name: &str) -> RevisionId {
        RevisionId::new(name).expect("a name")
    }

    fn failure() -> Failure {
        Failure {
            revision: id("2_posts"),
            direction: Direction::Up,
            path: Some(PathBuf::from("database/migrations/2_posts.sql")),
            line: Some(3),
            code: None,
            hook: None,
            statement: "CREATE TABLE posts (\n  id integer,\n  id integer\n)".to_owned(),
            error: DriverError {
                code: Some("42701".to_owned()),
                detail: Some("column \"id\" specified more than once".to_owned()),
                position: Some(37),
                ..DriverError::new(ErrorKind::Statement, "duplicate column")
            },
            after: AfterFailure::RolledBack,
            leftover: None,
            done: vec![id("1_users")],
            left: vec![id("3_tags"), id("4_more")],
        }
    }

    fn plain(failure: Failure) -> String {
        let card = render(&CommandError::from(RunError::Failed(Box::new(failure))));
        anstream::adapter::strip_str(&card).to_string()
    }

    #[test]
    fn a_failed_statement_with_a_caret() {
        let expected = "\
error: `2_posts` failed on its way up
  --> database/migrations/2_posts.sql:5
   |
 3 | CREATE TABLE posts (
 4 |   id integer,
 5 |   id integer
   |   ^
  = duplicate column (42701)
  = column \"id\" specified more than once
  rolled back: the schema is as it was before this migration
  applied before it: `1_users`
  not begun: `3_tags`, `4_more`
  hint: mend the migration, then run `db migrate` again";
        assert_eq!(plain(failure()), expected);
    }

    #[test]
    fn what_is_committed_is_listed_and_nothing_is_invented() {
        let failure = Failure {
            line: None,
            error: DriverError::new(ErrorKind::Statement, "no such table: x"),
            statement: "ALTER TABLE x ADD y int".to_owned(),
            after: AfterFailure::Committed {
                statements: vec![
                    "CREATE TABLE a (\n  id int\n)".to_owned(),
                    "CREATE INDEX b ON a (id)".to_owned(),
                ],
            },
            done: Vec::new(),
            left: Vec::new(),
            ..failure()
        };
        let expected = "\
error: `2_posts` failed on its way up
  --> database/migrations/2_posts.sql
   |
   | ALTER TABLE x ADD y int
   |
  = no such table: x
  committed: 2 statements of this migration are in effect:
    1. CREATE TABLE a ( id int )
    2. CREATE INDEX b ON a (id)
  hint: mend what stands in the way, or the migration behind what is in effect, then run `db migrate` again";
        assert_eq!(plain(failure), expected);
    }

    #[test]
    fn what_an_online_build_left_is_told() {
        let left = |removed| {
            let what = "invalid index `posts_slug_unique`".to_owned();
            let failure = Failure {
                line: None,
                path: None,
                error: DriverError::new(ErrorKind::Statement, "could not create unique index"),
                statement: "CREATE UNIQUE INDEX CONCURRENTLY posts_slug_unique ON posts (slug)".to_owned(),
                after: AfterFailure::Committed { statements: Vec::new() },
                leftover: Some(Leftover { what, removed }),
                done: Vec::new(),
                left: Vec::new(),
                ..failure()
            };
            plain(failure)
        };
        let expected = "\
error: `2_posts` failed on its way up
   |
   | CREATE UNIQUE INDEX CONCURRENTLY posts_slug_unique ON posts (slug)
   |
  = could not create unique index
  committed: none of its statements is in effect
  cleaned up: the invalid index `posts_slug_unique` that it left is dropped
  hint: mend the migration, then run `db migrate` again";
        assert_eq!(left(true), expected);
        assert!(left(false).contains("left behind: the invalid index `posts_slug_unique`; the next run"));
    }

    #[test]
    fn code_that_fails_has_no_statement() {
        let failure = Failure {
            code: Some("fill slugs".to_owned()),
            statement: String::new(),
            line: None,
            direction: Direction::Down,
            error: DriverError::new(ErrorKind::Statement, "no slug"),
            done: Vec::new(),
            left: Vec::new(),
            ..failure()
        };
        let expected = "\
error: `2_posts` failed on its way down
  --> database/migrations/2_posts.sql
  in the code of `fill slugs`
  = no slug
  rolled back: the schema is as it was before this migration
  hint: mend what stands in the way, or its `down`, then run the command again";
        assert_eq!(plain(failure), expected);
    }

    #[test]
    fn sql_that_can_not_be_split_is_shown_where_it_opens() {
        let card = |text: &str| {
            let dialect = arvel_migrate::dialect::driver_for("sqlite").unwrap().offline_dialect();
            let split = arvel_migrate::dialect::split(text, dialect.sql_rules()).unwrap_err();
            let path = Some(PathBuf::from("database/migrations/2_posts.sql"));
            let error = arvel_migrate::dialect::CompileError::Split(split);
            let error = CommandError::from(RunError::Compile { revision: id("2_posts"), path, error });
            assert_eq!((error.code.as_str(), error.exit), ("migration.sql", Exit::FAILED));
            anstream::adapter::strip_str(&render(&error)).to_string()
        };
        let expected = "\
error: `2_posts`: the quote ' that opens here is never closed
  --> database/migrations/2_posts.sql, line 2 of the SQL
   |
   | VALUES ('it's fine');
   |                   ^
  = line 2: `VALUES ('it's fine');`: a string ends directly before a letter; an apostrophe inside of one is written twice
  = line 3: the text ends here, still inside of it
  nothing of this plan has run
  hint: close it; inside of it a ' is written twice: ''";
        assert_eq!(card("INSERT INTO posts\nVALUES ('it's fine');\nSELECT 1;\n"), expected);
        let long = card(&format!("SELECT {}'open", "1, ".repeat(100)));
        let lines: Vec<&str> = long.lines().collect();
        assert_eq!(
            lines[3].chars().position(|c| c == '\''),
            lines[4].chars().position(|c| c == '^'),
            "{long}"
        );
    }

    #[test]
    fn an_ordinary_error_is_a_message_and_a_hint() {
        let error = CommandError::new(Exit::USAGE, "usage", "that is not how").hint("do it so");
        let card = render(&error);
        assert_eq!(
            anstream::adapter::strip_str(&card).to_string(),
            "error: that is not how\n  hint: do it so"
        );
    }
}
