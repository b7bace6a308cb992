//! What a table is, beyond its columns: unlogged, temporary, storage parameters and the tablespace. Parameters of an
//! index are written alike.

use crate::{
    dialect::{CompileError, quote, scope::Scope},
    operation::{TableDef, TableOptions},
};

use super::QUOTE;

/// The parameter that is no storage parameter.
const TABLESPACE: &str = "tablespace";

/// The tablespace among the parameters.
pub(super) fn tablespace(parameters: &[(String, String)]) -> Option<&str> {
    let (_, value) = parameters.iter().find(|(name, _)| name == TABLESPACE)?;
    Some(if is_default(value) { "pg_default" } else { value })
}

/// ` WITH ("fillfactor" = '70')`, or nothing.
pub(super) fn with(parameters: &[(String, String)]) -> String {
    let said: Vec<_> = parameters.iter().filter(|(_, value)| !is_default(value)).cloned().collect();
    let list = list(&said);
    if list.is_empty() { list } else { format!(" WITH ({list})") }
}

/// Whether a value is the one that the server takes by itself.
fn is_default(value: &str) -> bool {
    value.eq_ignore_ascii_case("default")
}

/// The storage parameters among the parameters, each as it is named in a statement.
fn storage(parameters: &[(String, String)]) -> impl Iterator<Item = (String, &String)> {
    parameters.iter().filter(|(name, _)| name != TABLESPACE).map(|(name, value)| {
        let name = match name.split_once('.') {
            Some((space, name)) => {
                format!("{}.{}", quote::identifier(space, QUOTE), quote::identifier(name, QUOTE))
            }
            None => quote::identifier(name, QUOTE),
        };
        (name, value)
    })
}

/// `"fillfactor" = '70', "toast"."autovacuum_enabled" = 'off'`.
fn list(parameters: &[(String, String)]) -> String {
    let each = storage(parameters).map(|(name, value)| format!("{name} = {}", quote::text(value)));
    each.collect::<Vec<_>>().join(", ")
}

/// `"fillfactor", "parallel_workers"`.
fn names(parameters: &[(String, String)]) -> String {
    storage(parameters).map(|(name, _)| name).collect::<Vec<_>>().join(", ")
}

/// What stands between `CREATE` and `TABLE`, and what stands behind the parenthesis.
pub(super) fn of_create(scope: &Scope<'_>, table: &TableDef) -> Result<(&'static str, String), CompileError> {
    let options = &table.options;
    let before = match (options.temporary, options.unlogged == Some(true)) {
        (true, true) => {
            return Err(scope.unsupported("a temporary table is never logged", "take `unlogged()` away"));
        }
        (true, false) => "TEMPORARY ",
        (false, true) => "UNLOGGED ",
        (false, false) => "",
    };
    if options.temporary && table.name.schema.is_some() {
        return Err(scope.unsupported(
            "a temporary table lives in a schema of its own, which goes with the connection",
            "write its name without a schema",
        ));
    }
    let mut behind = with(&options.parameters);
    if let Some(tablespace) = tablespace(&options.parameters) {
        behind.push_str(&format!(" TABLESPACE {}", scope.ident(tablespace)?));
    }
    Ok((before, behind))
}

/// The clauses of an ALTER: what is not mentioned stays.
pub(super) fn of_change(scope: &Scope<'_>, options: &TableOptions) -> Result<Vec<String>, CompileError> {
    if options.temporary {
        return Err(scope.unsupported(
            "a table that is there can not become temporary",
            "create a temporary table, and fill it from this one",
        ));
    }
    let mut clauses = Vec::new();
    if let Some(unlogged) = options.unlogged {
        clauses.push(if unlogged { "SET UNLOGGED" } else { "SET LOGGED" }.to_owned());
    }
    for (word, back) in [("SET", false), ("RESET", true)] {
        let these: Vec<_> =
            options.parameters.iter().filter(|(_, value)| is_default(value) == back).cloned().collect();
        let list = if back { names(&these) } else { list(&these) };
        if !list.is_empty() {
            clauses.push(format!("{word} ({list})"));
        }
    }
    if let Some(tablespace) = tablespace(&options.parameters) {
        clauses.push(format!("SET TABLESPACE {}", scope.ident(tablespace)?));
    }
    Ok(clauses)
}

/// The options of a new table as the catalog will show them.
pub(super) fn folded(options: &TableOptions) -> TableOptions {
    let mut table = TableOptions { parameters: Vec::new(), ..options.clone() };
    changed(&mut table, options);
    table
}

/// The options after a change.
pub(super) fn changed(present: &mut TableOptions, said: &TableOptions) {
    present.unlogged = said.unlogged.or(present.unlogged).filter(|unlogged| *unlogged);
    for (name, value) in &said.parameters {
        present.parameters.retain(|(known, _)| known != name);
        // The tablespace of the database itself is shown as none.
        let own = is_default(value) || name == TABLESPACE && value == "pg_default";
        if !own {
            present.parameters.push((name.clone(), value.clone()));
        }
    }
    present.parameters.sort();
}

/// The parameters of `pg_class.reloptions` as a JSON array of `name=value`, and the tablespace.
pub(super) fn read(parameters: &[String], tablespace: Option<&str>) -> Vec<(String, String)> {
    let split = |text: &String| {
        let (name, value) = text.split_once('=').unwrap_or((text, ""));
        (name.to_owned(), value.to_owned())
    };
    let mut all: Vec<(String, String)> = parameters.iter().map(split).collect();
    all.extend(tablespace.map(|name| (TABLESPACE.to_owned(), name.to_owned())));
    all.sort();
    all
}
