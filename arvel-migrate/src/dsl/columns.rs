//! The column methods of a [`Blueprint`]: one per portable type. Types of few databases stand in `special`.

use super::Blueprint;
use crate::operation::{ColumnDef, ColumnType};

macro_rules! columns {
    ($($(#[$doc:meta])* $method:ident => $kind:expr;)*) => {
        impl Blueprint {
            $($(#[$doc])*
            pub fn $method(&mut self, name: &str) -> &mut ColumnDef {
                self.column(name, $kind)
            })*
        }
    };
}
pub(super) use columns;

columns! {
    /// 8 bit, where there is one, else 16.
    tiny_integer => ColumnType::TinyInteger;
    /// 16 bit.
    small_integer => ColumnType::SmallInteger;
    /// 24 bit on MySQL and MariaDB, else 32.
    medium_integer => ColumnType::MediumInteger;
    /// 32 bit.
    integer => ColumnType::Integer;
    /// 64 bit.
    big_integer => ColumnType::BigInteger;
    /// 4 bytes.
    float => ColumnType::Float;
    /// 8 bytes.
    double => ColumnType::Double;
    /// True or false.
    boolean => ColumnType::Boolean;
    /// Text of up to 255 characters; [`Blueprint::string_of`] takes a length.
    string => ColumnType::String { length: 255 };
    /// Text of up to 255 bytes on MySQL and MariaDB.
    tiny_text => ColumnType::TinyText;
    /// Text (64 KiB on MySQL and MariaDB).
    text => ColumnType::Text;
    /// Text (16 MiB on MySQL and MariaDB).
    medium_text => ColumnType::MediumText;
    /// Text (4 GiB on MySQL and MariaDB).
    long_text => ColumnType::LongText;
    /// Bytes (64 KiB on MySQL and MariaDB).
    binary => ColumnType::Binary;
    /// Bytes (16 MiB on MySQL and MariaDB).
    medium_binary => ColumnType::MediumBinary;
    /// Bytes (4 GiB on MySQL and MariaDB).
    long_binary => ColumnType::LongBinary;
    /// A calendar day.
    date => ColumnType::Date;
    /// A time of day to the second.
    time => ColumnType::Time { precision: 0 };
    /// A time of day with a zone, to the second.
    time_tz => ColumnType::TimeTz { precision: 0 };
    /// Date and time without a zone, to the second.
    date_time => ColumnType::DateTime { precision: 0 };
    /// An instant, with a zone where the database has one, to the second.
    timestamp => ColumnType::Timestamp { precision: 0 };
    /// A year.
    year => ColumnType::Year;
    /// A UUID.
    uuid => ColumnType::Uuid;
    /// A ULID: 26 characters.
    ulid => ColumnType::Ulid;
    /// JSON as text.
    json => ColumnType::Json;
    /// JSON in the form that can be indexed, where there is one.
    jsonb => ColumnType::Jsonb;
    /// An IP address, version 4 or 6.
    ip_address => ColumnType::IpAddress;
    /// The address of a network card.
    mac_address => ColumnType::MacAddress;
    /// A shape on a plane, of any kind; [`Blueprint::geometry_of`] takes the kind, `.srid(…)` the reference system.
    geometry => ColumnType::Geometry { subtype: None, srid: None };
    /// A shape on the globe, of any kind; [`Blueprint::geography_of`] takes the kind, `.srid(…)` the reference system.
    geography => ColumnType::Geography { subtype: None, srid: None };
    /// An embedding of any length; [`Blueprint::vector_of`] takes the length.
    vector => ColumnType::Vector { dimensions: None };
}

macro_rules! numbers {
    ($($(#[$doc:meta])* $method:ident => $of:ident . $($modifier:ident).+;)*) => {
        impl Blueprint {
            $($(#[$doc])*
            pub fn $method(&mut self, name: &str) -> &mut ColumnDef {
                self.$of(name)$(.$modifier())+
            })*
        }
    };
}

numbers! {
    /// An 8-bit key that counts up by itself.
    tiny_increments => tiny_integer.unsigned.auto_increment;
    /// A 16-bit key that counts up by itself.
    small_increments => small_integer.unsigned.auto_increment;
    /// A 24-bit key that counts up by itself.
    medium_increments => medium_integer.unsigned.auto_increment;
    /// A 32-bit key that counts up by itself.
    increments => integer.unsigned.auto_increment;
    /// A 64-bit key of any name that counts up by itself.
    big_increments => big_integer.unsigned.auto_increment;
    /// An 8-bit number without negatives.
    unsigned_tiny_integer => tiny_integer.unsigned;
    /// A 16-bit number without negatives.
    unsigned_small_integer => small_integer.unsigned;
    /// A 24-bit number without negatives.
    unsigned_medium_integer => medium_integer.unsigned;
    /// A 32-bit number without negatives.
    unsigned_integer => integer.unsigned;
    /// A 64-bit number without negatives.
    unsigned_big_integer => big_integer.unsigned;
    /// A column that can hold an `id()` of another table; `constrained("users")` makes it a foreign key.
    foreign_id => big_integer.unsigned;
}

impl Blueprint {
    /// `id`: a 64-bit key that counts up by itself, and the primary key.
    pub fn id(&mut self) -> &mut ColumnDef {
        self.big_increments("id")
    }

    /// A column that can hold a UUID key of another table.
    pub fn foreign_uuid(&mut self, name: &str) -> &mut ColumnDef {
        self.uuid(name)
    }

    /// A column that can hold a ULID key of another table.
    pub fn foreign_ulid(&mut self, name: &str) -> &mut ColumnDef {
        self.ulid(name)
    }

    /// Text of up to `length` characters.
    pub fn string_of(&mut self, name: &str, length: u32) -> &mut ColumnDef {
        self.column(name, ColumnType::String { length })
    }

    /// Text of exactly `length` characters.
    pub fn char(&mut self, name: &str, length: u32) -> &mut ColumnDef {
        self.column(name, ColumnType::Char { length })
    }

    /// At most `length` bytes.
    pub fn binary_of(&mut self, name: &str, length: u32) -> &mut ColumnDef {
        self.column(name, ColumnType::BinaryOf { length, fixed: false })
    }

    /// Exactly `length` bytes.
    pub fn fixed_binary(&mut self, name: &str, length: u32) -> &mut ColumnDef {
        self.column(name, ColumnType::BinaryOf { length, fixed: true })
    }

    /// An exact number with `precision` digits in all, `scale` of them behind the point.
    pub fn decimal(&mut self, name: &str, precision: u16, scale: u16) -> &mut ColumnDef {
        self.column(name, ColumnType::Decimal { precision, scale })
    }

    /// A time of day with up to six digits behind the second.
    pub fn time_of(&mut self, name: &str, precision: u8) -> &mut ColumnDef {
        self.column(name, ColumnType::Time { precision })
    }

    /// A time of day with a zone, with up to six digits behind the second.
    pub fn time_tz_of(&mut self, name: &str, precision: u8) -> &mut ColumnDef {
        self.column(name, ColumnType::TimeTz { precision })
    }

    /// Date and time without a zone, with up to six digits behind the second.
    pub fn date_time_of(&mut self, name: &str, precision: u8) -> &mut ColumnDef {
        self.column(name, ColumnType::DateTime { precision })
    }

    /// An instant with up to six digits behind the second.
    pub fn timestamp_of(&mut self, name: &str, precision: u8) -> &mut ColumnDef {
        self.column(name, ColumnType::Timestamp { precision })
    }

    /// One of the given texts, on every database; `.of_type("…")` names a type made by `create_enum`.
    pub fn enumeration(&mut self, name: &str, values: &[&str]) -> &mut ColumnDef {
        self.column(name, ColumnType::Enumeration { values: owned(values), type_name: None })
    }

    /// Several of the given texts.
    pub fn set(&mut self, name: &str, values: &[&str]) -> &mut ColumnDef {
        self.column(name, ColumnType::Set { values: owned(values) })
    }

    /// A kind of shape on a plane: `table.geometry_of("position", "point").srid(4326)`.
    pub fn geometry_of(&mut self, name: &str, subtype: &str) -> &mut ColumnDef {
        self.column(name, ColumnType::Geometry { subtype: Some(subtype.to_owned()), srid: None })
    }

    /// A kind of shape on the globe: `table.geography_of("position", "point")`.
    pub fn geography_of(&mut self, name: &str, subtype: &str) -> &mut ColumnDef {
        self.column(name, ColumnType::Geography { subtype: Some(subtype.to_owned()), srid: None })
    }

    /// An embedding of so many numbers.
    pub fn vector_of(&mut self, name: &str, dimensions: u32) -> &mut ColumnDef {
        self.column(name, ColumnType::Vector { dimensions: Some(dimensions) })
    }
}

fn owned(values: &[&str]) -> Vec<String> {
    values.iter().map(|value| (*value).to_owned()).collect()
}
