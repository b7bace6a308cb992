//! Keys, checks and exclusions, as they stand in a CREATE and in an ADD.
//!
//! Inside a CREATE the server takes every constraint for valid, since there is no row: what is `not_valid()` is added
//! behind it, so that it stays so until it is validated, whatever came between.

use crate::{
    dialect::{CompileError, scope::Scope},
    operation::{AlterMode, CheckDef, ExclusionDef, ForeignKeyDef, PrimaryKeyDef},
    schema::{Column, Exclusion},
};

use super::{name, normalize};

/// `CONSTRAINT "posts_id_primary" PRIMARY KEY ("id")`.
pub(super) fn primary(scope: &Scope<'_>, key: &PrimaryKeyDef) -> Result<String, CompileError> {
    Ok(format!("CONSTRAINT {} PRIMARY KEY ({})", scope.ident(&key.name)?, scope.list(&key.columns)?))
}

/// `CONSTRAINT "posts_author_id_foreign" FOREIGN KEY ("author_id") REFERENCES "users" ("id")`.
pub(super) fn foreign(scope: &Scope<'_>, key: &ForeignKeyDef) -> Result<String, CompileError> {
    let mut sql = format!(
        "CONSTRAINT {} FOREIGN KEY ({}) REFERENCES {} ({})",
        scope.ident(&key.name)?,
        scope.list(&key.columns)?,
        scope.table(&key.references)?,
        scope.list(&key.referenced_columns)?,
    );
    if key.match_full {
        sql.push_str(" MATCH FULL");
    }
    if let Some(action) = key.on_delete {
        sql.push_str(&format!(" ON DELETE {}", action.sql()));
    }
    if let Some(action) = key.on_update {
        sql.push_str(&format!(" ON UPDATE {}", action.sql()));
    }
    if let Some(deferrable) = key.deferrable {
        sql.push_str(&format!(" {}", deferrable.sql()));
    }
    Ok(sql)
}

/// `CONSTRAINT "posts_price_check" CHECK (price > 0)`.
pub(super) fn check(scope: &Scope<'_>, def: &CheckDef) -> Result<String, CompileError> {
    Ok(format!("CONSTRAINT {} CHECK ({})", scope.ident(&def.name)?, def.expression))
}

/// What stands behind a constraint that leaves the rows that are there alone.
pub(super) fn not_valid(mode: AlterMode) -> &'static str {
    if mode.not_valid { " NOT VALID" } else { "" }
}

/// `CONSTRAINT "bookings_room_during_excl" EXCLUDE USING "gist" ("room" WITH =, (during) WITH &&)`. What is the name of
/// a column is one; everything else is an expression.
pub(super) fn exclusion(
    scope: &Scope<'_>,
    def: &ExclusionDef,
    columns: &[Column],
) -> Result<String, CompileError> {
    if let Some(definition) = &def.definition {
        return Ok(format!("CONSTRAINT {} {definition}", scope.ident(&def.name)?));
    }
    let mut elements = Vec::with_capacity(def.elements.len());
    for (text, operator) in &def.elements {
        let what = match is_column(text, columns) {
            true => scope.ident(text)?,
            false => format!("({text})"),
        };
        elements.push(format!("{what} WITH {operator}"));
    }
    let mut sql = format!(
        "CONSTRAINT {} EXCLUDE USING {} ({})",
        scope.ident(&def.name)?,
        scope.ident(def.method.as_deref().unwrap_or("gist"))?,
        elements.join(", "),
    );
    if let Some(predicate) = &def.predicate {
        sql.push_str(&format!(" WHERE ({predicate})"));
    }
    if let Some(deferrable) = def.deferrable {
        sql.push_str(&format!(" {}", deferrable.sql()));
    }
    Ok(sql)
}

fn is_column(text: &str, columns: &[Column]) -> bool {
    columns.iter().any(|column| column.name == text)
}

/// The exclusion as `pg_get_constraintdef()` will show it, but for the spelling of expressions.
pub(super) fn folded_exclusion(def: &ExclusionDef, columns: &[Column]) -> Exclusion {
    if let Some(definition) = def.definition.clone() {
        return Exclusion { name: def.name.clone(), definition };
    }
    let elements = def.elements.iter().map(|(text, operator)| {
        let what = match is_column(text, columns) {
            true => name::shown(text),
            false => match normalize::expression(text) {
                call if is_call(&call) => call,
                other => format!("({other})"),
            },
        };
        format!("{what} WITH {operator}")
    });
    let elements = elements.collect::<Vec<_>>().join(", ");
    let method = name::shown(def.method.as_deref().unwrap_or("gist"));
    let mut definition = format!("EXCLUDE USING {method} ({elements})");
    if let Some(predicate) = &def.predicate {
        definition.push_str(&format!(" WHERE ({})", normalize::expression(predicate)));
    }
    if let Some(deferrable) = def.deferrable {
        definition.push_str(match deferrable {
            crate::operation::Deferrable::Immediate => " DEFERRABLE",
            crate::operation::Deferrable::Deferred => " DEFERRABLE INITIALLY DEFERRED",
        });
    }
    Exclusion { name: def.name.clone(), definition }
}

/// Whether an expression is one call of a function, which the server shows without parentheses around it.
fn is_call(text: &str) -> bool {
    let Some(open) = text.find('(') else { return false };
    let named =
        !text[..open].is_empty() && text[..open].chars().all(|c| c.is_alphanumeric() || c == '_' || c == '.');
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return named && at + 1 == text.len();
                }
            }
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_stand_without_parentheses() {
        for (text, call) in [
            ("tsrange(a, b)", true),
            ("lower((a))", true),
            ("a + 1", false),
            ("f(a) + g(b)", false),
            ("(a)", false),
        ] {
            assert_eq!(is_call(text), call, "{text}");
        }
    }
}
