//! Types in the catalog's own words, as `format_type()` says them: they are valid in DDL too, so that what is written
//! and what is read back are one spelling. Only the names of enum types are quoted more often than the catalog does.
//!
//! There is no unsigned integer: it keeps its width and takes negatives (as in Laravel). `TinyInteger` is `smallint`,
//! `MediumInteger` is `integer`, a year is an `integer`. What a type can not say of itself, the values of an
//! enumeration and the length of bytes, is a check beside it: see [`type_check`](super::type_check).

use crate::{
    dialect::{CompileError, scope::Scope},
    operation::{ColumnType, RangeOf, SpecialType},
};

use super::name;

/// The type as the catalog shows it, `character varying(255)`.
pub(super) fn type_name(kind: &ColumnType) -> String {
    spell(kind, &name::shown_qualified)
}

/// The type as it stands in a statement.
pub(super) fn sql(kind: &ColumnType) -> String {
    spell(kind, &name::quoted)
}

fn spell(kind: &ColumnType, enum_type: &dyn Fn(&crate::operation::TableName) -> String) -> String {
    let word = match kind {
        ColumnType::TinyInteger | ColumnType::SmallInteger => "smallint",
        ColumnType::MediumInteger | ColumnType::Integer | ColumnType::Year => "integer",
        ColumnType::BigInteger => "bigint",
        ColumnType::Decimal { precision, scale } => return format!("numeric({precision},{scale})"),
        ColumnType::Float => "real",
        ColumnType::Double => "double precision",
        ColumnType::Boolean => "boolean",
        ColumnType::Char { length } => return format!("character({length})"),
        ColumnType::Ulid => "character(26)",
        ColumnType::String { length } => return format!("character varying({length})"),
        ColumnType::TinyText => "character varying(255)",
        ColumnType::Text | ColumnType::MediumText | ColumnType::LongText => "text",
        ColumnType::Binary
        | ColumnType::BinaryOf { .. }
        | ColumnType::MediumBinary
        | ColumnType::LongBinary => "bytea",
        ColumnType::Date => "date",
        ColumnType::Time { precision } => return format!("time({precision}) without time zone"),
        ColumnType::TimeTz { precision } => return format!("time({precision}) with time zone"),
        ColumnType::DateTime { precision } => return format!("timestamp({precision}) without time zone"),
        ColumnType::Timestamp { precision } => return format!("timestamp({precision}) with time zone"),
        ColumnType::Uuid => "uuid",
        ColumnType::Json => "json",
        ColumnType::Jsonb => "jsonb",
        ColumnType::IpAddress => "inet",
        ColumnType::MacAddress => "macaddr",
        ColumnType::Enumeration { type_name: Some(name), .. } => return enum_type(name),
        ColumnType::Enumeration { type_name: None, .. } => "character varying(255)",
        // https://postgis.net/docs/using_postgis_dbmanagement.html#geometry_columns
        ColumnType::Geometry { subtype, srid } => return shape("geometry", subtype.as_deref(), *srid),
        ColumnType::Geography { subtype, srid } => {
            return shape("geography", subtype.as_deref(), srid.or(subtype.as_ref().map(|_| 4326)));
        }
        // https://github.com/pgvector/pgvector#storing
        ColumnType::Vector { dimensions: Some(dimensions) } => return format!("vector({dimensions})"),
        ColumnType::Vector { dimensions: None } => "vector",
        // The server keeps no number of dimensions: `integer[][]` is `integer[]` to it, and holds both.
        ColumnType::Array(of) => {
            let of = spell(of, enum_type);
            return if of.ends_with("[]") { of } else { format!("{of}[]") };
        }
        ColumnType::Special(special) => return special_name(special),
        ColumnType::Raw { sql } => return sql.clone(),
        // Refused by the gate.
        ColumnType::Set { .. } => "text",
    };
    word.to_owned()
}

