//! The types of columns, in portable words. Each dialect states its spelling in the reference of the docs.

use serde::{Deserialize, Serialize};

use super::TableName;

/// The portable types. Each dialect states its spelling in the reference table of the docs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnType {
    /// 8 bit, where there is one, else 16.
    TinyInteger,
    /// 16 bit.
    SmallInteger,
    /// 24 bit on MySQL and MariaDB, else 32.
    MediumInteger,
    /// 32 bit.
    Integer,
    /// 64 bit.
    BigInteger,
    /// Exact, with `precision` digits in all, `scale` of them behind the point.
    Decimal {
        /// Digits in all.
        precision: u16,
        /// Digits behind the point.
        scale: u16,
    },
    /// 4 bytes.
    Float,
    /// 8 bytes.
    Double,
    /// True or false.
    Boolean,
    /// Exactly `length` characters.
    Char {
        /// Characters.
        length: u32,
    },
    /// At most `length` characters.
    String {
        /// Characters.
        length: u32,
    },
    /// Text (64 KiB on MySQL and MariaDB).
    Text,
    /// Text (16 MiB on MySQL and MariaDB).
    MediumText,
    /// Text (4 GiB on MySQL and MariaDB).
    LongText,
    /// Bytes.
    Binary,
    /// A calendar day.
    Date,
    /// A time of day.
    Time {
        /// Digits behind the second, 0 to 6.
        precision: u8,
    },
    /// Date and time without a zone.
    DateTime {
        /// Digits behind the second, 0 to 6.
        precision: u8,
    },
    /// An instant: with a zone where the database has one.
    Timestamp {
        /// Digits behind the second, 0 to 6.
        precision: u8,
    },
    /// A UUID.
    Uuid,
    /// JSON as text.
    Json,
    /// JSON in the form that can be indexed, where there is one.
    Jsonb,
    /// One of these texts: a type of its own, a check or an `ENUM`, whatever the database has.
    Enumeration {
        /// The texts in order.
        values: Vec<String>,
        /// The type made by `create_enum`, for a database that has such types; elsewhere the column holds the values.
        type_name: Option<TableName>,
    },
    /// Several of these texts.
    Set {
        /// The texts in order.
        values: Vec<String>,
    },
    /// Text of up to 255 bytes.
    TinyText,
    /// At most, or exactly, `length` bytes.
    BinaryOf {
        /// Bytes.
        length: u32,
        /// Whether every value has exactly this length.
        fixed: bool,
    },
    /// Bytes (16 MiB on MySQL and MariaDB).
    MediumBinary,
    /// Bytes (4 GiB on MySQL and MariaDB).
    LongBinary,
    /// A time of day with a zone.
    TimeTz {
        /// Digits behind the second, 0 to 6.
        precision: u8,
    },
    /// A year.
    Year,
    /// A ULID: 26 characters.
    Ulid,
    /// An IP address, version 4 or 6.
    IpAddress,
    /// The address of a network card.
    MacAddress,
    /// A shape on a plane.
    Geometry {
        /// `point`, `polygon`; any shape when absent.
        subtype: Option<String>,
        /// The reference system.
        srid: Option<u32>,
    },
    /// A shape on the globe.
    Geography {
        /// `point`, `polygon`; any shape when absent.
        subtype: Option<String>,
        /// The reference system; 4326 when absent.
        srid: Option<u32>,
    },
    /// An embedding.
    Vector {
        /// How many numbers.
        dimensions: Option<u32>,
    },
    /// A list of values of one type.
    Array(Box<ColumnType>),
    /// A type that few databases have.
    Special(SpecialType),
    /// A type as written; nothing here interprets it.
    Raw {
        /// The type in the database's words.
        sql: String,
    },
}

/// Types without a portable counterpart. Each database states in the reference which of them it has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpecialType {
    /// Exactly so many bits.
    Bit {
        /// Bits.
        length: u32,
    },
    /// At most so many bits.
    BitVarying {
        /// Bits; without a limit when absent.
        length: Option<u32>,
    },
    /// An amount in the locale's currency.
    Money,
    /// A span of time.
    Interval,
    /// A network.
    Cidr,
    /// The 8 byte address of a network card.
    MacAddress8,
    /// Text compared without regard to case.
    Citext,
    /// Keys with values.
    Hstore,
    /// A path in a tree of labels.
    Ltree,
    /// XML.
    Xml,
    /// An object identifier.
    Oid,
    /// A text prepared for searching.
    TsVector,
    /// A search for texts.
    TsQuery,
    /// A range.
    Range(RangeOf),
    /// A set of ranges.
    Multirange(RangeOf),
    /// A point on a plane.
    Point,
    /// An endless line.
    Line,
    /// A part of a line.
    LineSegment,
    /// A rectangle.
    Box,
    /// A chain of points.
    Path,
    /// A polygon.
    Polygon,
    /// A circle.
    Circle,
}

/// What a range is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RangeOf {
    /// 32 bit.
    Integer,
    /// 64 bit.
    BigInteger,
    /// Exact numbers.
    Decimal,
    /// Days.
    Date,
    /// Date and time without a zone.
    DateTime,
    /// Instants.
    Timestamp,
}

impl ColumnType {
    /// Whether it counts whole things.
    #[must_use]
    pub fn is_integer(&self) -> bool {
        use ColumnType::{BigInteger, Integer, MediumInteger, SmallInteger, TinyInteger};
        matches!(self, TinyInteger | SmallInteger | MediumInteger | Integer | BigInteger)
    }

    /// Whether it is a number.
    #[must_use]
    pub fn is_number(&self) -> bool {
        self.is_integer()
            || matches!(self, ColumnType::Decimal { .. } | ColumnType::Float | ColumnType::Double)
    }
}
