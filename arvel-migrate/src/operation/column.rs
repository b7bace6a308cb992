//! Columns: their types, defaults, and the modifiers that the DSL chains on them.
//!
//! [`ColumnDef`] is the recorded value and the builder at once: `table.string("title").nullable()` works on the
//! value that is stored. It is concrete, so that a migration compiles fast.

use super::{ForeignKeyAction, TableName};

/// The portable types. Each dialect states its spelling in the reference table of the docs.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// One of these texts.
    Enumeration {
        /// The texts in order.
        values: Vec<String>,
    },
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

/// What a column gets when an INSERT does not mention it.
#[derive(Clone, Debug, PartialEq)]
pub enum DefaultValue {
    /// NULL, said aloud; also how a change removes a default.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A number.
    Float(f64),
    /// A text.
    Text(String),
    /// An expression as written: `now()`.
    Expression(String),
    /// The moment of the INSERT, in each database's own words.
    CurrentTimestamp,
}

impl From<bool> for DefaultValue {
    fn from(value: bool) -> Self {
        DefaultValue::Bool(value)
    }
}
impl From<i32> for DefaultValue {
    fn from(value: i32) -> Self {
        DefaultValue::Integer(value.into())
    }
}
impl From<i64> for DefaultValue {
    fn from(value: i64) -> Self {
        DefaultValue::Integer(value)
    }
}
impl From<f64> for DefaultValue {
    fn from(value: f64) -> Self {
        DefaultValue::Float(value)
    }
}
impl From<&str> for DefaultValue {
    fn from(value: &str) -> Self {
        DefaultValue::Text(value.to_owned())
    }
}
impl From<String> for DefaultValue {
    fn from(value: String) -> Self {
        DefaultValue::Text(value)
    }
}

/// An index asked for on a single column: with a name, or by convention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IndexRequest {
    /// Named by convention.
    Conventional,
    /// With this name.
    Named(String),
}

/// A foreign key asked for on a single column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The parent.
    pub table: TableName,
    /// The parent's column.
    pub column: String,
    /// The constraint's name, by convention when absent.
    pub name: Option<String>,
    /// When a parent row goes.
    pub on_delete: Option<ForeignKeyAction>,
    /// When a parent key changes.
    pub on_update: Option<ForeignKeyAction>,
}

/// A column as it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnDef {
    /// The name.
    pub name: String,
    /// The type.
    pub kind: ColumnType,
    /// `Some(true)` after `nullable()`. `None` is NOT NULL for a new column and "as it is" for a changed one.
    pub nullable: Option<bool>,
    /// The default; `None` is none for a new column and "as it is" for a changed one.
    pub default: Option<DefaultValue>,
    /// Without negative numbers: real on MySQL and MariaDB, a wider reading elsewhere (see the docs' table).
    pub unsigned: bool,
    /// Counts up by itself.
    pub auto_increment: bool,
    /// Part of the primary key by itself.
    pub primary: bool,
    /// A unique key on this column alone.
    pub unique: Option<IndexRequest>,
    /// An index on this column alone.
    pub index: Option<IndexRequest>,
    /// The comment; on a change `None` is "as it is".
    pub comment: Option<String>,
    /// A foreign key on this column alone.
    pub references: Option<Reference>,
    /// Whether this changes an existing column.
    pub change: bool,
}
