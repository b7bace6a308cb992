//! A changed column: the clauses for what is mentioned, and nothing for the rest.
//!
//! The type is always mentioned. Nullability, default, comment, collation, how it counts and how it is computed stay
//! unless the definition says otherwise.

use crate::{
    dialect::{CompileError, Guard, Statement, quote, scope::Scope},
    operation::{ColumnDef, Identity, TableName},
    schema::{Column, Table},
};

use super::{
    QUOTE, column, constraint, default,
    identity::{self, count_on},
    type_check::{self, Held},
    types::{self, Family},
};

/// The collation of a column that has none of its own.
pub(super) const OF_THE_TYPE: &str = "default";

/// The parts of a change.
pub(super) struct Changed {
    /// The clauses of the ALTER that look at no row, but for those of another type.
    pub clauses: Vec<String>,
    /// Where among them NULL is no longer allowed: the rows are looked at.
    pub not_null: Option<usize>,
    /// The name and the clause of a new check beside the type: the rows are looked at.
    pub held: Option<(String, String)>,
    /// The statements that follow.
    pub after: Vec<Statement>,
}

impl Changed {
    /// All clauses of one ALTER.
    pub fn into_clauses(self, name: &str) -> (Vec<String>, Vec<Statement>) {
        let mut clauses = self.clauses;
        if let Some(at) = self.not_null {
            clauses.insert(at, format!("ALTER COLUMN {name} SET NOT NULL"));
        }
        clauses.extend(self.held.map(|(_, clause)| format!("ADD {clause}")));
        (clauses, self.after)
    }
}

/// What an ALTER has to say, and the statements that follow it.
pub(super) fn change(
    scope: &Scope<'_>,
    table: &TableName,
    def: &ColumnDef,
    present: &Column,
    whole: &Table,
) -> Result<Changed, CompileError> {
    column::check(scope, def)?;
    check(scope, def, present)?;
    let name = scope.ident(&def.name)?;
    let alter = |what: String| format!("ALTER COLUMN {name} {what}");
    let (mut clauses, mut after) = (Vec::new(), Vec::new());

    let check = present.extra.as_deref().and_then(type_check::name_in);
    let wanted = wanted_extra(table, def);
    let keeps_check = wanted.is_some() && wanted == present.extra;
    if let Some(check) = check.filter(|_| !keeps_check) {
        clauses.push(format!("DROP CONSTRAINT {}", scope.ident(&check)?));
    }

    let default = default_change(scope, def, present)?;
    let retyped = retype(scope, def, present, &name)?;
    if let Some(sql) = &retyped {
        // The server converts a default by an assignment cast only, and refuses the change where there is none.
        if default != Default::Keep && present.default.is_some() {
            clauses.push(alter("DROP DEFAULT".to_owned()));
        }
        clauses.push(alter(sql.clone()));
    }
    match default {
        Default::Set(sql) => clauses.push(alter(format!("SET DEFAULT {sql}"))),
        Default::Drop if retyped.is_none() => clauses.push(alter("DROP DEFAULT".to_owned())),
        Default::Drop | Default::Keep => {}
    }
    if let Some(generated) = &def.generated {
        clauses.push(alter(format!("SET EXPRESSION AS ({})", generated.expression)));
    }

    let starts = starts_counting(def, present);
    let mut not_null = None;
    match def.nullable {
        Some(true) => clauses.push(alter("DROP NOT NULL".to_owned())),
        Some(false) => not_null = Some(clauses.len()),
        None if starts.is_some() && present.nullable => not_null = Some(clauses.len()),
        None => {}
    }
    if let Some(identity) = &starts {
        clauses.push(alter(format!("ADD {}", identity::clause(identity))));
        if def.auto_increment && whole.primary_key.is_none() {
            clauses.push(format!("ADD {}", constraint::primary(scope, &column::auto_key(table, def))?));
        }
        after.push(count_on(scope, table, &def.name, identity)?);
    } else {
        let counted = counted(def, present);
        if let (Some(after), Some(before)) = (&counted, &present.identity) {
            clauses.extend(identity::change(after, before).map(&alter));
        }
        let turns = match (&counted, &present.identity) {
            (Some(after), Some(before)) => identity::turns(after, before),
            _ => false,
        };
        if turns || def.starting_value.is_some() {
            let from = Identity { start: def.starting_value, ..Identity::default() };
            after.push(count_on(scope, table, &def.name, &counted.unwrap_or(from))?);
        }
    }
    let held = if keeps_check { None } else { column::held(scope, table, def)? };
    if let Some(text) = &def.comment {
        after.push(column::comment(scope, table, &def.name, text)?);
    }
    Ok(Changed { clauses, not_null, held, after })
}

/// A look at the rows, where an enumeration may lose values or begins to hold them.
pub(super) fn guard(
    scope: &Scope<'_>,
    table: &TableName,
    def: &ColumnDef,
    present: &Column,
) -> Result<Option<Guard>, CompileError> {
    // What the rows become is only known to the expression.
    let Some(Held::OneOf(values)) = Held::of(&def.kind).filter(|_| def.using.is_none()) else {
        return Ok(None);
    };
    if let Some(Held::OneOf(kept)) = present.extra.as_deref().and_then(Held::in_extra)
        && kept.iter().all(|value| values.contains(value))
    {
        return Ok(None);
    }
    let literals: Vec<String> = values.iter().map(|value| quote::text(value)).collect();
    let text = format!("{}::text", scope.ident(&def.name)?);
    Ok(Some(Guard::values((table.to_string(), &def.name), (&text, &scope.table(table)?), &literals)))
}

