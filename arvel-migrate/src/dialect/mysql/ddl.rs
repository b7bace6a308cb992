//! Tables as a whole: create, rename, drop; and the definitions of columns, keys and indexes that an ALTER shares.
//!
//! A table and its keys, indexes and comments are one statement: it is there whole, or not at all.

use crate::{
    dialect::{CompileError, Probe, Statement, scope::Scope},
    operation::{
        CheckDef, ColumnDef, ForeignKeyAction, ForeignKeyDef, IndexDef, IndexKind, TableDef, TableName,
    },
};

use super::{default, facts::Facts, literal, types};

/// Creates a table.
pub(super) fn create(
    scope: &Scope<'_>,
    facts: &Facts,
    table: &TableDef,
) -> Result<Vec<Statement>, CompileError> {
    let mut parts = Vec::new();
    for def in &table.columns {
        parts.push(column(scope, facts, def)?);
    }
    if let Some(key) = &table.primary_key {
        parts.push(primary(scope, &key.columns)?);
    }
    for def in &table.indexes {
        indexable(scope, &def.name, &def.columns, |name| {
            let column = table.columns.iter().find(|column| column.name == name)?;
            Some(types::type_name(facts, column))
        })?;
        parts.push(index(scope, def)?);
    }
    for key in &table.foreign_keys {
        parts.push(foreign(scope, key)?);
    }
    for def in &table.checks {
        parts.push(check(scope, def)?);
    }
    let condition = if table.if_not_exists { "IF NOT EXISTS " } else { "" };
    let name = scope.table(&table.name)?;
    let mut sql = format!("CREATE TABLE {condition}{name} (\n    {}\n)", parts.join(",\n    "));
    if let Some(text) = &table.comment {
        sql.push_str(&format!(" COMMENT = {}", literal::text(text)));
    }
    Ok(vec![Statement::new(sql).probed(Probe::TableExists(table.name.clone()))])
}

/// `` `title` varchar(255) NOT NULL DEFAULT 'x' COMMENT 'y' ``.
pub(super) fn column(scope: &Scope<'_>, facts: &Facts, def: &ColumnDef) -> Result<String, CompileError> {
    types::check(scope, facts, def)?;
    let mut sql = format!("{} {}", scope.ident(&def.name)?, types::type_name(facts, def));
    sql.push_str(if def.nullable == Some(true) { " NULL" } else { " NOT NULL" });
    if let Some(text) = default_sql(scope, facts, def)? {
        sql.push_str(&format!(" DEFAULT {text}"));
    }
    if def.auto_increment {
        sql.push_str(" AUTO_INCREMENT PRIMARY KEY");
    }
    if let Some(text) = &def.comment {
        sql.push_str(&format!(" COMMENT {}", literal::text(text)));
    }
    Ok(sql)
}

/// What stands behind `DEFAULT`.
pub(super) fn default_sql(
    scope: &Scope<'_>,
    facts: &Facts,
    def: &ColumnDef,
) -> Result<Option<String>, CompileError> {
    let Some(value) = &def.default else { return Ok(None) };
    let rendered = default::render(facts, &def.kind, value).map_err(|reason| {
        scope.unsupported(
            format!("column `{}`: {reason}", def.name),
            "write the default with `default_expression(…)`",
        )
    })?;
    if def.auto_increment && rendered.is_some() {
        return Err(scope.unsupported(
            format!("column `{}` counts up and has a default", def.name),
            "take one of the two away",
        ));
    }
    Ok(rendered.map(|rendered| rendered.sql))
}

/// `` PRIMARY KEY (`id`) ``: it has no name of its own here.
pub(super) fn primary(scope: &Scope<'_>, columns: &[String]) -> Result<String, CompileError> {
    Ok(format!("PRIMARY KEY ({})", scope.list(columns)?))
}

/// `` UNIQUE KEY `posts_slug_unique` (`slug`) ``.
pub(super) fn index(scope: &Scope<'_>, def: &IndexDef) -> Result<String, CompileError> {
    let kind = match def.kind {
        IndexKind::Index => "INDEX",
        IndexKind::Unique => "UNIQUE INDEX",
    };
    Ok(format!("{kind} {} ({})", scope.ident(&def.name)?, scope.list(&def.columns)?))
}

/// Refuses an index over a column of unlimited length: MySQL wants a prefix length, and MariaDB takes one of its own
/// choice with no more than a warning. `type_of` knows the types as far as they are known.
pub(super) fn indexable(
    scope: &Scope<'_>,
    index: &str,
    columns: &[String],
    type_of: impl Fn(&str) -> Option<String>,
) -> Result<(), CompileError> {
    for column in columns {
        let Some(type_name) = type_of(column) else { continue };
        if type_name.ends_with("text") || type_name.ends_with("blob") || type_name == "json" {
            return Err(scope.unsupported(
                format!("index `{index}` covers `{column}`, a {type_name}, whole; only a part of it can be indexed"),
                format!("make it a `string_of(\"{column}\", …)`, or write the index with `schema.sql_for(\"mysql\", …)`"),
            ));
        }
    }
    Ok(())
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
        match action {
            Some(ForeignKeyAction::SetDefault) => {
                return Err(scope.unsupported(
                    format!("foreign key `{}` asks for SET DEFAULT, which InnoDB refuses", key.name),
                    "use `null_on_delete()` or a trigger",
                ));
            }
            Some(action) => sql.push_str(&format!(" ON {event} {}", action.sql())),
            None => {}
        }
    }
    Ok(sql)
}

/// `` CONSTRAINT `posts_price_check` CHECK (price > 0) ``.
pub(super) fn check(scope: &Scope<'_>, def: &CheckDef) -> Result<String, CompileError> {
    Ok(format!("CONSTRAINT {} CHECK ({})", scope.ident(&def.name)?, def.expression))
}

/// Gives a table another name; also moves it to another database.
pub(super) fn rename(
    scope: &Scope<'_>,
    from: &TableName,
    to: &TableName,
) -> Result<Vec<Statement>, CompileError> {
    let sql = format!("RENAME TABLE {} TO {}", scope.table(from)?, scope.table(to)?);
    Ok(vec![Statement::new(sql).probed(Probe::TableExists(to.clone()))])
}

/// Removes a table.
pub(super) fn drop(
    scope: &Scope<'_>,
    table: &TableName,
    if_exists: bool,
) -> Result<Vec<Statement>, CompileError> {
    let condition = if if_exists { "IF EXISTS " } else { "" };
    let sql = format!("DROP TABLE {condition}{}", scope.table(table)?);
    Ok(vec![Statement::new(sql).probed(Probe::TableMissing(table.clone()))])
}