fn special_name(special: &SpecialType) -> String {
    let word = match special {
        SpecialType::Bit { length } => return format!("bit({length})"),
        SpecialType::BitVarying { length: Some(length) } => return format!("bit varying({length})"),
        SpecialType::BitVarying { length: None } => "bit varying",
        SpecialType::Money => "money",
        SpecialType::Interval => "interval",
        SpecialType::Cidr => "cidr",
        SpecialType::MacAddress8 => "macaddr8",
        SpecialType::Citext => "citext",
        SpecialType::Hstore => "hstore",
        SpecialType::Ltree => "ltree",
        SpecialType::Xml => "xml",
        SpecialType::Oid => "oid",
        SpecialType::TsVector => "tsvector",
        SpecialType::TsQuery => "tsquery",
        SpecialType::Range(of) => return format!("{}range", range_stem(*of)),
        SpecialType::Multirange(of) => return format!("{}multirange", range_stem(*of)),
        SpecialType::Point => "point",
        SpecialType::Line => "line",
        SpecialType::LineSegment => "lseg",
        SpecialType::Box => "box",
        SpecialType::Path => "path",
        SpecialType::Polygon => "polygon",
        SpecialType::Circle => "circle",
    };
    word.to_owned()
}

fn range_stem(of: RangeOf) -> &'static str {
    match of {
        RangeOf::Integer => "int4",
        RangeOf::BigInteger => "int8",
        RangeOf::Decimal => "num",
        RangeOf::Date => "date",
        RangeOf::DateTime => "ts",
        RangeOf::Timestamp => "tstz",
    }
}

/// `geometry(Point,4326)`: PostGIS writes the subtype with a capital.
fn shape(word: &str, subtype: Option<&str>, srid: Option<u32>) -> String {
    let subtype = subtype.map(|subtype| {
        let known = SHAPES.iter().find(|known| known.eq_ignore_ascii_case(&subtype.replace('_', "")));
        known.map_or_else(|| subtype.to_owned(), |known| (*known).to_owned())
    });
    match (subtype, srid.filter(|srid| *srid != 0)) {
        (None, None) => word.to_owned(),
        (Some(subtype), None) => format!("{word}({subtype})"),
        (subtype, Some(srid)) => {
            format!("{word}({},{srid})", subtype.unwrap_or_else(|| "Geometry".to_owned()))
        }
    }
}

const SHAPES: [&str; 7] =
    ["Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon", "GeometryCollection"];

/// Refuses what a type can not hold: the server would cut a precision with no more than a warning.
pub(super) fn check(scope: &Scope<'_>, column: &str, kind: &ColumnType) -> Result<(), CompileError> {
    match kind {
        ColumnType::Time { precision }
        | ColumnType::TimeTz { precision }
        | ColumnType::DateTime { precision }
        | ColumnType::Timestamp { precision }
            if *precision > 6 =>
        {
            Err(scope.unsupported(
                format!("column `{column}` asks for {precision} digits behind the second; there are 6"),
                "use a precision of 6 or less",
            ))
        }
        ColumnType::Array(of) => match **of {
            ColumnType::Enumeration { type_name: None, .. } | ColumnType::BinaryOf { .. } => Err(scope
                .unsupported(
                    format!("column `{column}` is an array, and its elements are held by no check"),
                    "use an array of an enum type, of texts or of `binary`, and a `check(…)` that speaks of all \
                     elements",
                )),
            _ => check(scope, column, of),
        },
        _ => Ok(()),
    }
}

/// Types between which an assignment cast exists, so that a change of type checks instead of cutting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    Text,
    Number,
    Boolean,
    Moment,
    Json,
    Bits,
    Network,
    Other,
}