/// Refuses what no ALTER can do.
fn check(scope: &Scope<'_>, def: &ColumnDef, present: &Column) -> Result<(), CompileError> {
    let name = &def.name;
    let refuse = |reason: String, alternative: &str| Err(scope.unsupported(reason, alternative));
    let again =
        "drop the column and add it anew in a change of its own: its values, indexes and keys are made again";
    match (&def.generated, &present.generated) {
        (Some(_), None) => {
            return refuse(format!("column `{name}` holds values, and can not become a computed one"), again);
        }
        (Some(said), Some(present)) if said.stored != present.stored => {
            return refuse(format!("column `{name}` can not change where its value is computed"), again);
        }
        (None, Some(_)) if def.default.is_some() || def.using.is_some() || def.identity.is_some() => {
            return refuse(
                format!("column `{name}` is computed, and takes its value from nowhere else"),
                "take `default(…)`, `using(…)` and `identity(…)` away",
            );
        }
        _ => {}
    }
    let counts = present.auto_increment;
    if counts && !def.kind.is_integer() {
        return refuse(
            format!("column `{name}` counts up, which only a whole number can"),
            "add a column of the new type, fill it, and drop this one",
        );
    }
    if counts && def.nullable == Some(true) {
        return refuse(format!("column `{name}` counts up, so it is never NULL"), "take `nullable()` away");
    }
    if identity::is_serial(present) && def.identity.is_some() {
        return refuse(
            format!("column `{name}` counts by a sequence that is its default (`serial`)"),
            "take the default and the sequence away with `schema.sql_for(\"postgres\", …)` first",
        );
    }
    if !counts && def.starting_value.is_some() && !def.auto_increment && def.identity.is_none() {
        return refuse(
            format!("column `{name}` has a first value, but does not count"),
            "add `auto_increment()`, or give it a `default(…)`",
        );
    }
    Ok(())
}

/// `TYPE bigint USING …`, when the type, the collation or the values change.
fn retype(
    scope: &Scope<'_>,
    def: &ColumnDef,
    present: &Column,
    name: &str,
) -> Result<Option<String>, CompileError> {
    let collation = match &def.collation {
        Some(text) => Some(column::collate(scope, def, text)?),
        None => {
            kept_collation(def, present).map(|text| format!(" COLLATE {}", quote::identifier(text, QUOTE)))
        }
    };
    let recollated = def.collation.is_some() && collated(def) != present.collation;
    if types::type_name(&def.kind) == present.type_name && !recollated && def.using.is_none() {
        return Ok(None);
    }
    let mut sql = format!("TYPE {}{}", types::sql(&def.kind), collation.unwrap_or_default());
    if let Some(using) = &def.using {
        sql.push_str(&format!(" USING ({using})"));
    } else if present.generated.is_none()
        && let Some(using) = types::using(&present.type_name, &def.kind, name)
    {
        sql.push_str(&format!(" USING {using}"));
    }
    Ok(Some(sql))
}

/// The `extra` of a column whose type has a check beside it.
pub(super) fn wanted_extra(table: &TableName, def: &ColumnDef) -> Option<String> {
    Some(Held::of(&def.kind)?.extra(&type_check::name_of(table, def)))
}

/// The collation that is asked for; `default` is the type's own, and shown as none.
pub(super) fn collated(def: &ColumnDef) -> Option<String> {
    def.collation.clone().filter(|text| text != OF_THE_TYPE)
}

/// The collation, which an ALTER of the type would otherwise set back.
pub(super) fn kept_collation<'a>(def: &ColumnDef, present: &'a Column) -> Option<&'a str> {
    present.collation.as_deref().filter(|_| types::is_collatable(&types::type_name(&def.kind)))
}

/// How a column that counts already does it after the change. An identity is said as a whole.
pub(super) fn counted(def: &ColumnDef, present: &Column) -> Option<Identity> {
    let before = present.identity.as_ref()?;
    let after = match &def.identity {
        Some(_) => identity::wanted(def)?,
        None => Identity { start: def.starting_value.or(before.start), ..before.clone() },
    };
    Some(identity::plain(&after, &types::type_name(&def.kind)))
}

/// How a column counts that did not.
pub(super) fn starts_counting(def: &ColumnDef, present: &Column) -> Option<Identity> {
    identity::wanted(def).filter(|_| !present.auto_increment)
}

#[derive(PartialEq, Eq)]
enum Default {
    Keep,
    Drop,
    Set(String),
}

fn default_change(scope: &Scope<'_>, def: &ColumnDef, present: &Column) -> Result<Default, CompileError> {
    if def.default.is_some() {
        return Ok(column::default_sql(scope, def)?.map_or(Default::Drop, Default::Set));
    }
    if starts_counting(def, present).is_some() && present.default.is_some() {
        return Ok(Default::Drop);
    }
    Ok(said_again(def, present).map_or(Default::Keep, |rendered| Default::Set(rendered.sql)))
}

/// The default, said again for a type of another family; `None` where the server carries it over by itself.
pub(super) fn said_again(def: &ColumnDef, present: &Column) -> Option<default::Rendered> {
    let (from, to) = (types::family(&present.type_name), types::type_name(&def.kind));
    let text = present.default.as_ref().filter(|_| !present.auto_increment)?;
    if from == types::family(&to) && from != Family::Other || present.type_name == to {
        return None;
    }
    let literal =
        default::literal_of(text).and_then(|value| default::render(&def.kind, &value).ok().flatten());
    Some(literal.unwrap_or_else(|| {
        let sql = format!("CAST(({text}) AS {})", types::sql(&def.kind));
        default::Rendered { catalog: format!("({text})::{to}"), sql }
    }))
}
