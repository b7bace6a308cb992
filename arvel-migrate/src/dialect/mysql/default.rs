//! Defaults: as DDL says them, and as the catalog shows them afterwards, in SQL (`'x'`, `1.50`, `current_timestamp()`).
//!
//! The catalog's form depends on the column: a `decimal(8,2)` shows `1.50` for `1.5`. Expressions are kept as written;
//! the server may spell them differently.

use crate::operation::{ColumnType, DefaultValue};

use super::{facts::Facts, literal, types};

/// A default in both spellings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rendered {
    /// As it stands behind `DEFAULT`.
    pub sql: String,
    /// As the catalog shows it.
    pub catalog: String,
}

/// A default for a column of a type; `None` when there is none. The error is the reason for a refusal.
pub(super) fn render(
    facts: &Facts,
    kind: &ColumnType,
    value: &DefaultValue,
) -> Result<Option<Rendered>, String> {
    let catalog = match value {
        DefaultValue::Null => return Ok(None),
        DefaultValue::Expression(text) => {
            return Ok(Some(Rendered { sql: format!("({text})"), catalog: text.clone() }));
        }
        DefaultValue::CurrentTimestamp => return current(facts, kind).map(Some),
        DefaultValue::Bool(value) if is_number(kind) => number(kind, &i32::from(*value).to_string()),
        DefaultValue::Bool(value) => literal::text(&value.to_string()),
        DefaultValue::Integer(value) if is_number(kind) => number(kind, &value.to_string()),
        DefaultValue::Integer(value) => literal::text(&value.to_string()),
        DefaultValue::Float(value) if !value.is_finite() => {
            return Err(format!("{value} is no number of this database"));
        }
        DefaultValue::Float(value) if is_number(kind) => number(kind, &value.to_string()),
        DefaultValue::Float(value) => literal::text(&value.to_string()),
        DefaultValue::Text(text) => match text.to_lowercase().as_str() {
            "true" if *kind == ColumnType::Boolean => "1".to_owned(),
            "false" if *kind == ColumnType::Boolean => "0".to_owned(),
            _ if is_number(kind) && text.parse::<f64>().is_ok_and(f64::is_finite) => number(kind, text),
            _ => literal::text(&moment(kind, text)),
        },
    };
    let wrapped = !facts.text_literal_defaults && types::is_large(kind);
    let sql = if wrapped { format!("({catalog})") } else { catalog.clone() };
    Ok(Some(Rendered { sql, catalog }))
}

fn is_number(kind: &ColumnType) -> bool {
    types::is_integer(kind)
        || matches!(
            kind,
            ColumnType::Boolean | ColumnType::Decimal { .. } | ColumnType::Float | ColumnType::Double
        )
}

/// A number as the column shows it: a decimal with all digits behind its point, every other without needless zeros.
fn number(kind: &ColumnType, text: &str) -> String {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    if !part.bytes().all(|b| b.is_ascii_digit()) {
        return text.to_owned();
    }
    let part = part.trim_end_matches('0');
    match kind {
        ColumnType::Decimal { scale, .. } if part.len() > usize::from(*scale) => text.to_owned(),
        ColumnType::Decimal { scale, .. } if *scale > 0 => {
            let scale = usize::from(*scale);
            format!("{whole}.{part:0<scale$}")
        }
        _ if part.is_empty() => whole.to_owned(),
        _ => format!("{whole}.{part}"),
    }
}

/// A moment with all digits behind its second.
fn moment(kind: &ColumnType, text: &str) -> String {
    match kind {
        ColumnType::Time { precision }
        | ColumnType::DateTime { precision }
        | ColumnType::Timestamp { precision }
            if *precision > 0 && !text.contains('.') && text.contains(':') =>
        {
            format!("{text}.{:0<1$}", "", usize::from(*precision))
        }
        _ => text.to_owned(),
    }
}

/// The moment of the INSERT in the precision of the column.
fn current(facts: &Facts, kind: &ColumnType) -> Result<Rendered, String> {
    let call = |name: &str, precision: u8| match precision {
        0 => format!("{name}()"),
        _ => format!("{name}({precision})"),
    };
    match kind {
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
            Ok(Rendered { sql: "(CURRENT_DATE)".to_owned(), catalog: "curdate()".to_owned() })
        }
        ColumnType::Time { precision } => {
            let catalog = call("curtime", *precision);
            Ok(Rendered { sql: format!("({catalog})"), catalog })
        }
        _ => Err("its type has no current moment".to_owned()),
    }
}

/// A default that is carried over to a changed column: a literal and the current moment are said again for its
/// type, every other expression stands in parentheses.
pub(super) fn carried(facts: &Facts, kind: &ColumnType, catalog: &str) -> Rendered {
    let inner = catalog.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
    let literal = match inner {
        Some(inner) if closes_at_end(catalog) => Some(unescaped(inner)),
        _ => catalog.parse::<f64>().is_ok().then(|| catalog.to_owned()),
    };
    let moment = catalog.to_lowercase().starts_with("current_timestamp");
    let value = literal.map(DefaultValue::Text).or(moment.then_some(DefaultValue::CurrentTimestamp));
    let rendered = value.and_then(|value| render(facts, kind, &value).ok().flatten());
    rendered.unwrap_or_else(|| Rendered { sql: format!("({catalog})"), catalog: catalog.to_owned() })
}

/// The text of a literal as the catalog shows it: a quote is doubled, and what can not be seen stands behind a backslash.
fn unescaped(inner: &str) -> String {
    let mut text = String::with_capacity(inner.len());
    let mut rest = inner.chars();
    while let Some(c) = rest.next() {
        match c {
            '\\' => text.extend(rest.next().map(|escaped| match escaped {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                '0' => '\0',
                'Z' => '\u{1a}',
                other => other,
            })),
            // The other half of a doubled quote.
            '\'' => text.extend(rest.next()),
            _ => text.push(c),
        }
    }
    text
}

fn closes_at_end(text: &str) -> bool {
    let mut rest = text.chars().skip(1);
    while let Some(c) = rest.next() {
        match c {
            '\\' => drop(rest.next()),
            '\'' => match rest.next() {
                Some('\'') => {}
                other => return other.is_none(),
            },
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_carried_as_it_was() {
        for text in ["it's", "a\nb\r\tc", "back\\slash", "\\n", "'", "nul\0 \u{1a}", ""] {
            let shown =
                text.replace('\\', "\\\\").replace('\'', "''").replace('\n', "\\n").replace('\r', "\\r");
            let shown = shown.replace('\0', "\\0").replace('\u{1a}', "\\Z");
            assert_eq!(unescaped(&shown), text);
        }
    }
}