/// The family of a type as the catalog spells it.
pub(super) fn family(type_name: &str) -> Family {
    if type_name.ends_with("[]") {
        return Family::Other;
    }
    let base = type_name.split(['(', ' ']).next().unwrap_or(type_name);
    match base {
        "character" | "text" | "citext" => Family::Text,
        "smallint" | "integer" | "bigint" | "numeric" | "real" | "double" => Family::Number,
        "boolean" => Family::Boolean,
        "date" | "timestamp" | "time" => Family::Moment,
        "json" | "jsonb" => Family::Json,
        "bit" => Family::Bits,
        "inet" | "cidr" => Family::Network,
        _ => Family::Other,
    }
}

/// The type without its modifier: `timestamp(0) with time zone` is `timestamp with time zone`.
pub(super) fn base(type_name: &str) -> String {
    match (type_name.find('('), type_name.find(')')) {
        (Some(open), Some(close)) if open < close && !type_name.starts_with('"') => {
            format!("{}{}", &type_name[..open], &type_name[close + 1..])
        }
        _ => type_name.to_owned(),
    }
}

/// Whether a change of type leaves every value as it is stored, as the catalog spells the types: what only widens.
/// <https://www.postgresql.org/docs/12/sql-altertable.html#SQL-ALTERTABLE-NOTES>
pub(super) fn keeps_values(from: &str, to: &str) -> bool {
    let numbers = |name: &str| -> Vec<u32> {
        let inner = name.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(inner, _)| inner);
        inner.unwrap_or_default().split(',').filter_map(|number| number.trim().parse().ok()).collect()
    };
    let (a, b) = (numbers(from), numbers(to));
    match (base(from).as_str(), base(to).as_str()) {
        ("character varying", "text") => true,
        ("text", "character varying") => b.is_empty(),
        ("numeric", "numeric") => match (a.as_slice(), b.as_slice()) {
            (_, []) => true,
            ([whole, part], [wider, same]) => wider >= whole && part == same,
            _ => false,
        },
        (
            "character varying"
            | "bit varying"
            | "timestamp without time zone"
            | "timestamp with time zone"
            | "time without time zone"
            | "time with time zone",
            same,
        ) if base(from) == same => match (a.first(), b.first()) {
            (_, None) => true,
            (Some(a), Some(b)) => b >= a,
            (None, Some(_)) => false,
        },
        _ => false,
    }
}

/// Whether its texts have a collation.
pub(super) fn is_collatable(type_name: &str) -> bool {
    family(type_name.strip_suffix("[]").unwrap_or(type_name)) == Family::Text
}

/// The expression of `USING` for a change of type, where the assignment cast is missing. A plain `x::varchar(9)` would
/// cut long texts without a word, so it is never written where the server can check instead.
pub(super) fn using(from: &str, to: &ColumnType, column: &str) -> Option<String> {
    let (shown, sql) = (type_name(to), sql(to));
    match (family(from), family(&shown)) {
        (_, Family::Text) => None,
        (Family::Boolean, Family::Number) => Some(format!("{column}::integer")),
        (Family::Number, Family::Boolean) => Some(format!("{column} <> 0")),
        // There are no other casts.
        (Family::Other, Family::Number) if from == "money" => Some(format!("{column}::numeric::{sql}")),
        (Family::Other, Family::Number) if from == "oid" => Some(format!("{column}::bigint::{sql}")),
        (Family::Number, Family::Other) if shown == "money" => Some(format!("{column}::numeric::{sql}")),
        (Family::Number, Family::Other) if shown == "oid" => Some(format!("{column}::bigint::{sql}")),
        (a, b) if a == b && a != Family::Other => None,
        _ if base(from) == base(&shown) => None,
        // Between an enum type and anything but texts there is no cast.
        (a, _) if is_enum_type(to) && a != Family::Text => Some(format!("{column}::text::{sql}")),
        _ => Some(format!("{column}::{sql}")),
    }
}

fn is_enum_type(kind: &ColumnType) -> bool {
    matches!(kind, ColumnType::Enumeration { type_name: Some(_), .. })
}
