//! The words of the field shorthand: types with what they take, and modifiers.

use std::ops::RangeInclusive;

/// What a type can hold, as far as modifiers ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    Text,
    Integer,
    Decimal,
    Float,
    Bool,
    Moment,
    Day,
    Bytes,
    Values,
    Reference,
    Morphs,
    Fixed(&'static [&'static str]),
}

/// What stands behind a type.
#[derive(Clone, Copy, Debug)]
pub(super) enum Arguments {
    None,
    Numbers {
        /// The method that takes them.
        with: &'static str,
        limits: &'static [RangeInclusive<u32>],
        optional: bool,
        example: &'static str,
    },
    Values,
    Table,
}

/// A type of the shorthand.
#[derive(Debug)]
pub(super) struct Type {
    pub(super) name: &'static str,
    also: &'static [&'static str],
    pub(super) method: &'static str,
    pub(super) family: Family,
    pub(super) arguments: Arguments,
}

const fn plain(name: &'static str, also: &'static [&'static str], family: Family) -> Type {
    Type { name, also, method: name, family, arguments: Arguments::None }
}

const fn precise(
    name: &'static str,
    also: &'static [&'static str],
    with: &'static str,
    family: Family,
    example: &'static str,
) -> Type {
    let arguments = Arguments::Numbers { with, limits: &[0..=6], optional: true, example };
    Type { name, also, method: name, family, arguments }
}

const fn reference(name: &'static str, method: &'static str) -> Type {
    Type { name, also: &[], method, family: Family::Reference, arguments: Arguments::Table }
}

/// Every type, by the names of the DSL's methods.
pub(super) const TYPES: &[Type] = &[
    Type {
        name: "string",
        also: &["str", "varchar"],
        method: "string",
        family: Family::Text,
        arguments: Arguments::Numbers {
            with: "string_of",
            limits: &[1..=65_535],
            optional: true,
            example: "title:string:100",
        },
    },
    Type {
        name: "char",
        also: &[],
        method: "char",
        family: Family::Text,
        arguments: Arguments::Numbers {
            with: "char",
            limits: &[1..=255],
            optional: false,
            example: "code:char:2",
        },
    },
    plain("tiny_text", &[], Family::Text),
    plain("text", &[], Family::Text),
    plain("medium_text", &[], Family::Text),
    plain("long_text", &[], Family::Text),
    plain("integer", &["int", "i32"], Family::Integer),
    plain("tiny_integer", &["tinyint", "i8"], Family::Integer),
    plain("small_integer", &["smallint", "i16"], Family::Integer),
    plain("medium_integer", &["mediumint"], Family::Integer),
    plain("big_integer", &["bigint", "i64"], Family::Integer),
    plain("unsigned_tiny_integer", &["u8"], Family::Integer),
    plain("unsigned_small_integer", &["u16"], Family::Integer),
    plain("unsigned_medium_integer", &[], Family::Integer),
    plain("unsigned_integer", &["u32"], Family::Integer),
    plain("unsigned_big_integer", &["u64"], Family::Integer),
    Type {
        name: "decimal",
        also: &["numeric"],
        method: "decimal",
        family: Family::Decimal,
        arguments: Arguments::Numbers {
            with: "decimal",
            limits: &[1..=65, 0..=30],
            optional: false,
            example: "price:decimal:10,2",
        },
    },
    plain("float", &["f32"], Family::Float),
    plain("double", &["f64"], Family::Float),
    plain("boolean", &["bool"], Family::Bool),
    plain("date", &[], Family::Day),
    precise("time", &[], "time_of", Family::Day, "at:time:3"),
    precise("date_time", &[], "date_time_of", Family::Moment, "at:date_time:3"),
    precise("timestamp", &["timestamptz"], "timestamp_of", Family::Moment, "at:timestamp:3"),
    precise("time_tz", &["timetz"], "time_tz_of", Family::Day, "at:time_tz:3"),
    plain("year", &[], Family::Integer),
    plain("uuid", &[], Family::Text),
    plain("ulid", &[], Family::Text),
    plain("ip_address", &["inet"], Family::Text),
    plain("mac_address", &["macaddr"], Family::Text),
    plain("json", &[], Family::Text),
    plain("jsonb", &[], Family::Text),
    plain("binary", &["blob", "bytes", "bytea"], Family::Bytes),
    plain("medium_binary", &["mediumblob"], Family::Bytes),
    plain("long_binary", &["longblob"], Family::Bytes),
    Type {
        name: "enumeration",
        also: &["enum"],
        method: "enumeration",
        family: Family::Values,
        arguments: Arguments::Values,
    },
    Type {
        name: "references",
        also: &["belongs_to"],
        method: "foreign_id",
        family: Family::Reference,
        arguments: Arguments::Table,
    },
    reference("foreign_id", "foreign_id"),
    reference("foreign_uuid", "foreign_uuid"),
    reference("foreign_ulid", "foreign_ulid"),
    plain("morphs", &["polymorphic"], Family::Morphs),
    plain("id", &[], Family::Fixed(&["id"])),
    plain("timestamps", &[], Family::Fixed(&["created_at", "updated_at"])),
    plain("soft_deletes", &[], Family::Fixed(&["deleted_at"])),
    plain("remember_token", &[], Family::Fixed(&["remember_token"])),
];

