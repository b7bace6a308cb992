//! Functions, procedures and triggers, as text.

use crate::{
    dialect::{CompileError, Probe, Statement, objects::one_statement, scope::Scope},
    operation::{Object, ObjectId},
};

use super::super::rules::RULES;

/// The text as written.
pub(super) fn create(scope: &Scope<'_>, object: &Object, sql: &str) -> Result<Vec<Statement>, CompileError> {
    let sql = one_statement(scope, sql, &RULES)?;
    let probe = if object.may_replace() { Probe::Repeatable } else { Probe::ObjectExists(object.id()) };
    Ok(vec![Statement::new(sql).probed(probe)])
}

/// `"name"(integer, text)`; types stand as written. They are part of the statement, so they must end where it does.
pub(super) fn signature(scope: &Scope<'_>, id: &ObjectId) -> Result<String, CompileError> {
    let arguments = id.arguments.as_deref().unwrap_or_default();
    one_statement(scope, &format!("f({arguments})"), &RULES)?;
    Ok(format!("{}({arguments})", scope.table(&id.name)?))
}

/// `"name" ON "table"`.
pub(super) fn on_table(scope: &Scope<'_>, id: &ObjectId) -> Result<String, CompileError> {
    match &id.table {
        Some(table) => Ok(format!("{} ON {}", scope.ident(&id.name.name)?, scope.table(table)?)),
        None => {
            Err(scope.unsupported("its table is not said", "say it with `schema.drop_trigger(name, table)`"))
        }
    }
}
