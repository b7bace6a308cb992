//! Functions, procedures and triggers, as text.
//!
//! A routine is known by its name alone: what a migration says about its arguments is left out of what it is known by.
//! Its text is what `SHOW CREATE` tells, without the account in whose name it runs when that is the role that migrates.

use crate::{
    dialect::{CompileError, Probe, Statement, objects::one_statement, objects::trimmed, scope::Scope},
    operation::{Object, ObjectId, ObjectKind, RoutineDef, TableName, TriggerDef},
};

use super::{
    super::{facts::Facts, rules},
    text::{self, Head, Trigger},
    word,
};

/// The text as written.
pub(super) fn create(
    scope: &Scope<'_>,
    facts: &Facts,
    object: &Object,
    sql: &str,
) -> Result<Vec<Statement>, CompileError> {
    let sql = one_statement(scope, sql, rules::of(facts))?;
    let id = object.id();
    check(scope, facts, &id, &sql)?;
    let probe = match object.may_replace() {
        true => Probe::Repeatable,
        false => Probe::ObjectExists(known_as(&id)),
    };
    Ok(vec![Statement::new(sql).probed(probe)])
}

/// Refuses a text that does not make what a drop will look for.
fn check(scope: &Scope<'_>, facts: &Facts, id: &ObjectId, sql: &str) -> Result<(), CompileError> {
    let what = word(id.kind);
    let begins = format!("its text does not begin with `CREATE {what}`");
    let Some(head) = text::head(sql).filter(|head| head.kind == what) else {
        return Err(scope.unsupported(begins, "write other statements with `schema.sql(…)`"));
    };
    if head.if_not_exists {
        return Err(scope.unsupported(
            format!("a {} that may have been there before has no way back", id.kind.word()),
            "leave `IF NOT EXISTS` out, or drop it before with its `drop_…_if_exists`",
        ));
    }
    if head.replaces && !facts.replaces_routines {
        return Err(scope.unsupported(
            "there is no `OR REPLACE` for routines and triggers",
            "drop it before with its `drop_…_if_exists`, and leave the words out",
        ));
    }
    if !head.name.name.eq_ignore_ascii_case(&id.name.name) {
        return Err(scope.unsupported(
            format!("its text makes `{}`, and here it is called `{}`", head.name.name, id.name.name),
            "write the same name in both places",
        ));
    }
    let words: Vec<String> = head.rest.split_whitespace().map(str::to_lowercase).take(4).collect();
    if words.iter().any(|word| word == "soname") && words.iter().any(|word| word == "returns") {
        return Err(scope.unsupported(
            "a function of a library belongs to the server, not to a database",
            "install it on the server",
        ));
    }
    if id.kind == ObjectKind::Trigger && Trigger::read(sql).is_none() {
        return Err(scope.unsupported(
            "its text is not `CREATE TRIGGER name BEFORE|AFTER … ON table FOR EACH ROW …`",
            "write it in this order",
        ));
    }
    Ok(())
}

/// ``DROP FUNCTION `name` ``. A trigger has the schema of its table.
pub(super) fn drop(
    scope: &Scope<'_>,
    id: &ObjectId,
    if_exists: bool,
) -> Result<Vec<Statement>, CompileError> {
    let name = match &id.table {
        Some(table) => TableName { schema: table.schema.clone(), name: id.name.name.clone() },
        None => id.name.clone(),
    };
    let condition = if if_exists { "IF EXISTS " } else { "" };
    let sql = format!("DROP {} {condition}{}", word(id.kind), scope.table(&name)?);
    Ok(vec![Statement::new(sql).probed(Probe::ObjectMissing(known_as(id)))])
}

/// A routine without its arguments.
pub(in crate::dialect::mysql) fn known_as(id: &ObjectId) -> ObjectId {
    match id.kind {
        ObjectKind::Function | ObjectKind::Procedure => {
            ObjectId { arguments: Some(String::new()), ..id.clone() }
        }
        _ => id.clone(),
    }
}

/// The routine as an inspection shows it, as far as its text can be foreseen.
pub(super) fn catalog(def: &RoutineDef) -> RoutineDef {
    let sql = trimmed(&def.sql);
    RoutineDef {
        arguments: String::new(),
        sql: text::head(sql).map_or_else(|| sql.to_owned(), |head| written(&head, &def.name)),
        ..def.clone()
    }
}

/// The trigger as an inspection shows it.
pub(super) fn trigger_catalog(def: &TriggerDef) -> TriggerDef {
    let read = Trigger::read(&def.sql);
    let sql = read.map_or_else(|| trimmed(&def.sql).to_owned(), |trigger| trigger.sql(&def.table));
    TriggerDef { sql, ..def.clone() }
}

/// A text with its name as it was asked for, and without what is said once only.
fn written(head: &Head<'_>, name: &TableName) -> String {
    let definer = head.definer.filter(|account| !text::is_own(account));
    let definer = definer.map_or_else(String::new, |account| format!("DEFINER = {account} "));
    let aggregate = if head.aggregate { "AGGREGATE " } else { "" };
    format!("CREATE {definer}{aggregate}{} {}{}", head.kind, text::named(name), head.rest)
}

/// What `SHOW CREATE` tells under the name by which it was asked for; `mine` when it runs in the name of the role that
/// migrates. Nothing where the text is not shown.
pub(super) fn shown(sql: Option<&str>, name: &TableName, mine: bool) -> String {
    let Some(head) = sql.and_then(text::head) else { return String::new() };
    let definer = head.definer.filter(|_| !mine);
    written(&Head { definer, ..head }, name)
}