impl Type {
    /// The type of a word; case and `_` do not matter.
    pub(super) fn find(word: &str) -> Option<&'static Type> {
        let word = squeeze(word);
        let is = |name: &&str| squeeze(name) == word;
        TYPES.iter().find(|kind| is(&kind.name) || kind.also.iter().any(is))
    }

    /// Whether the part behind the type is meant for it, and not a modifier.
    pub(super) fn takes(&self, segment: &str) -> bool {
        let modifier = segment.contains('=') || Modifier::find(segment.trim()).is_some();
        match self.arguments {
            Arguments::None => false,
            Arguments::Numbers { .. } => segment.trim().starts_with(|c: char| c.is_ascii_digit()),
            Arguments::Values => true,
            Arguments::Table => !modifier,
        }
    }
}

impl Family {
    /// A default as a Rust literal.
    pub(super) fn literal(self, value: &str) -> Result<String, &'static str> {
        let whole = || {
            let number: i64 = value.parse().ok()?;
            Some(if i32::try_from(number).is_ok() { number.to_string() } else { format!("{number}_i64") })
        };
        let fraction = || value.parse::<f64>().ok().filter(|number| number.is_finite());
        match self {
            Family::Integer => whole().ok_or("the default is no whole number"),
            Family::Decimal | Family::Float => whole()
                .or_else(|| fraction().map(|number| format!("{number:?}")))
                .ok_or("the default is no number"),
            Family::Bool => match value {
                "true" | "1" => Ok("true".to_owned()),
                "false" | "0" => Ok("false".to_owned()),
                _ => Err("the default is true or false"),
            },
            Family::Text | Family::Moment | Family::Day | Family::Values => Ok(format!("{value:?}")),
            Family::Reference => whole().ok_or("the default is no whole number"),
            Family::Bytes => Err("bytes have no default"),
            Family::Morphs | Family::Fixed(_) => Err("it stands for columns of a fixed shape"),
        }
    }
}

/// What a struct holds a column in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Held {
    /// `i64`, and a big integer in the database.
    Key,
    /// `i64`.
    Whole,
    Float,
    Bool,
    Bytes,
    Text,
    /// Text, and a type of its own in the database.
    AsText,
}

/// What a struct holds the column of a method in.
pub(super) fn held(method: &str) -> Held {
    let makes = |of: &&Type| {
        let with = matches!(of.arguments, Arguments::Numbers { with, .. } if with == method);
        of.method == method || with
    };
    let family = TYPES.iter().find(makes).map(|of| of.family);
    match family {
        Some(Family::Reference) if method == "foreign_id" => Held::Key,
        Some(Family::Integer) => Held::Whole,
        Some(Family::Float) => Held::Float,
        Some(Family::Bool) => Held::Bool,
        Some(Family::Bytes) => Held::Bytes,
        Some(Family::Text) if method.contains("text") || method.starts_with("string") => Held::Text,
        _ => Held::AsText,
    }
}

/// A modifier of the shorthand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Modifier {
    Nullable,
    Unsigned,
    Primary,
    Unique,
    Index,
    UseCurrent,
    Default,
    Comment,
    OnDelete(&'static str),
    OnDeleteValue,
}

const MODIFIERS: &[(&str, Modifier)] = &[
    ("null", Modifier::Nullable),
    ("nullable", Modifier::Nullable),
    ("unsigned", Modifier::Unsigned),
    ("primary", Modifier::Primary),
    ("unique", Modifier::Unique),
    ("index", Modifier::Index),
    ("use_current", Modifier::UseCurrent),
    ("default", Modifier::Default),
    ("comment", Modifier::Comment),
    ("cascade", Modifier::OnDelete("cascade_on_delete")),
    ("restrict", Modifier::OnDelete("restrict_on_delete")),
    ("set_null", Modifier::OnDelete("null_on_delete")),
    ("on_delete", Modifier::OnDeleteValue),
];

impl Modifier {
    pub(super) fn find(word: &str) -> Option<Self> {
        let word = squeeze(word);
        MODIFIERS.iter().find(|(name, _)| squeeze(name) == word).map(|(_, modifier)| *modifier)
    }

    pub(super) fn names() -> Vec<&'static str> {
        let written = |(name, modifier): &(&'static str, Modifier)| match modifier {
            Modifier::Default => "default=…",
            Modifier::Comment => "comment=…",
            Modifier::OnDeleteValue => "on_delete=…",
            _ => *name,
        };
        MODIFIERS.iter().map(written).collect()
    }

    pub(super) fn takes_value(self) -> bool {
        matches!(self, Modifier::Default | Modifier::Comment | Modifier::OnDeleteValue)
    }

    /// The method of an action that is written as a value.
    pub(super) fn action(value: &str) -> Option<&'static str> {
        match squeeze(value).as_str() {
            "cascade" => Some("cascade_on_delete"),
            "restrict" => Some("restrict_on_delete"),
            "setnull" | "null" => Some("null_on_delete"),
            "noaction" => Some("no_action_on_delete"),
            _ => None,
        }
    }

    /// Whether a default means the moment of the INSERT.
    pub(super) fn is_now(value: &str) -> bool {
        matches!(squeeze(value).as_str(), "now" | "now()" | "current" | "currenttimestamp")
    }
}

/// A word without what does not matter in it.
pub(super) fn squeeze(word: &str) -> String {
    word.chars().filter(|c| *c != '_').map(|c| c.to_ascii_lowercase()).collect()
}

/// The most similar of some names, when one is similar at all.
pub(super) fn nearest(word: &str, names: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let word = word.to_lowercase();
    let scored = names.map(|name| (strsim::jaro_winkler(&word, name), name));
    scored.filter(|(score, _)| *score > 0.75).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name)
}
