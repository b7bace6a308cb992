//! Literals of defaults as the column holds them, which is how the catalog shows them: `1.50` for a `decimal(8,2)`,
//! `'01:02:03'` for a time, `b'101'` for bits.
//!
//! What the server would refuse, or would take with another value than was written (a number cut at its point, an
//! enumeration's second value for `2`), is refused here, before anything runs.

use crate::operation::{ColumnDef, ColumnType, DefaultValue, SpecialType};

use super::literal;

/// A literal for a column; the error is the reason for a refusal.
pub(super) fn literal(def: &ColumnDef, value: &DefaultValue) -> Result<String, String> {
    let text = match value {
        DefaultValue::Bool(value) if is_number(&def.kind) => i32::from(*value).to_string(),
        DefaultValue::Bool(value) => value.to_string(),
        DefaultValue::Integer(value) => value.to_string(),
        DefaultValue::Float(value) if !value.is_finite() => {
            return Err(format!("{value} is no number of this database"));
        }
        DefaultValue::Float(value) => value.to_string(),
        DefaultValue::Text(text) => text.clone(),
        DefaultValue::Null
        | DefaultValue::Expression(_)
        | DefaultValue::Catalog(_)
        | DefaultValue::CurrentTimestamp => {
            return Err("it is not a literal".to_owned());
        }
    };
    let wrong = |what: &str| format!("the default `{text}` is {what}");
    let quoted = |text: &str| literal::shown(text);
    Ok(match &def.kind {
        ColumnType::Boolean => match text.to_lowercase().as_str() {
            "1" | "true" => "1".to_owned(),
            "0" | "false" => "0".to_owned(),
            _ => return Err(wrong("neither true nor false")),
        },
        kind if kind.is_integer() => integer(def, &text).ok_or_else(|| wrong("no number of its type"))?,
        ColumnType::Decimal { precision, scale } => {
            decimal(&text, usize::from(*precision), usize::from(*scale))
                .ok_or_else(|| wrong("no number of its digits"))?
        }
        ColumnType::Float | ColumnType::Double => {
            float(&text, def.kind == ColumnType::Float).ok_or_else(|| wrong("no number of its precision"))?
        }
        ColumnType::Year => match text.parse::<u16>() {
            Ok(year @ (0 | 1901..=2155)) => format!("{year:04}"),
            _ => return Err(wrong("no year from 1901 to 2155")),
        },
        ColumnType::Special(SpecialType::Bit { length }) => {
            let bits = bits(value, &text, *length as usize);
            bits.ok_or_else(|| wrong(&format!("not {length} bits like `101`")))?
        }
        ColumnType::Date => quoted(&date(&text).ok_or_else(|| wrong("no date like 2020-01-31"))?),
        ColumnType::Time { precision } => {
            quoted(&time(&text, *precision).ok_or_else(|| wrong("no time like 12:30:00"))?)
        }
        ColumnType::DateTime { precision } | ColumnType::Timestamp { precision } => {
            let moment = moment(&text, *precision);
            quoted(&moment.ok_or_else(|| wrong("no moment like 2020-01-31 12:30:00"))?)
        }
        ColumnType::Enumeration { values, .. } => match values.contains(&text) {
            true => quoted(&text),
            false => return Err(wrong("not one of its values")),
        },
        ColumnType::Set { values } => {
            quoted(&set(&text, values).ok_or_else(|| wrong("not among its values"))?)
        }
        ColumnType::Uuid => quoted(&uuid(&text).ok_or_else(|| wrong("no UUID"))?),
        ColumnType::Json | ColumnType::Jsonb => match serde_json::from_str::<serde::de::IgnoredAny>(&text) {
            Ok(_) => quoted(&text),
            Err(_) => return Err(wrong("no JSON")),
        },
        ColumnType::BinaryOf { length, .. } if text.len() > *length as usize => {
            return Err(wrong(&format!("longer than {length} bytes")));
        }
        ColumnType::BinaryOf { length, fixed: true } => {
            let missing = (*length as usize).saturating_sub(text.len());
            quoted(&(text + &"\0".repeat(missing)))
        }
        ColumnType::Geometry { .. } | ColumnType::Geography { .. } | ColumnType::Vector { .. } => {
            return Err("it takes no literal as default".to_owned());
        }
        ColumnType::Special(_) => return Err("it takes no literal as default".to_owned()),
        kind => match longest(kind) {
            Some(length) if text.chars().count() > length => {
                return Err(wrong(&format!("longer than {length} characters")));
            }
            // The server takes the spaces at the end of a `char` away.
            _ if matches!(kind, ColumnType::Char { .. }) => quoted(text.trim_end_matches(' ')),
            _ => quoted(&text),
        },
    })
}

