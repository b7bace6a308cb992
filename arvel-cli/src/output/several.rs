//! The answer of a command about several databases: a heading for each, a summary, one document.

use arvel_core::Exit;
use serde_json::{Map, Value as Json};

use super::{
    Console,
    human::count,
    json::{AnswerBody, SeveralBody},
    theme,
};

/// How it went with one of several.
pub struct Outcome {
    /// The database.
    pub name: String,
    /// `None` when it was not begun.
    pub result: Option<Result<Exit, Exit>>,
    /// What stopped it, in a few words.
    pub problem: Option<String>,
    /// Its part of the document.
    pub fields: Map<String, Json>,
}

/// Which database what follows is about.
pub fn heading(console: &Console, name: &str, first: bool) {
    if !first {
        console.result("");
    }
    console.result(theme::paint(theme::BOLD, format!("database `{name}`")));
}

/// A line for each database.
pub fn summary(console: &Console, outcomes: &[Outcome]) {
    let of =
        |is: fn(&Option<Result<Exit, Exit>>) -> bool| outcomes.iter().filter(|one| is(&one.result)).count();
    let parts = [
        (of(|result| matches!(result, Some(Ok(_)))), "done"),
        (of(|result| matches!(result, Some(Err(_)))), "failed"),
        (of(Option::is_none), "not begun"),
    ];
    let parts = parts.into_iter().filter(|(number, _)| *number > 0);
    let parts: Vec<String> = parts.map(|(number, word)| format!("{number} {word}")).collect();
    console.result("");
    console.result(format_args!("{}: {}", count(outcomes.len(), "database"), parts.join(", ")));
    let width = outcomes.iter().map(|outcome| outcome.name.len()).max().unwrap_or(0);
    for outcome in outcomes {
        let (style, text) = match (&outcome.result, &outcome.problem) {
            (None, _) => (theme::WARN, "not begun".to_owned()),
            (Some(Ok(_)), _) => (theme::GOOD, "done".to_owned()),
            (Some(Err(exit)), problem) => {
                let problem = problem.as_deref().unwrap_or_default().lines().next().unwrap_or_default();
                (theme::BAD, format!("failed with exit code {}: {problem}", exit.0))
            }
        };
        console.result(format_args!("  {:<width$}  {}", outcome.name, theme::paint(style, text)));
    }
}

/// The document of all.
pub fn document(outcomes: Vec<Outcome>, exit: Exit) -> SeveralBody {
    let answer = |outcome: Outcome| AnswerBody {
        name: outcome.name,
        exit: outcome.result.map(|result| result.unwrap_or_else(|exit| exit).0),
        document: outcome.fields,
    };
    SeveralBody { databases: outcomes.into_iter().map(answer).collect(), exit: exit.0 }
}
