//! A column as it will be: of its definition alone, or for a change of the definition and of what is there, since the
//! server takes whole definitions only. What a change does not mention stays: collation, default, comment, `ON UPDATE`,
//! the expression of a generated column, a check of its own, and whether it is hidden.
//!
//! One value for both uses: [`column`](super::column) writes its SQL, [`fold`](super::fold) keeps what the catalog will
//! show. What the server would refuse, or do otherwise in silence, is refused here.

use crate::{
    dialect::CompileError,
    operation::{ColumnDef, Generated},
    schema::{Column, Table},
};

use super::{charset, default, facts::Facts, types};

/// Why something can not be, and what to do instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub reason: String,
    pub alternative: String,
}

impl Refusal {
    pub fn new(reason: impl Into<String>, alternative: impl Into<String>) -> Self {
        Self { reason: reason.into(), alternative: alternative.into() }
    }

    /// The refusal of the operation under compilation.
    pub fn of(self, scope: &crate::dialect::scope::Scope<'_>) -> CompileError {
        scope.unsupported(self.reason, self.alternative)
    }
}

/// A column as it will be.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    /// As the catalog will show it.
    pub column: Column,
    /// The type as DDL says it.
    pub type_sql: String,
    /// What DDL says of character set and collation, with a space before it.
    pub charset_sql: String,
    /// What stands behind `DEFAULT`.
    pub default_sql: Option<String>,
    /// What stands behind `ON UPDATE`.
    pub on_update_sql: Option<String>,
    /// The check of its own, `check (…)`: only of a column that somebody else made.
    pub check: Option<String>,
    /// Whether NOT NULL or NULL must be said.
    pub says_null: bool,
    /// Whether it becomes the primary key by itself.
    pub is_key: bool,
}

/// The shape of a new column, or of one that is there and changes, in its table as that is.
pub(super) fn of(
    facts: &Facts,
    def: &ColumnDef,
    present: Option<&Column>,
    table: &Table,
) -> Result<Shape, Refusal> {
    let kept = present.and_then(|present| types::keeping_srid(def, present));
    let def = kept.as_ref().unwrap_or(def);
    types::check(facts, def)?;
    let type_name = types::catalog_name(facts, def);
    let generated = generated(def, present)?;
    let auto_increment = def.auto_increment || present.is_some_and(|present| present.auto_increment);
    let nullable = nullable(facts, def, present, generated.is_some(), auto_increment)?;
    let (default_sql, default) = match (&generated, auto_increment) {
        (None, false) => defaults(facts, def, present)?,
        _ if said(def) => {
            let why = if auto_increment { "counts up" } else { "is computed" };
            let reason = format!("column `{}` {why} and has a default", def.name);
            return Err(Refusal::new(reason, "take one of the two away"));
        }
        _ => (None, None),
    };
    let (on_update_sql, on_update) = on_update(facts, def, present, generated.is_some())?;
    if on_update.is_some() && !nullable && default.is_none() && facts.on_update_makes_default {
        return Err(Refusal::new(
            format!(
                "column `{}` takes the moment of an UPDATE and is NOT NULL without a default, to which this server adds the default 0000-00-00 by itself",
                def.name
            ),
            "add `use_current()` or `nullable()`",
        ));
    }
    let said = def.check.as_ref().map(|expression| format!("check ({expression})"));
    let check = said.or_else(|| present.and_then(own_check).map(str::to_owned));
    let extra: Vec<String> = on_update.into_iter().chain(check.clone()).collect();
    let (charset_sql, charset, collation) = charset(facts, def, present, table, &type_name);
    let invisible = def.invisible.unwrap_or_else(|| present.is_some_and(|present| present.invisible));
    let required = !nullable && default.is_none() && !auto_increment && generated.is_none();
    if invisible && required && facts.invisible_needs_default {
        return Err(Refusal::new(
            format!("column `{}` is hidden and NOT NULL, and would have no value", def.name),
            "add `nullable()` or a default",
        ));
    }
    let comment = def.comment.as_ref().or(present.and_then(|present| present.comment.as_ref()));
    if let Some(count) = def.comment.as_ref().map(|text| text.chars().count()).filter(|count| *count > 1024) {
        return Err(Refusal::new(
            format!("the comment of column `{}` has {count} characters; the server keeps 1024", def.name),
            "shorten it",
        ));
    }
    Ok(Shape {
        type_sql: types::type_name(facts, def),
        charset_sql,
        default_sql,
        on_update_sql,
        check,
        says_null: generated.is_none() || (!nullable && facts.generated_not_null),
        is_key: def.auto_increment && def.primary && table.primary_key.is_none(),
        column: Column {
            name: def.name.clone(),
            type_name,
            nullable,
            default,
            auto_increment,
            identity: None,
            generated,
            invisible,
            charset,
            collation,
            comment: comment.filter(|text| !text.is_empty()).cloned(),
            extra: (!extra.is_empty()).then(|| extra.join(" ")),
        },
    })
}

/// The collation of a table's texts.
pub(super) fn collation_of<'a>(facts: &'a Facts, table: &'a Table) -> &'a str {
    table.options.collation.as_deref().unwrap_or(&facts.own.collation)
}