fn is_number(kind: &ColumnType) -> bool {
    kind.is_number()
        || matches!(
            kind,
            ColumnType::Boolean | ColumnType::Special(SpecialType::Bit { .. }) | ColumnType::Year
        )
}

/// How many characters a text has room for.
pub(super) fn longest(kind: &ColumnType) -> Option<usize> {
    match kind {
        ColumnType::Char { length } | ColumnType::String { length } => Some(*length as usize),
        ColumnType::Ulid => Some(26),
        ColumnType::IpAddress => Some(45),
        ColumnType::MacAddress => Some(17),
        ColumnType::TinyText => Some(255),
        _ => None,
    }
}

fn integer(def: &ColumnDef, text: &str) -> Option<String> {
    let bits = match def.kind {
        ColumnType::TinyInteger => 8,
        ColumnType::SmallInteger => 16,
        ColumnType::MediumInteger => 24,
        ColumnType::Integer => 32,
        _ => 64,
    };
    // `5.0` is a whole number too.
    let whole = match text.split_once('.') {
        Some((whole, part)) if part.bytes().all(|b| b == b'0') => whole,
        Some(_) => return None,
        None => text,
    };
    let value: i128 = whole.trim().parse().ok()?;
    let (least, most) = match def.unsigned {
        true => (0, (1_i128 << bits) - 1),
        false => (-(1_i128 << (bits - 1)), (1_i128 << (bits - 1)) - 1),
    };
    (least..=most).contains(&value).then(|| value.to_string())
}

fn decimal(text: &str, precision: usize, scale: usize) -> Option<String> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let numeric = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let (whole, part) = (whole.trim_start_matches('0'), part.trim_end_matches('0'));
    if digits.is_empty() || !numeric(whole) || !numeric(part) {
        return None;
    }
    if part.len() > scale || whole.len() > precision - scale {
        return None;
    }
    let whole = if whole.is_empty() { "0" } else { whole };
    Some(match scale {
        0 => format!("{sign}{whole}"),
        _ => format!("{sign}{whole}.{part:0<scale$}"),
    })
}

/// A number as the server prints it: plain up to 15 digits, with an exponent beyond.
fn float(text: &str, short: bool) -> Option<String> {
    let value: f64 = text.trim().parse().ok().filter(|value: &f64| value.is_finite())?;
    let digits = format!("{value:e}");
    let (mantissa, _) = digits.split_once('e')?;
    if short && mantissa.bytes().filter(u8::is_ascii_digit).count() > 6 {
        return None;
    }
    Some(if value.abs() >= 1e15 || (value != 0.0 && value.abs() < 1e-15) {
        digits
    } else {
        value.to_string()
    })
}

/// Bits as a text of them, or as a number.
fn bits(value: &DefaultValue, text: &str, length: usize) -> Option<String> {
    let digits = match value {
        DefaultValue::Text(_) => text.to_owned(),
        _ => format!("{:b}", text.parse::<u64>().ok()?),
    };
    let plain = !digits.is_empty() && digits.bytes().all(|b| matches!(b, b'0' | b'1'));
    let kept = digits.trim_start_matches('0');
    let kept = if kept.is_empty() { "0" } else { kept };
    (plain && digits.len() <= length).then(|| format!("b'{kept}'"))
}

fn fields<const N: usize>(text: &str, separator: char, most: [u32; N]) -> Option<[u32; N]> {
    let mut out = [0; N];
    let mut parts = text.split(separator);
    for (at, most) in most.into_iter().enumerate() {
        let part = parts.next()?;
        let plain = !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        out[at] = part.parse().ok().filter(|value| plain && *value <= most)?;
    }
    parts.next().is_none().then_some(out)
}

fn date(text: &str) -> Option<String> {
    let [year, month, day] = fields(text, '-', [9999, 12, 31])?;
    (text.find('-') == Some(4)).then(|| format!("{year:04}-{month:02}-{day:02}"))
}

fn time(text: &str, precision: u8) -> Option<String> {
    let (sign, text) = match text.strip_prefix('-') {
        Some(text) => ("-", text),
        None => ("", text),
    };
    let (clock, part) = text.split_once('.').unwrap_or((text, ""));
    let [hour, minute, second] =
        fields(clock, ':', [838, 59, 59]).or_else(|| fields(&format!("{clock}:0"), ':', [838, 59, 59]))?;
    let precision = usize::from(precision);
    let part = part.trim_end_matches('0');
    if part.len() > precision || !part.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let part = if precision == 0 { String::new() } else { format!(".{part:0<precision$}") };
    Some(format!("{sign}{hour:02}:{minute:02}:{second:02}{part}"))
}

