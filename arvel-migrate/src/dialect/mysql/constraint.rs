//! Keys and checks as CREATE and ALTER say them.

use crate::{
    dialect::{CompileError, scope::Scope},
    operation::{CheckDef, ForeignKeyDef},
};

/// `` PRIMARY KEY (`id`) ``: it has no name of its own here.
pub(super) fn primary(scope: &Scope<'_>, columns: &[String]) -> Result<String, CompileError> {
    Ok(format!("PRIMARY KEY ({})", scope.list(columns)?))
}

/// `` CONSTRAINT `posts_author_id_foreign` FOREIGN KEY (`author_id`) REFERENCES `users` (`id`) ``.
pub(super) fn foreign(scope: &Scope<'_>, key: &ForeignKeyDef) -> Result<String, CompileError> {
    let mut sql = format!(
        "CONSTRAINT {} FOREIGN KEY ({}) REFERENCES {} ({})",
        scope.ident(&key.name)?,
        scope.list(&key.columns)?,
        scope.table(&key.references)?,
        scope.list(&key.referenced_columns)?,
    );
    for (event, action) in [("DELETE", key.on_delete), ("UPDATE", key.on_update)] {
        if let Some(action) = action {
            sql.push_str(&format!(" ON {event} {}", action.sql()));
        }
    }
    Ok(sql)
}

/// `` CONSTRAINT `posts_price_check` CHECK (price > 0) ``.
pub(super) fn check(scope: &Scope<'_>, def: &CheckDef) -> Result<String, CompileError> {
    Ok(format!("CONSTRAINT {} CHECK ({})", scope.ident(&def.name)?, def.expression))
}
