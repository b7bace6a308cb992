//! Columns of types that few databases have. The reference of the docs says which has which, and what to take instead.

use super::{Blueprint, columns::columns};
use crate::operation::{ColumnDef, ColumnType, RangeOf, SpecialType};

columns! {
    /// At most so many bits, without a limit; [`Blueprint::bit_varying_of`] takes one.
    bit_varying => ColumnType::Special(SpecialType::BitVarying { length: None });
    /// An amount in the locale's currency.
    money => ColumnType::Special(SpecialType::Money);
    /// A span of time.
    interval => ColumnType::Special(SpecialType::Interval);
    /// A network.
    cidr => ColumnType::Special(SpecialType::Cidr);
    /// The 8 byte address of a network card.
    mac_address_8 => ColumnType::Special(SpecialType::MacAddress8);
    /// Text compared without regard to case.
    citext => ColumnType::Special(SpecialType::Citext);
    /// Keys with values.
    hstore => ColumnType::Special(SpecialType::Hstore);
    /// A path in a tree of labels.
    ltree => ColumnType::Special(SpecialType::Ltree);
    /// XML.
    xml => ColumnType::Special(SpecialType::Xml);
    /// An object identifier.
    oid => ColumnType::Special(SpecialType::Oid);
    /// A text prepared for searching.
    ts_vector => ColumnType::Special(SpecialType::TsVector);
    /// A search for texts.
    ts_query => ColumnType::Special(SpecialType::TsQuery);
    /// A range of 32-bit numbers.
    integer_range => ColumnType::Special(SpecialType::Range(RangeOf::Integer));
    /// A range of 64-bit numbers.
    big_integer_range => ColumnType::Special(SpecialType::Range(RangeOf::BigInteger));
    /// A range of exact numbers.
    decimal_range => ColumnType::Special(SpecialType::Range(RangeOf::Decimal));
    /// A range of days.
    date_range => ColumnType::Special(SpecialType::Range(RangeOf::Date));
    /// A range of dates and times without a zone.
    date_time_range => ColumnType::Special(SpecialType::Range(RangeOf::DateTime));
    /// A range of instants.
    timestamp_range => ColumnType::Special(SpecialType::Range(RangeOf::Timestamp));
    /// A set of ranges of 32-bit numbers.
    integer_multirange => ColumnType::Special(SpecialType::Multirange(RangeOf::Integer));
    /// A set of ranges of 64-bit numbers.
    big_integer_multirange => ColumnType::Special(SpecialType::Multirange(RangeOf::BigInteger));
    /// A set of ranges of exact numbers.
    decimal_multirange => ColumnType::Special(SpecialType::Multirange(RangeOf::Decimal));
    /// A set of ranges of days.
    date_multirange => ColumnType::Special(SpecialType::Multirange(RangeOf::Date));
    /// A set of ranges of dates and times without a zone.
    date_time_multirange => ColumnType::Special(SpecialType::Multirange(RangeOf::DateTime));
    /// A set of ranges of instants.
    timestamp_multirange => ColumnType::Special(SpecialType::Multirange(RangeOf::Timestamp));
    /// A point on a plane.
    point => ColumnType::Special(SpecialType::Point);
    /// An endless line.
    line => ColumnType::Special(SpecialType::Line);
    /// A part of a line.
    line_segment => ColumnType::Special(SpecialType::LineSegment);
    /// A rectangle.
    rectangle => ColumnType::Special(SpecialType::Box);
    /// A chain of points.
    path => ColumnType::Special(SpecialType::Path);
    /// A polygon.
    polygon => ColumnType::Special(SpecialType::Polygon);
    /// A circle.
    circle => ColumnType::Special(SpecialType::Circle);
}

impl Blueprint {
    /// Exactly `length` bits.
    pub fn bit(&mut self, name: &str, length: u32) -> &mut ColumnDef {
        self.column(name, ColumnType::Special(SpecialType::Bit { length }))
    }

    /// At most `length` bits.
    pub fn bit_varying_of(&mut self, name: &str, length: u32) -> &mut ColumnDef {
        self.column(name, ColumnType::Special(SpecialType::BitVarying { length: Some(length) }))
    }

    /// A column of a type as written; nothing here interprets it: `table.raw_column("shape", "polygon")`.
    pub fn raw_column(&mut self, name: &str, sql: &str) -> &mut ColumnDef {
        self.column(name, ColumnType::Raw { sql: sql.to_owned() })
    }
}