fn said(def: &ColumnDef) -> bool {
    !matches!(def.default, None | Some(crate::operation::DefaultValue::Null))
}

/// "Generated columns can not be changed from or to VIRTUAL" in both manuals: MariaDB answers 1907, MySQL 3106.
fn generated(def: &ColumnDef, present: Option<&Column>) -> Result<Option<Generated>, Refusal> {
    let was = present.and_then(|present| present.generated.as_ref());
    let Some(asked) = &def.generated else { return Ok(was.cloned()) };
    if let Some(present) = present {
        let possible = match was {
            Some(was) => was.stored == asked.stored,
            None => asked.stored && !present.auto_increment,
        };
        if !possible {
            let kind = |stored: bool| if stored { "stored" } else { "virtual" };
            let from = was.map_or("plain", |was| kind(was.stored));
            return Err(Refusal::new(
                format!("a {from} column can not become a {} one", kind(asked.stored)),
                format!("drop `{}` and add it again", def.name),
            ));
        }
    }
    if def.auto_increment {
        return Err(Refusal::new(
            format!("column `{}` counts up and is computed", def.name),
            "take one of the two away",
        ));
    }
    Ok(Some(asked.clone()))
}

/// A computed column is NULL when its expression is, unless `not_null()` says otherwise; MariaDB does not let it.
fn nullable(
    facts: &Facts,
    def: &ColumnDef,
    present: Option<&Column>,
    generated: bool,
    auto_increment: bool,
) -> Result<bool, Refusal> {
    if generated {
        let asked = def.nullable.or(present.map(|present| present.nullable)).unwrap_or(true);
        return match (asked, facts.generated_not_null) {
            (false, false) if def.nullable == Some(false) => Err(Refusal::new(
                format!("column `{}` is computed, and NOT NULL can not be said of it", def.name),
                "take `not_null()` away, or add a check",
            )),
            (_, false) => Ok(true),
            (asked, true) => Ok(asked),
        };
    }
    let kept = present.is_some_and(|present| present.nullable) && !auto_increment;
    Ok(def.nullable.unwrap_or(kept))
}

type Defaults = (Option<String>, Option<String>);

fn defaults(facts: &Facts, def: &ColumnDef, present: Option<&Column>) -> Result<Defaults, Refusal> {
    let rendered = match (&def.default, present.and_then(|present| present.default.as_deref())) {
        (Some(value), _) => default::render(facts, def, value).map_err(|reason| {
            Refusal::new(
                format!("column `{}`: {reason}", def.name),
                "mend the default, or write it with `default_expression(…)`",
            )
        })?,
        (None, Some(text)) => Some(default::carried(facts, def, text).map_err(|reason| {
            Refusal::new(
                format!("column `{}` has a default that its new type can not keep: {reason}", def.name),
                "say the new default with `default(…)`, or `no_default()`",
            )
        })?),
        (None, None) => None,
    };
    Ok(rendered.map(|rendered| (rendered.sql, rendered.catalog)).unzip())
}

/// `ON UPDATE`: as SQL, and as the catalog shows it. It goes where a type has no moment.
fn on_update(
    facts: &Facts,
    def: &ColumnDef,
    present: Option<&Column>,
    generated: bool,
) -> Result<Defaults, Refusal> {
    let kind = types::moment(&def.kind);
    if def.use_current_on_update == Some(true) && (kind.is_none() || generated) {
        return Err(Refusal::new(
            format!("column `{}` can not take the moment of an UPDATE", def.name),
            "use `timestamp(…)` or `date_time(…)`",
        ));
    }
    let kept = present.and_then(|present| present.extra.as_deref());
    let kept = kept.is_some_and(|extra| extra.starts_with("on update "));
    if !def.use_current_on_update.unwrap_or(kept) || generated {
        return Ok((None, None));
    }
    let now = kind.and_then(|kind| default::current(facts, &kind).ok());
    Ok(now.map(|now| (now.sql, format!("on update {}", now.catalog))).unzip())
}

/// The check that stands at a column itself (MariaDB): a MODIFY must say it again.
pub(super) fn own_check(column: &Column) -> Option<&str> {
    let extra = column.extra.as_deref()?;
    extra.find("check (").map(|at| &extra[at..])
}

fn charset(
    facts: &Facts,
    def: &ColumnDef,
    present: Option<&Column>,
    table: &Table,
    type_name: &str,
) -> (String, Option<String>, Option<String>) {
    if !charset::is_text(type_name) {
        return (String::new(), None, None);
    }
    let around = collation_of(facts, table);
    let asked = facts.default_collations.asked(def.charset.as_deref(), def.collation.as_deref());
    let (sql, effective) = match asked {
        Some(collation) => (charset::clause(def), collation),
        None => {
            let kept = present.filter(|present| charset::is_text(&present.type_name));
            let kept = kept.and_then(|present| present.collation.clone());
            let effective = kept.unwrap_or_else(|| around.to_owned());
            let (charset, collation) = charset::apart(&effective, around);
            (charset::words(charset.as_deref(), collation.as_deref()), effective)
        }
    };
    let (charset, collation) = charset::apart(&effective, around);
    (sql, charset, collation)
}
