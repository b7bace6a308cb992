//! Types: as DDL says them, and as the catalog's `COLUMN_TYPE` shows them.
//!
//! `Binary` is `blob` (64 KiB, as in Laravel). `json` on MariaDB is `longtext` with a check `json_valid(…)`: inspection
//! calls it `json` again, so that it is what was asked for. A `Timestamp` is always said with NULL or NOT NULL, and see
//! `explicit_timestamps` in [`facts`](super::facts). An IP address is a text of 45 characters on both, as in Laravel;
//! MariaDB's `inet6` shows `::ffff:192.0.2.1` for a version 4 address. A geography is a geometry in the reference system
//! 4326: MySQL computes on the globe there, MariaDB on a plane. The reference system stands in the type's name, in the
//! words in which DDL takes it. The storage engine is the server's default unless a table says otherwise.

use crate::{
    operation::{ColumnDef, ColumnType, SpecialType},
    schema::Column,
};

use super::{
    charset,
    facts::{Facts, Srid},
    literal,
    shape::Refusal,
};

/// The type as DDL says it, `bigint unsigned`.
pub(super) fn type_name(facts: &Facts, def: &ColumnDef) -> String {
    let sign = if def.unsigned { " unsigned" } else { "" };
    let fraction = |name: &str, precision: u8| match precision {
        0 => name.to_owned(),
        _ => format!("{name}({precision})"),
    };
    match &def.kind {
        ColumnType::TinyInteger => format!("tinyint{sign}"),
        ColumnType::SmallInteger => format!("smallint{sign}"),
        ColumnType::MediumInteger => format!("mediumint{sign}"),
        ColumnType::Integer => format!("int{sign}"),
        ColumnType::BigInteger => format!("bigint{sign}"),
        ColumnType::Decimal { precision, scale } => format!("decimal({precision},{scale}){sign}"),
        ColumnType::Float => format!("float{sign}"),
        ColumnType::Double => format!("double{sign}"),
        ColumnType::Boolean => "tinyint(1)".to_owned(),
        ColumnType::Char { length } => format!("char({length})"),
        ColumnType::String { length } => format!("varchar({length})"),
        ColumnType::TinyText => "tinytext".to_owned(),
        ColumnType::Text => "text".to_owned(),
        ColumnType::MediumText => "mediumtext".to_owned(),
        ColumnType::LongText => "longtext".to_owned(),
        ColumnType::Binary => "blob".to_owned(),
        ColumnType::BinaryOf { length, fixed: true } => format!("binary({length})"),
        ColumnType::BinaryOf { length, fixed: false } => format!("varbinary({length})"),
        ColumnType::MediumBinary => "mediumblob".to_owned(),
        ColumnType::LongBinary => "longblob".to_owned(),
        ColumnType::Date => "date".to_owned(),
        ColumnType::Time { precision } => fraction("time", *precision),
        ColumnType::DateTime { precision } => fraction("datetime", *precision),
        ColumnType::Timestamp { precision } => fraction("timestamp", *precision),
        ColumnType::Year => "year".to_owned(),
        ColumnType::Uuid if facts.uuid_type => "uuid".to_owned(),
        ColumnType::Uuid => "char(36)".to_owned(),
        ColumnType::Ulid => "char(26)".to_owned(),
        ColumnType::Json | ColumnType::Jsonb => "json".to_owned(),
        ColumnType::Enumeration { values, .. } => format!("enum({})", texts(values)),
        ColumnType::Set { values } => format!("set({})", texts(values)),
        ColumnType::IpAddress => "varchar(45)".to_owned(),
        ColumnType::MacAddress => "varchar(17)".to_owned(),
        ColumnType::Geometry { subtype, srid } => geometry(facts, subtype.as_deref(), srid.unwrap_or(0)),
        ColumnType::Geography { subtype, srid } => geometry(facts, subtype.as_deref(), srid.unwrap_or(4326)),
        ColumnType::Vector { dimensions } => format!("vector({})", dimensions.unwrap_or(MYSQL_DIMENSIONS)),
        ColumnType::Special(SpecialType::Bit { length }) => format!("bit({length})"),
        ColumnType::Special(SpecialType::Point) => "point".to_owned(),
        ColumnType::Special(SpecialType::Polygon) => "polygon".to_owned(),
        ColumnType::Raw { sql } => sql.clone(),
        // Refused by the gate.
        ColumnType::TimeTz { .. } | ColumnType::Array(_) | ColumnType::Special(_) => String::new(),
    }
}

/// "The VECTOR Type": a column without a length takes 2048 numbers.
const MYSQL_DIMENSIONS: u32 = 2048;

fn texts(values: &[String]) -> String {
    values.iter().map(|value| literal::shown(value)).collect::<Vec<_>>().join(",")
}

