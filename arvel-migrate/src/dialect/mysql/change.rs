//! A changed column: the whole definition that `MODIFY COLUMN` wants, from what is mentioned and what is there.
//!
//! The type is always mentioned, and so is its sign. Nullability, default, comment, collation, counting, generation
//! and whatever else the column carries (`on update`, a check of its own) stay unless the definition says otherwise.

use crate::{
    dialect::{CompileError, quote, scope::Scope},
    operation::{ColumnDef, ColumnType, DefaultValue},
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
    let key = whole.primary_key.as_ref();
    if def.nullable == Some(true) && key.is_some_and(|key| key.columns.contains(&def.name)) {
        // MariaDB takes the NULL and forgets it without a word.
        return Err(scope.unsupported(
            format!("column `{}` is part of the primary key and can not be nullable", def.name),
            "drop the primary key first, or take `nullable()` away",
        ));
    }
    for index in &whole.indexes {
        let of_this = |name: &str| (name == def.name).then(|| types::type_name(facts, def));
        ddl::indexable(scope, &index.name, &index.columns, of_this)?;
    }
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
        sql.push_str(&format!(" DEFAULT {}", default::carried(facts, &def.kind, text).sql));
    }
    if counts {
        sql.push_str(" AUTO_INCREMENT");
        if whole.primary_key.is_none() {
            sql.push_str(" PRIMARY KEY");
        }
    }
    let extra = kept_extra(facts, def, present);
    let (extra, check) = split_extra(extra.as_deref());
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

/// What the column carries besides. `on update` is only possible for a date with a time, in the precision of the column.
pub(super) fn kept_extra(facts: &Facts, def: &ColumnDef, present: &Column) -> Option<String> {
    let extra = present.extra.as_deref()?;
    let Some(moment) = extra.strip_prefix("on update ") else { return Some(extra.to_owned()) };
    let end =
        moment.find([')', ' ']).map_or(moment.len(), |at| at + usize::from(moment[at..].starts_with(')')));
    let rest = moment[end..].trim();
    let now = match def.kind {
        ColumnType::DateTime { .. } | ColumnType::Timestamp { .. } => {
            default::render(facts, &def.kind, &DefaultValue::CurrentTimestamp).ok().flatten()
        }
        _ => None,
    };
    let now = now.map_or_else(String::new, |now| format!("on update {}", now.catalog));
    let extra = format!("{now} {rest}");
    Some(extra.trim().to_owned()).filter(|extra| !extra.is_empty())
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
