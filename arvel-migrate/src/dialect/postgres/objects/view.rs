//! Views, also materialized ones. Options of a view: `security_barrier`, `security_invoker`, and `security` (`INVOKER`,
//! `DEFINER`), which is the word of MySQL and MariaDB for the same.

use crate::{
    dialect::{
        CompileError, Probe, Statement,
        objects::{one_statement, trimmed},
        quote,
        scope::Scope,
    },
    operation::{IndexDef, IndexKind, Object, ObjectId, ObjectKind, TableName, TableOptions, ViewDef},
    schema::DatabaseSchema,
    undo,
};

use super::super::{
    index::{self, Build},
    options,
    rules::RULES,
    support,
};

/// `CREATE VIEW "name" AS …`.
pub(super) fn create(scope: &Scope<'_>, view: &ViewDef) -> Result<Vec<Statement>, CompileError> {
    let object = Object::View(view.clone()).id();
    if view.materialized && view.replace {
        return Err(scope.unsupported(
            "a materialized view can not take the place of another",
            "drop it before, with `schema.drop_materialized_view(…)`",
        ));
    }
    if view.materialized && view.check_option.is_some() {
        return Err(scope.unsupported(
            "nothing can be written through a materialized view, so there is nothing to check",
            "leave the check option out",
        ));
    }
    if view.materialized {
        return create_kept(scope, view, object);
    }
    let mut sql = String::from(if view.replace { "CREATE OR REPLACE " } else { "CREATE " });
    sql.push_str(&format!("VIEW {}", scope.table(&view.name)?));
    if !view.columns.is_empty() {
        sql.push_str(&format!(" ({})", scope.list(&view.columns)?));
    }
    let options = said(view);
    options.iter().try_for_each(|(name, value)| known(scope, name, value))?;
    if !options.is_empty() {
        let options = options
            .iter()
            .map(|(name, value)| Ok(format!("{} = {}", scope.ident(name)?, quote::text(value))));
        sql.push_str(&format!(" WITH ({})", options.collect::<Result<Vec<_>, CompileError>>()?.join(", ")));
    }
    sql.push_str(&format!(" AS\n{}", one_statement(scope, &view.query, &RULES)?));
    if let Some(option) = &view.check_option {
        sql.push_str(&format!("\nWITH {option} CHECK OPTION"));
    }
    let probe = if view.replace { Probe::Repeatable } else { Probe::ObjectExists(object) };
    Ok(vec![Statement::new(sql).probed(probe)])
}

/// The options in the server's words. That a view reads with its owner's rights is what it does without a word.
fn said(view: &ViewDef) -> Vec<(String, String)> {
    let word = |(name, value): &(String, String)| match (name.as_str(), value.to_uppercase().as_str()) {
        ("security", "INVOKER") => Some(("security_invoker".to_owned(), "true".to_owned())),
        ("security", "DEFINER") => None,
        _ => Some((name.clone(), value.clone())),
    };
    view.options.iter().filter_map(word).collect()
}

/// Refuses an option that a view does not have: the server would find it only when the view is made.
fn known(scope: &Scope<'_>, name: &str, value: &str) -> Result<(), CompileError> {
    let is_truth = ["true", "false", "on", "off", "yes", "no", "1", "0"];
    match name {
        // https://www.postgresql.org/docs/15/sql-createview.html
        "security_invoker" if support::version(scope.capability) < 150_000 => Err(scope.unsupported(
            "a view reads with the rights of the one who asks it from PostgreSQL 15 on",
            "leave the option out: a view reads with the rights of its owner",
        )),
        "security_barrier" | "security_invoker" if is_truth.contains(&value.to_lowercase().as_str()) => Ok(()),
        "check_option" => {
            Err(scope.unsupported("the check option has a method of its own", "use `check_option(…)`"))
        }
        _ => Err(scope.unsupported(
            format!("a view has no option `{name}` that could be `{value}`"),
            "use `security_barrier` (true), `security_invoker` (true) or `security` (INVOKER); what is meant for another \
             database stands in `schema.when_database(…)`",
        )),
    }
}

