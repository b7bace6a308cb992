//! Views. Their options: `algorithm` (`MERGE`, `TEMPTABLE`), `security` (`INVOKER`), `definer` (`user@host`).

use crate::{
    dialect::{
        CompileError, Probe, Statement,
        objects::{one_statement, trimmed},
        scope::Scope,
    },
    operation::{Object, ViewDef},
};

use super::super::{facts::Facts, rules};

/// `` CREATE VIEW `name` AS … ``.
pub(super) fn create(
    scope: &Scope<'_>,
    facts: &Facts,
    view: &ViewDef,
) -> Result<Vec<Statement>, CompileError> {
    let mut sql = String::from(if view.replace { "CREATE OR REPLACE " } else { "CREATE " });
    for (name, value) in sorted(view) {
        sql.push_str(&option(scope, &name, &value)?);
        sql.push(' ');
    }
    sql.push_str(&format!("VIEW {}", scope.table(&view.name)?));
    if !view.columns.is_empty() {
        sql.push_str(&format!(" ({})", scope.list(&view.columns)?));
    }
    sql.push_str(&format!(" AS\n{}", one_statement(scope, &view.query, rules::of(facts))?));
    if let Some(option) = &view.check_option {
        sql.push_str(&format!("\nWITH {option} CHECK OPTION"));
    }
    let probe = match view.replace {
        true => Probe::Repeatable,
        false => Probe::ObjectExists(Object::View(view.clone()).id()),
    };
    Ok(vec![Statement::new(sql).probed(probe)])
}

/// What stands before the word `VIEW`, in the order in which the server wants it.
fn option(scope: &Scope<'_>, name: &str, value: &str) -> Result<String, CompileError> {
    let upper = value.to_uppercase();
    match (name, upper.as_str()) {
        ("algorithm", "UNDEFINED" | "MERGE" | "TEMPTABLE") => Some(format!("ALGORITHM = {upper}")),
        ("definer", _) => Some(format!("DEFINER = {}", account(scope, value)?)),
        ("security", "DEFINER" | "INVOKER") => Some(format!("SQL SECURITY {upper}")),
        _ => None,
    }
    .ok_or_else(|| {
        scope.unsupported(
            format!("a view has no option `{name}` that could be `{value}`"),
            "use `algorithm` (MERGE, TEMPTABLE), `definer` (user@host) or `security` (INVOKER)",
        )
    })
}

/// An account in the server's spelling, `user@host`, quoted.
fn account(scope: &Scope<'_>, account: &str) -> Result<String, CompileError> {
    match account.rsplit_once('@') {
        Some((user, host)) => Ok(format!("{}@{}", scope.ident(user)?, scope.ident(host)?)),
        None => scope.ident(account),
    }
}

/// The options in the order in which the server wants them, which is that of their names.
fn sorted(view: &ViewDef) -> Vec<(String, String)> {
    let mut options = view.options.clone();
    options.sort();
    options
}

/// The view as an inspection shows it: names of columns are part of the query there.
pub(super) fn catalog(view: &ViewDef) -> ViewDef {
    let shown = |(name, value): (String, String)| match name.as_str() {
        "definer" => (name, value),
        _ => (name, value.to_uppercase()),
    };
    ViewDef {
        query: trimmed(&view.query).to_owned(),
        columns: Vec::new(),
        replace: false,
        options: sorted(view).into_iter().map(shown).collect(),
        ..view.clone()
    }
}
