//! The definition of a column, in a CREATE and in an ADD COLUMN; and what about a definition contradicts itself.

use crate::{
    dialect::{CompileError, Probe, Statement, quote, scope::Scope},
    dsl::conventional_name,
    operation::{ColumnDef, Generated, PrimaryKeyDef, TableName},
};

use super::{
    QUOTE, default, identity,
    type_check::{self, Held},
    types,
};

/// `"title" character varying(255) NOT NULL DEFAULT 'x'`, with the check beside its type.
pub(super) fn definition(
    scope: &Scope<'_>,
    table: &TableName,
    def: &ColumnDef,
) -> Result<String, CompileError> {
    let mut sql = bare(scope, def)?;
    if let Some((_, clause)) = held(scope, table, def)? {
        sql.push_str(&format!(" {clause}"));
    }
    Ok(sql)
}

/// The name and the clause of the check beside the type of a column: `CONSTRAINT "a" CHECK (…)`.
pub(super) fn held(
    scope: &Scope<'_>,
    table: &TableName,
    def: &ColumnDef,
) -> Result<Option<(String, String)>, CompileError> {
    let Some(held) = Held::of(&def.kind) else { return Ok(None) };
    let name = type_check::name_of(table, def);
    let clause = format!("CONSTRAINT {} CHECK ({})", scope.ident(&name)?, held.sql(&scope.ident(&def.name)?));
    Ok(Some((name, clause)))
}

/// The definition without the check beside its type.
pub(super) fn bare(scope: &Scope<'_>, def: &ColumnDef) -> Result<String, CompileError> {
    check(scope, def)?;
    let name = scope.ident(&def.name)?;
    let mut sql = format!("{name} {}", types::sql(&def.kind));
    if let Some(text) = &def.collation {
        sql.push_str(&collate(scope, def, text)?);
    }
    if let Some(identity) = identity::wanted(def) {
        sql.push(' ');
        sql.push_str(&identity::clause(&identity));
    }
    sql.push_str(if def.nullable == Some(true) { " NULL" } else { " NOT NULL" });
    if let Some(text) = default_sql(scope, def)? {
        sql.push_str(&format!(" DEFAULT {text}"));
    }
    if let Some(generated) = &def.generated {
        sql.push_str(&format!(" {}", computed(generated)));
    }
    Ok(sql)
}

/// `GENERATED ALWAYS AS (price * 2) STORED`.
fn computed(generated: &Generated) -> String {
    let word = if generated.stored { "STORED" } else { "VIRTUAL" };
    format!("GENERATED ALWAYS AS ({}) {word}", generated.expression)
}

/// ` COLLATE "C"`.
pub(super) fn collate(scope: &Scope<'_>, def: &ColumnDef, text: &str) -> Result<String, CompileError> {
    if !types::is_collatable(&types::type_name(&def.kind)) {
        return Err(scope.unsupported(
            format!("column `{}` is no text, and has no collation", def.name),
            "take `collation(…)` away",
        ));
    }
    Ok(format!(" COLLATE {}", quote::identifier(text, QUOTE)))
}

/// What stands behind `DEFAULT`.
pub(super) fn default_sql(scope: &Scope<'_>, def: &ColumnDef) -> Result<Option<String>, CompileError> {
    let Some(value) = &def.default else { return Ok(None) };
    let rendered = default::render(&def.kind, value).map_err(|reason| {
        scope.unsupported(
            format!("column `{}`: {reason}", def.name),
            "write the default with `default_expression(…)`",
        )
    })?;
    let Some(rendered) = rendered else { return Ok(None) };
    let name = &def.name;
    if identity::wanted(def).is_some() {
        let reason = format!("column `{name}` counts up and has a default");
        return Err(scope.unsupported(reason, "take one of the two away"));
    }
    if def.generated.is_some() {
        let reason = format!("column `{name}` is computed and has a default");
        return Err(scope.unsupported(reason, "take one of the two away"));
    }
    Ok(Some(rendered.sql))
}

/// Refuses a definition that the server would refuse, or would not honour.
pub(super) fn check(scope: &Scope<'_>, def: &ColumnDef) -> Result<(), CompileError> {
    let name = &def.name;
    types::check(scope, name, &def.kind)?;
    identity::check(scope, def)?;
    if def.unsigned && !def.kind.is_number() {
        return Err(scope.unsupported(
            format!("column `{name}` is unsigned, but not a number"),
            "take `unsigned()` away",
        ));
    }
    if def.generated.is_some() && identity::wanted(def).is_some() {
        return Err(scope
            .unsupported(format!("column `{name}` is computed and counts up"), "take one of the two away"));
    }
    if def.using.is_some() && !def.change {
        return Err(scope.unsupported(
            format!("column `{name}` is new and has no value to convert"),
            "take `using(…)` away, or add `change()`",
        ));
    }
    Ok(())
}

/// The primary key of an auto-increment column, named by convention.
pub(super) fn auto_key(table: &TableName, column: &ColumnDef) -> PrimaryKeyDef {
    let columns = vec![column.name.clone()];
    PrimaryKeyDef { name: conventional_name(&table.name, &columns, "primary"), columns }
}

/// `COMMENT ON COLUMN`.
pub(super) fn comment(
    scope: &Scope<'_>,
    table: &TableName,
    column: &str,
    text: &str,
) -> Result<Statement, CompileError> {
    let sql = format!(
        "COMMENT ON COLUMN {}.{} IS {}",
        scope.table(table)?,
        scope.ident(column)?,
        quote::text(text)
    );
    Ok(Statement::new(sql).probed(Probe::Repeatable))
}
