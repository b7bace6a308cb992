//! Defaults: as DDL says them, and as the catalog shows them afterwards, in SQL (`'x'`, `1.50`, `current_timestamp()`).
//!
//! Literals are those of [`value`]. Expressions are kept as written; the server may spell them differently.

use crate::operation::{ColumnDef, ColumnType, DefaultValue, SpecialType};

use super::{facts::Facts, literal, types, value};

/// A default in both spellings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rendered {
    /// As it stands behind `DEFAULT`.
    pub sql: String,
    /// As the catalog shows it.
    pub catalog: String,
}

/// A default for a column; `None` when there is none. The error is the reason for a refusal.
pub(super) fn render(
    facts: &Facts,
    def: &ColumnDef,
    value: &DefaultValue,
) -> Result<Option<Rendered>, String> {
    let catalog = match value {
        DefaultValue::Null => return Ok(None),
        DefaultValue::Expression(text) => return expression(facts, text.clone()).map(Some),
        DefaultValue::Catalog(text) => return carried(facts, def, text).map(Some),
        DefaultValue::CurrentTimestamp => return current(facts, &def.kind).map(Some),
        literal => value::literal(def, literal)?,
    };
    let wrapped = !facts.text_literal_defaults && types::is_large(&def.kind);
    if wrapped && !facts.expression_defaults {
        return Err("this version takes no default for its type".to_owned());
    }
    let sql = if wrapped { format!("({catalog})") } else { catalog.clone() };
    Ok(Some(Rendered { sql, catalog }))
}

fn expression(facts: &Facts, text: String) -> Result<Rendered, String> {
    match facts.expression_defaults {
        true => Ok(Rendered { sql: format!("({text})"), catalog: text }),
        false => Err("this version takes no expression as default".to_owned()),
    }
}

/// The moment of the INSERT in the precision of the column.
pub(super) fn current(facts: &Facts, kind: &ColumnType) -> Result<Rendered, String> {
    let call = |name: &str, precision: u8| match precision {
        0 => format!("{name}()"),
        _ => format!("{name}({precision})"),
    };
    match types::moment(kind).as_ref().unwrap_or(kind) {
        ColumnType::DateTime { precision } | ColumnType::Timestamp { precision } => {
            let standard = match precision {
                0 => "CURRENT_TIMESTAMP".to_owned(),
                _ => format!("CURRENT_TIMESTAMP({precision})"),
            };
            let catalog =
                if facts.sql_defaults { call("current_timestamp", *precision) } else { standard.clone() };
            Ok(Rendered { sql: standard, catalog })
        }
        ColumnType::Date => {
            let rendered = expression(facts, "curdate()".to_owned())?;
            Ok(Rendered { sql: "(CURRENT_DATE)".to_owned(), ..rendered })
        }
        ColumnType::Time { precision } => expression(facts, call("curtime", *precision)),
        _ => Err("its type has no current moment".to_owned()),
    }
}

/// A default that is carried over to a changed column: a literal and the current moment are said again for its
/// type, every other expression stands in parentheses. The error is the reason why it can not be carried.
pub(super) fn carried(facts: &Facts, def: &ColumnDef, catalog: &str) -> Result<Rendered, String> {
    // A type as written is not read: its default is taken as it is.
    let as_written = matches!(def.kind, ColumnType::Raw { .. });
    let same = || {
        let wrapped = !facts.text_literal_defaults && types::is_large(&def.kind);
        let sql = if wrapped { format!("({catalog})") } else { catalog.to_owned() };
        Rendered { sql, catalog: catalog.to_owned() }
    };
    let bits = catalog.strip_prefix("b'").and_then(|rest| rest.strip_suffix('\''));
    let literal = match bits {
        Some(bits) if matches!(def.kind, ColumnType::Special(SpecialType::Bit { .. })) => {
            Some(bits.to_owned())
        }
        Some(bits) => u64::from_str_radix(bits, 2).ok().map(|bits| bits.to_string()),
        None => literal::read(catalog).or_else(|| catalog.parse::<f64>().is_ok().then(|| catalog.to_owned())),
    };
    let moment = catalog.to_lowercase().starts_with("current_timestamp");
    let moved = match (literal, moment) {
        (Some(_), _) if as_written => return Ok(same()),
        (Some(text), _) => render(facts, def, &DefaultValue::Text(text))?,
        (None, true) if as_written => return Ok(same()),
        (None, true) => render(facts, def, &DefaultValue::CurrentTimestamp)?,
        (None, false) => None,
    };
    Ok(moved.unwrap_or_else(|| Rendered { sql: format!("({catalog})"), catalog: catalog.to_owned() }))
}
