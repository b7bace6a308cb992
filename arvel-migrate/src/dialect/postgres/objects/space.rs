//! Extensions and schemas.

use crate::{
    dialect::{CompileError, Probe, Statement, scope::Scope},
    operation::{ExtensionDef, NamespaceDef, Object},
};

/// `CREATE EXTENSION "citext"`.
pub(super) fn create_extension(
    scope: &Scope<'_>,
    def: &ExtensionDef,
) -> Result<Vec<Statement>, CompileError> {
    let condition = if def.if_not_exists { "IF NOT EXISTS " } else { "" };
    let mut sql = format!("CREATE EXTENSION {condition}{}", scope.ident(&def.name)?);
    if let Some(schema) = &def.schema {
        sql.push_str(&format!(" SCHEMA {}", scope.ident(schema)?));
    }
    Ok(vec![Statement::new(sql).probed(probe(Object::Extension(def.clone()), def.if_not_exists))])
}

/// `CREATE SCHEMA "audit"`.
pub(super) fn create_schema(scope: &Scope<'_>, def: &NamespaceDef) -> Result<Vec<Statement>, CompileError> {
    let condition = if def.if_not_exists { "IF NOT EXISTS " } else { "" };
    let sql = format!("CREATE SCHEMA {condition}{}", scope.ident(&def.name)?);
    Ok(vec![Statement::new(sql).probed(probe(Object::Namespace(def.clone()), def.if_not_exists))])
}

fn probe(object: Object, if_not_exists: bool) -> Probe {
    if if_not_exists { Probe::Repeatable } else { Probe::ObjectExists(object.id()) }
}