/// The type with its reference system, where one is said; system 0 is none on MariaDB.
fn geometry(facts: &Facts, subtype: Option<&str>, srid: u32) -> String {
    let name = subtype.unwrap_or("geometry").to_lowercase();
    name + &reference_system(facts, srid)
}

/// What stands behind the type of a geometry: ` ref_system_id=4326`, ` srid 4326`.
pub(super) fn reference_system(facts: &Facts, srid: u32) -> String {
    match (srid, facts.srid) {
        (0, _) | (_, None) => String::new(),
        (srid, Some(Srid::RefSystemId)) => format!(" ref_system_id={srid}"),
        (srid, Some(Srid::Srid)) => format!(" srid {srid}"),
    }
}

/// The definition of a changed geometry that does not mention its reference system: it stays.
pub(super) fn keeping_srid(def: &ColumnDef, present: &Column) -> Option<ColumnDef> {
    let ColumnType::Geometry { subtype, srid: None } = &def.kind else { return None };
    let (_, kept) = present.type_name.rsplit_once(['=', ' '])?;
    let kind = ColumnType::Geometry { subtype: subtype.clone(), srid: Some(kept.parse().ok()?) };
    Some(ColumnDef { kind, ..def.clone() })
}

/// The type as the catalog shows it, `bigint(20) unsigned`.
pub(super) fn catalog_name(facts: &Facts, def: &ColumnDef) -> String {
    let name = type_name(facts, def);
    let width = match (&def.kind, def.unsigned) {
        (ColumnType::Raw { sql }, _) => return lower(sql),
        _ if !facts.integer_widths => return name,
        (ColumnType::TinyInteger, false) => 4,
        (ColumnType::TinyInteger, true) => 3,
        (ColumnType::SmallInteger, false) => 6,
        (ColumnType::SmallInteger, true) => 5,
        (ColumnType::MediumInteger, false) => 9,
        (ColumnType::MediumInteger, true) => 8,
        (ColumnType::Integer, false) => 11,
        (ColumnType::Integer, true) => 10,
        (ColumnType::BigInteger, _) => 20,
        (ColumnType::Year, _) => 4,
        _ => return name,
    };
    match name.split_once(' ') {
        Some((base, sign)) => format!("{base}({width}) {sign}"),
        None => format!("{name}({width})"),
    }
}

/// A type as written, in small letters outside of its texts.
fn lower(sql: &str) -> String {
    let mut inside = false;
    let mut out = String::with_capacity(sql.len());
    for c in sql.trim().chars() {
        inside ^= c == '\'';
        if inside { out.push(c) } else { out.extend(c.to_lowercase()) }
    }
    out
}

/// Refuses what the type can not hold.
pub(super) fn check(facts: &Facts, def: &ColumnDef) -> Result<(), Refusal> {
    let name = &def.name;
    let refuse = |reason: String, alternative: &str| Err(Refusal::new(reason, alternative));
    if def.unsigned && !def.kind.is_number() {
        return refuse(format!("column `{name}` is unsigned, but not a number"), "take `unsigned()` away");
    }
    if def.auto_increment && !def.kind.is_integer() {
        return refuse(
            format!("column `{name}` counts up, but is not an integer"),
            "use `big_increments(…)` or `increments(…)`",
        );
    }
    if let Some((reason, alternative)) = wrong_size(facts, &def.kind) {
        return refuse(format!("column `{name}`: {reason}"), alternative);
    }
    let texts = charset::is_text(&lower(&type_name(facts, def)));
    for (word, text) in [("charset", &def.charset), ("collation", &def.collation)] {
        let Some(text) = text else { continue };
        if !texts {
            return refuse(
                format!("column `{name}` has a {word}, but is not a text"),
                "take it away, or use a type of texts",
            );
        }
        let known = if word == "charset" { charset::is_known(text) } else { charset::is_collation(text) };
        if !known {
            return refuse(
                format!("column `{name}`: `{text}` is not the name of a {word}"),
                "`SHOW COLLATION` names them all",
            );
        }
        if word == "charset" && text.eq_ignore_ascii_case("binary") {
            return refuse(
                format!(
                    "column `{name}`: the server makes a type of bytes of a text in the charset `binary`"
                ),
                "use `binary(…)` or `binary_of(…)`",
            );
        }
    }
    let required = def.nullable != Some(true) && def.default.is_none();
    if !facts.explicit_timestamps
        && required
        && !def.change
        && matches!(def.kind, ColumnType::Timestamp { .. })
    {
        return refuse(
            format!(
                "column `{name}` is a NOT NULL timestamp without a default, to which this server adds ON UPDATE CURRENT_TIMESTAMP by itself"
            ),
            "add `use_current()` or `nullable()`, or use `date_time(…)`",
        );
    }
    Ok(())
}