fn moment(text: &str, precision: u8) -> Option<String> {
    let (day, clock) = text.split_once([' ', 'T']).unwrap_or((text, "00:00:00"));
    let clock =
        time(clock, precision).filter(|clock| !clock.starts_with('-') && clock.find(':') == Some(2))?;
    (clock.as_str() < "24").then_some(())?;
    Some(format!("{} {clock}", date(day)?))
}

/// The parts of a set in the order of its type.
fn set(text: &str, values: &[String]) -> Option<String> {
    let parts: Vec<&str> = text.split(',').filter(|part| !part.is_empty()).collect();
    if !parts.iter().all(|part| values.iter().any(|value| value == part)) {
        return None;
    }
    let ordered: Vec<&str> =
        values.iter().map(String::as_str).filter(|value| parts.contains(value)).collect();
    Some(ordered.join(","))
}

fn uuid(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| *c != '-').collect();
    let plain = digits.len() == 32 && digits.bytes().all(|b| b.is_ascii_hexdigit());
    (plain && text.len() == 36).then(|| text.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(kind: ColumnType, value: impl Into<DefaultValue>) -> Result<String, String> {
        literal(&ColumnDef::new("c", kind), &value.into())
    }

    #[test]
    fn literals_are_shown_as_their_column_holds_them() {
        let texts = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>();
        let set = ColumnType::Set { values: texts(&["a", "b"]) };
        for (kind, value, expected) in [
            (ColumnType::Integer, "5.0", "5"),
            (ColumnType::Decimal { precision: 8, scale: 2 }, "-01.5", "-1.50"),
            (ColumnType::Decimal { precision: 5, scale: 0 }, "7", "7"),
            (ColumnType::Double, "1e16", "1e16"),
            (ColumnType::Double, "0.00001", "0.00001"),
            (ColumnType::Year, "2020", "2020"),
            (ColumnType::Special(SpecialType::Bit { length: 8 }), "00101", "b'101'"),
            (ColumnType::Time { precision: 2 }, "10:20", "'10:20:00.00'"),
            (ColumnType::DateTime { precision: 3 }, "2020-01-01 1:2:3.5", "'2020-01-01 01:02:03.500'"),
            (ColumnType::Timestamp { precision: 0 }, "2020-01-01", "'2020-01-01 00:00:00'"),
            (set, "b,a", "'a,b'"),
            (ColumnType::BinaryOf { length: 4, fixed: true }, "ab", "'ab\\0\\0'"),
            (ColumnType::Char { length: 5 }, "ab  ", "'ab'"),
            (ColumnType::Text, "a\nb\\ 'c'", "'a\\nb\\\\ ''c'''"),
            (ColumnType::Json, "{}", "'{}'"),
        ] {
            assert_eq!(shown(kind.clone(), value).as_deref(), Ok(expected), "{kind:?} {value}");
        }
    }

    #[test]
    fn what_would_be_refused_or_changed_is_refused() {
        for (kind, value) in [
            (ColumnType::Integer, "abc"),
            (ColumnType::Integer, "5.4"),
            (ColumnType::TinyInteger, "128"),
            (ColumnType::Decimal { precision: 4, scale: 2 }, "1.555"),
            (ColumnType::Decimal { precision: 4, scale: 2 }, "100"),
            (ColumnType::Float, "16777217"),
            (ColumnType::Boolean, "2"),
            (ColumnType::Year, "20"),
            (ColumnType::Date, "tomorrow"),
            (ColumnType::Date, "20-01-01"),
            (ColumnType::Time { precision: 0 }, "10:20:30.5"),
            (ColumnType::DateTime { precision: 0 }, "2020-01-01 25:00:00"),
            (ColumnType::Enumeration { values: vec!["a".into()], type_name: None }, "1"),
            (ColumnType::String { length: 2 }, "abc"),
            (ColumnType::Uuid, "x"),
            (ColumnType::Json, "{"),
            (ColumnType::Special(SpecialType::Bit { length: 2 }), "100"),
            (ColumnType::Special(SpecialType::Bit { length: 2 }), "4"),
            (ColumnType::Geometry { subtype: None, srid: None }, "POINT(1 1)"),
        ] {
            assert!(shown(kind.clone(), value).is_err(), "{kind:?} {value}");
        }
    }
}
