//! Defaults: as DDL says them, and as the catalog shows them afterwards (`pg_get_expr`).
//!
//! The catalog's form depends on the literal, not only on the column: `DEFAULT -1` reads back as `'-1'::integer`
//! on a `bigint` too. Expressions are kept as written; the server may spell them differently.

use crate::{
    dialect::quote,
    operation::{ColumnType, DefaultValue, SpecialType},
};

use super::types::{self, Family};

/// A default in both spellings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rendered {
    /// As it stands behind `DEFAULT`.
    pub sql: String,
    /// As the catalog shows it.
    pub catalog: String,
}

/// A default for a column of a type; `None` when there is none. The error is the reason for a refusal.
pub(super) fn render(kind: &ColumnType, value: &DefaultValue) -> Result<Option<Rendered>, String> {
    let same = |sql: String| Rendered { catalog: sql.clone(), sql };
    Ok(Some(match value {
        // `DEFAULT NULL` on a varchar would leave `NULL::character varying` in the catalog.
        DefaultValue::Null => return Ok(None),
        DefaultValue::Expression(text) | DefaultValue::Catalog(text) => same(text.clone()),
        DefaultValue::CurrentTimestamp => same(current(kind)?),
        DefaultValue::Bool(value) => match family(kind) {
            Family::Boolean => same(value.to_string()),
            Family::Number => same(i32::from(*value).to_string()),
            _ => quoted(kind, &value.to_string()),
        },
        DefaultValue::Integer(value) => match family(kind) {
            Family::Boolean if matches!(value, 0 | 1) => same((*value == 1).to_string()),
            Family::Number => integer(*value),
            _ if is_money(kind) => integer(*value),
            _ => quoted(kind, &value.to_string()),
        },
        DefaultValue::Float(value) => match family(kind) {
            Family::Number if value.is_finite() => decimal(&plain(*value)),
            // A quoted amount would be shown in the currency of the server's locale.
            _ if value.is_finite() && is_money(kind) => decimal(&plain(*value)),
            _ => quoted(kind, &plain(*value)),
        },
        DefaultValue::Text(text) => match family(kind) {
            Family::Number => match text.parse::<i64>() {
                Ok(value) => integer(value),
                Err(_) if is_decimal(text) => decimal(text),
                Err(_) => quoted(kind, text),
            },
            Family::Boolean => match text.to_lowercase().as_str() {
                "true" | "t" | "yes" | "on" | "1" => same("true".to_owned()),
                "false" | "f" | "no" | "off" | "0" => same("false".to_owned()),
                _ => quoted(kind, text),
            },
            _ => quoted(kind, text),
        },
    }))
}

fn family(kind: &ColumnType) -> Family {
    types::family(&types::type_name(kind))
}

fn is_money(kind: &ColumnType) -> bool {
    matches!(kind, ColumnType::Special(SpecialType::Money))
}

/// The moment of the INSERT in the precision of the column.
fn current(kind: &ColumnType) -> Result<String, String> {
    match kind {
        ColumnType::DateTime { precision } | ColumnType::Timestamp { precision } => {
            Ok(format!("CURRENT_TIMESTAMP({precision})"))
        }
        ColumnType::Time { precision } => Ok(format!("LOCALTIME({precision})")),
        ColumnType::TimeTz { precision } => Ok(format!("CURRENT_TIME({precision})")),
        ColumnType::Date => Ok("CURRENT_DATE".to_owned()),
        other => Err(format!("a column of type {} has no current moment", types::type_name(other))),
    }
}

fn integer(value: i64) -> Rendered {
    let sql = value.to_string();
    let catalog = match i32::try_from(value) {
        Ok(0..) => sql.clone(),
        Ok(_) => format!("'{value}'::integer"),
        Err(_) => format!("'{value}'::bigint"),
    };
    Rendered { sql, catalog }
}

fn decimal(text: &str) -> Rendered {
    let catalog = if text.starts_with('-') { format!("'{text}'::numeric") } else { text.to_owned() };
    Rendered { sql: text.to_owned(), catalog }
}

/// Digits with a point and without an exponent.
fn plain(value: f64) -> String {
    if !value.is_finite() {
        return format!("{value}").replace("inf", "Infinity");
    }
    let text = format!("{value}");
    if text.contains('.') { text } else { format!("{text}.0") }
}

fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.split_once('.').is_some_and(|(whole, part)| {
        [whole, part].iter().all(|half| !half.is_empty() && half.bytes().all(|b| b.is_ascii_digit()))
    })
}

/// A quoted literal, which the server reads as the column's type and shows with its name.
fn quoted(kind: &ColumnType, text: &str) -> Rendered {
    let sql = quote::text(text);
    let base = types::base(&types::type_name(kind));
    let shown = match base.as_str() {
        "bytea" if !text.starts_with('\\') => format!("'\\x{}'", crate::migration::hex(text.as_bytes())),
        _ => sql.clone(),
    };
    Rendered { sql, catalog: format!("{shown}::{}", label(base)) }
}

/// The name of a literal's type: without its modifier two types would read as other ones, and are named in another way.
fn label(base: String) -> String {
    match base.as_str() {
        "character" => "bpchar".to_owned(),
        "character[]" => "bpchar[]".to_owned(),
        "bit" => "\"bit\"".to_owned(),
        "bit[]" => "\"bit\"[]".to_owned(),
        _ => base,
    }
}

/// A default of the catalog as a value, when it is a plain literal: so that it can be said again for another type.
pub(super) fn literal_of(catalog: &str) -> Option<DefaultValue> {
    match catalog {
        "true" => return Some(DefaultValue::Bool(true)),
        "false" => return Some(DefaultValue::Bool(false)),
        _ => {}
    }
    if let Ok(value) = catalog.parse::<i64>() {
        return Some(DefaultValue::Integer(value));
    }
    if is_decimal(catalog) {
        return Some(DefaultValue::Text(catalog.to_owned()));
    }
    let (text, rest) = unquote(catalog)?;
    let label = rest.strip_prefix("::")?;
    let plain = label.chars().all(|c| c.is_alphanumeric() || " _\".[]".contains(c));
    plain.then_some(DefaultValue::Text(text))
}

/// The text of the literal with which `sql` begins, and what follows it.
pub(super) fn unquote(sql: &str) -> Option<(String, &str)> {
    let (body, escapes) = match sql.strip_prefix("E'") {
        Some(body) => (body, true),
        None => (sql.strip_prefix('\'')?, false),
    };
    let mut text = String::new();
    let mut chars = body.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '\'' if chars.peek().is_some_and(|(_, next)| *next == '\'') => {
                chars.next();
                text.push('\'');
            }
            '\'' => return Some((text, &body[at + 1..])),
            '\\' if escapes => text.push(chars.next()?.1),
            c => text.push(c),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_of_the_catalog_are_read_back() {
        for (catalog, value) in [
            ("true", Some(DefaultValue::Bool(true))),
            ("'-1'::integer", Some(DefaultValue::Text("-1".into()))),
            ("'it''s \\ x'::character varying", Some(DefaultValue::Text("it's \\ x".into()))),
            ("1.5", Some(DefaultValue::Text("1.5".into()))),
            ("7", Some(DefaultValue::Integer(7))),
            ("'{}'::\"Mood x\"[]", Some(DefaultValue::Text("{}".into()))),
            ("now()", None),
            ("'a'::text || 'b'::text", None),
        ] {
            assert_eq!(literal_of(catalog), value, "{catalog}");
        }
    }
}