/// What the server would refuse, or change in silence, because of a length or a precision.
fn wrong_size(facts: &Facts, kind: &ColumnType) -> Option<(String, &'static str)> {
    let texts = "use `text(…)`, `medium_text(…)` or `long_text(…)`";
    Some(match kind {
        ColumnType::Char { length } if *length > 255 => {
            (format!("a `char` has at most 255 characters, not {length}"), "use `string_of(…)`")
        }
        ColumnType::String { length } if *length > 65_535 => {
            (format!("a `varchar` has at most 65535 bytes, not {length}"), texts)
        }
        ColumnType::BinaryOf { length, fixed: true } if *length > 255 => {
            (format!("a `binary` has at most 255 bytes, not {length}"), "take `fixed` away")
        }
        ColumnType::BinaryOf { length, .. } if *length > 65_535 => {
            (format!("a `varbinary` has at most 65535 bytes, not {length}"), "use `medium_binary(…)`")
        }
        ColumnType::Decimal { precision, scale } if *precision > 65 || *scale > 30 || scale > precision => (
            format!(
                "`decimal({precision},{scale})`: there are at most 65 digits, of them 30 behind the point"
            ),
            "use fewer digits, or a `string_of(…)`",
        ),
        ColumnType::Time { precision }
        | ColumnType::DateTime { precision }
        | ColumnType::Timestamp { precision }
            if *precision > 6 =>
        {
            (format!("there are at most 6 digits behind the second, not {precision}"), "use 6")
        }
        ColumnType::Special(SpecialType::Bit { length }) if *length == 0 || *length > 64 => {
            (format!("there are 1 to 64 bits, not {length}"), "use `binary_of(…)`")
        }
        ColumnType::Enumeration { values, .. } | ColumnType::Set { values }
            if values.iter().any(|value| value.ends_with(' ')) =>
        {
            ("the server takes the spaces at the end of a value away".to_owned(), "write it without them")
        }
        ColumnType::Set { values } if values.len() > 64 => {
            (format!("a set has at most 64 values, not {}", values.len()), "use a table of its own")
        }
        ColumnType::Set { values } if values.iter().any(|value| value.contains(',')) => {
            ("a value of a set can not contain a comma".to_owned(), "use other values, or a table of its own")
        }
        ColumnType::Vector { dimensions: None } if facts.vector_index => {
            ("a vector must say how many numbers it has".to_owned(), "say the dimensions")
        }
        ColumnType::Geometry { subtype, srid } | ColumnType::Geography { subtype, srid } => {
            let name = subtype.as_deref().unwrap_or("geometry").to_lowercase();
            if !SHAPES.contains(&name.as_str()) {
                (
                    format!("there is no shape `{name}`"),
                    "use `point`, `polygon` or another shape of the manual",
                )
            } else if srid.is_some_and(|srid| srid != 0) && facts.srid.is_none() {
                ("this server's columns have no reference system".to_owned(), "take the SRID away")
            } else {
                return None;
            }
        }
        _ => return None,
    })
}

/// The type, if its values have a day and a time; also of one as written.
pub(super) fn moment(kind: &ColumnType) -> Option<ColumnType> {
    let ColumnType::Raw { sql } = kind else {
        return matches!(kind, ColumnType::DateTime { .. } | ColumnType::Timestamp { .. })
            .then(|| kind.clone());
    };
    let sql = lower(sql);
    let (word, precision) = match sql.split_once('(') {
        Some((word, rest)) => (word, rest.trim_end_matches(')').trim().parse().ok()?),
        None => (sql.as_str(), 0),
    };
    match word.trim() {
        "datetime" => Some(ColumnType::DateTime { precision }),
        "timestamp" => Some(ColumnType::Timestamp { precision }),
        _ => None,
    }
}

/// The shapes of "Spatial Data Types".
const SHAPES: &[&str] = &[
    "geometry",
    "point",
    "linestring",
    "polygon",
    "multipoint",
    "multilinestring",
    "multipolygon",
    "geometrycollection",
];

/// Whether a type in the catalog's words is a shape.
pub(super) fn is_shape(type_name: &str) -> bool {
    let word = type_name.split(['(', ' ']).next().unwrap_or_default();
    // MySQL 8 has a short word for the last of them.
    SHAPES.contains(&word) || word == "geomcollection"
}

/// Whether its default can not be a literal on MySQL.
pub(super) fn is_large(kind: &ColumnType) -> bool {
    use ColumnType as T;
    match kind {
        T::TinyText | T::Text | T::MediumText | T::LongText => true,
        T::Binary | T::MediumBinary | T::LongBinary | T::Json | T::Jsonb => true,
        T::Geometry { .. } | T::Geography { .. } | T::Vector { .. } => true,
        T::Special(SpecialType::Point | SpecialType::Polygon) => true,
        T::Raw { sql } => {
            let word = lower(sql);
            let word = word.split(['(', ' ']).next().unwrap_or_default();
            word.ends_with("text") || word.ends_with("blob") || word == "json" || is_shape(word)
        }
        _ => false,
    }
}