/// `CREATE MATERIALIZED VIEW "name" AS …`, and its indexes.
fn create_kept(scope: &Scope<'_>, view: &ViewDef, id: ObjectId) -> Result<Vec<Statement>, CompileError> {
    let mut sql = format!("CREATE MATERIALIZED VIEW {}", scope.table(&view.name)?);
    if !view.columns.is_empty() {
        sql.push_str(&format!(" ({})", scope.list(&view.columns)?));
    }
    sql.push_str(&options::with(&view.options));
    if let Some(tablespace) = options::tablespace(&view.options) {
        sql.push_str(&format!(" TABLESPACE {}", scope.ident(tablespace)?));
    }
    sql.push_str(&format!(" AS\n{}", one_statement(scope, &view.query, &RULES)?));
    if view.without_data {
        sql.push_str("\nWITH NO DATA");
    }
    let mut statements = vec![Statement::new(sql).probed(Probe::ObjectExists(id))];
    for def in &view.indexes {
        statements.push(index::create(scope, &view.name, def, &[], Build::Plain)?);
        statements.extend(index::comment(scope, &view.name, def)?);
    }
    Ok(statements)
}

/// `REFRESH MATERIALIZED VIEW "name"`. While others read, the server compares old rows with new ones, and tells them
/// apart by a unique index: <https://www.postgresql.org/docs/15/sql-refreshmaterializedview.html>
pub(super) fn refresh(
    scope: &Scope<'_>,
    name: &TableName,
    online: bool,
    without_data: bool,
    before: &DatabaseSchema,
) -> Result<Vec<Statement>, CompileError> {
    if online {
        let Some(Object::View(view)) = before.object(&kept(name)) else {
            return Err(scope.unsupported(
                "there is no such materialized view",
                "create it before, with `schema.create_materialized_view(…)`",
            ));
        };
        if view.without_data {
            return Err(scope.unsupported(
                "the view has no rows yet, so that nobody can read it meanwhile",
                "take `online()` away for the first time",
            ));
        }
        if !view.indexes.iter().any(tells_rows_apart) {
            return Err(scope.unsupported(
                "the view has no unique index over columns for all of its rows",
                "create it with `.unique(…)`, or take `online()` away",
            ));
        }
    }
    let concurrently = if online { "CONCURRENTLY " } else { "" };
    let rows = if without_data { " WITH NO DATA" } else { "" };
    let sql = format!("REFRESH MATERIALIZED VIEW {concurrently}{}{rows}", scope.table(name)?);
    Ok(vec![Statement::new(sql).probed(Probe::Repeatable)])
}

fn tells_rows_apart(index: &IndexDef) -> bool {
    index.kind == IndexKind::Unique
        && index.predicate.is_none()
        && index.columns.iter().all(|part| part.name().is_some())
}

/// The id of a materialized view.
pub(super) fn kept(name: &TableName) -> ObjectId {
    ObjectId::new(ObjectKind::MaterializedView, name.clone())
}

/// The view as an inspection shows it: names of columns are part of the query there.
pub(super) fn catalog(view: &ViewDef) -> ViewDef {
    let mut shown = ViewDef {
        query: trimmed(&view.query).to_owned(),
        columns: Vec::new(),
        replace: false,
        options: said(view),
        ..view.clone()
    };
    if view.materialized {
        let parameters = TableOptions { parameters: view.options.clone(), ..TableOptions::default() };
        shown.options = options::folded(&parameters).parameters;
        let indexes = view.indexes.iter().map(|def| undo::index(&index::folded(def, &[])));
        shown.indexes = indexes.collect();
        shown.indexes.sort_by(|a, b| a.name.cmp(&b.name));
    }
    shown
}
