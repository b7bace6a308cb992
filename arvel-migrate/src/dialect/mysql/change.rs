//! A changed column: the whole definition that `MODIFY COLUMN` wants, from what is mentioned and what is there.
//!
//! The type is always mentioned, and so is its sign. Nullability, default, comment, collation, counting, generation
//! and whatever else the column carries (`on update`, a check of its own) stay unless the definition says otherwise.

use crate::{
    dialect::{CompileError, quote, scope::Scope},
    operation::{ColumnDef, ColumnType},
    schema::{Column, Table},
};

use super::{ddl, default, facts::Facts, literal, types};

/// `` MODIFY COLUMN `title` varchar(500) COLLATE … NOT NULL DEFAULT 'x' COMMENT 'y' ``.
pub(super) fn column(
    scope: &Scope<'_>,
    facts: &Facts,
    def: &ColumnDef,
    present: &Column,
    whole: &Table,
) -> Result<String, CompileError> {
    types::check(scope, facts, def)?;
    let mut sql = format!("MODIFY COLUMN {} {}", scope.ident(&def.name)?, types::type_name(facts, def));
    if let Some(collation) = kept_collation(def, present) {
        sql.push_str(&format!(" COLLATE {}", quote::identifier(collation, super::QUOTE)));
    }
    match &present.generated {
        Some((expression, stored)) => {
            let kind = if *stored { "STORED" } else { "VIRTUAL" };
            sql.push_str(&format!(" GENERATED ALWAYS AS ({expression}) {kind}"));
            // MariaDB knows no nullability here.
            if !nullable(def, present) {
                sql.push_str(" NOT NULL");
            }
        }
        None => sql.push_str(if nullable(def, present) { " NULL" } else { " NOT NULL" }),
    }
    let counts = def.auto_increment || present.auto_increment;
    if def.default.is_some() {
        if let Some(text) = ddl::default_sql(scope, facts, def)? {
            sql.push_str(&format!(" DEFAULT {text}"));
        }
    } else if let Some(text) = present.default.as_ref().filter(|_| !counts) {
        sql.push_str(&format!(" DEFAULT {}", default::again(facts, &def.kind, text)));
    }
    if counts {
        sql.push_str(" AUTO_INCREMENT");
        if whole.primary_key.is_none() {
            sql.push_str(" PRIMARY KEY");
        }
    }
    let (extra, check) = split_extra(kept_extra(def, present));
    sql.push_str(&extra.map_or_else(String::new, |extra| format!(" {extra}")));
    if let Some(text) = def.comment.as_ref().or(present.comment.as_ref()) {
        sql.push_str(&format!(" COMMENT {}", literal::text(text)));
    }
    sql.push_str(&check.map_or_else(String::new, |check| format!(" {check}")));
    Ok(sql)
}

/// Whether the changed column allows NULL.
pub(super) fn nullable(def: &ColumnDef, present: &Column) -> bool {
    def.nullable.unwrap_or(present.nullable && !def.auto_increment)
}

/// The collation, which MODIFY would otherwise set back.
pub(super) fn kept_collation<'a>(def: &ColumnDef, present: &'a Column) -> Option<&'a str> {
    present.collation.as_deref().filter(|_| types::is_text(&def.kind))
}

/// What the column carries besides. `on update` is only possible for a date with a time.
pub(super) fn kept_extra<'a>(def: &ColumnDef, present: &'a Column) -> Option<&'a str> {
    let moment = matches!(def.kind, ColumnType::DateTime { .. } | ColumnType::Timestamp { .. });
    present.extra.as_deref().filter(|extra| moment || !extra.starts_with("on update"))
}

/// The check of its own stands behind the comment.
fn split_extra(extra: Option<&str>) -> (Option<&str>, Option<&str>) {
    let Some(extra) = extra else { return (None, None) };
    match extra.find("check (") {
        Some(0) => (None, Some(extra)),
        Some(at) => (Some(extra[..at].trim()), Some(&extra[at..])),
        None => (Some(extra), None),
    }
}
