//! An error as a person reads it: what, where, what the database said, what is in effect now, and the one command
//! that goes on.

use std::fmt::Write as _;

use arvel_migrate::{
    dialect::caret,
    exec::{AfterFailure, Failure, RunReport},
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
            if let Some(file) = &error.file {
                push(&mut card, format_args!("  --> {}", file.display()));
            }
        }
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
            statement: "CREATE TABLE posts (\n  id integer,\n  id integer\n)".to_owned(),
            error: DriverError {
                code: Some("42701".to_owned()),
                detail: Some("column \"id\" specified more than once".to_owned()),
                position: Some(37),
                ..DriverError::new(ErrorKind::Statement, "duplicate column")
            },
            after: AfterFailure::RolledBack,
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
  hint: mend the migration, then run `db migrate` again";
        assert_eq!(plain(failure), expected);
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
  hint: mend its `down`, then run the command again";
        assert_eq!(plain(failure), expected);
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
