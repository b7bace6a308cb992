//! The column methods of a [`Blueprint`]: one per type, and the common groups of columns.

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
    /// Text (64 KiB on MySQL and MariaDB).
    text => ColumnType::Text;
    /// Text (16 MiB on MySQL and MariaDB).
    medium_text => ColumnType::MediumText;
    /// Text (4 GiB on MySQL and MariaDB).
    long_text => ColumnType::LongText;
    /// Bytes.
    binary => ColumnType::Binary;
    /// A calendar day.
    date => ColumnType::Date;
    /// A time of day to the second.
    time => ColumnType::Time { precision: 0 };
    /// Date and time without a zone, to the second.
    date_time => ColumnType::DateTime { precision: 0 };
    /// An instant, with a zone where the database has one, to the second.
    timestamp => ColumnType::Timestamp { precision: 0 };
    /// A UUID.
    uuid => ColumnType::Uuid;
    /// JSON as text.
    json => ColumnType::Json;
    /// JSON in the form that can be indexed, where there is one.
    jsonb => ColumnType::Jsonb;
}

impl Blueprint {
    /// `id`: a 64-bit key that counts up by itself, and the primary key.
    pub fn id(&mut self) -> &mut ColumnDef {
        self.big_increments("id")
    }

    /// A 64-bit key of any name that counts up by itself.
    pub fn big_increments(&mut self, name: &str) -> &mut ColumnDef {
        self.big_integer(name).unsigned().auto_increment()
    }

    /// A 32-bit key that counts up by itself.
    pub fn increments(&mut self, name: &str) -> &mut ColumnDef {
        self.integer(name).unsigned().auto_increment()
    }

    /// A column that can hold an `id()` of another table; `constrained("users")` makes it a foreign key.
    pub fn foreign_id(&mut self, name: &str) -> &mut ColumnDef {
        self.big_integer(name).unsigned()
    }

    /// A column that can hold a UUID key of another table.
    pub fn foreign_uuid(&mut self, name: &str) -> &mut ColumnDef {
        self.uuid(name)
    }

    /// A 32-bit number without negatives.
    pub fn unsigned_integer(&mut self, name: &str) -> &mut ColumnDef {
        self.integer(name).unsigned()
    }

    /// A 64-bit number without negatives.
    pub fn unsigned_big_integer(&mut self, name: &str) -> &mut ColumnDef {
        self.big_integer(name).unsigned()
    }

    /// Text of up to `length` characters.
    pub fn string_of(&mut self, name: &str, length: u32) -> &mut ColumnDef {
        self.column(name, ColumnType::String { length })
    }

    /// Text of exactly `length` characters.
    pub fn char(&mut self, name: &str, length: u32) -> &mut ColumnDef {
        self.column(name, ColumnType::Char { length })
    }

    /// An exact number with `precision` digits in all, `scale` of them behind the point.
    pub fn decimal(&mut self, name: &str, precision: u16, scale: u16) -> &mut ColumnDef {
        self.column(name, ColumnType::Decimal { precision, scale })
    }

    /// A time of day with up to six digits behind the second.
    pub fn time_of(&mut self, name: &str, precision: u8) -> &mut ColumnDef {
        self.column(name, ColumnType::Time { precision })
    }

    /// Date and time without a zone, with up to six digits behind the second.
    pub fn date_time_of(&mut self, name: &str, precision: u8) -> &mut ColumnDef {
        self.column(name, ColumnType::DateTime { precision })
    }

    /// An instant with up to six digits behind the second.
    pub fn timestamp_of(&mut self, name: &str, precision: u8) -> &mut ColumnDef {
        self.column(name, ColumnType::Timestamp { precision })
    }

    /// One of the given texts, on every database.
    pub fn enumeration(&mut self, name: &str, values: &[&str]) -> &mut ColumnDef {
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        self.column(name, ColumnType::Enumeration { values })
    }

    /// `created_at` and `updated_at`: instants that are the moment of the INSERT unless said otherwise.
    pub fn timestamps(&mut self) {
        self.timestamp("created_at").use_current();
        self.timestamp("updated_at").use_current();
    }

    /// `deleted_at`: NULL while the row counts as present.
    pub fn soft_deletes(&mut self) -> &mut ColumnDef {
        self.timestamp("deleted_at").nullable()
    }

    /// `{name}_type`, `{name}_id` and an index over both: a row of any table.
    pub fn morphs(&mut self, name: &str) {
        let (kind, id) = (format!("{name}_type"), format!("{name}_id"));
        self.string(&kind);
        self.unsigned_big_integer(&id);
        self.index([kind.as_str(), id.as_str()]);
    }

    /// As [`morphs`](Self::morphs), both columns nullable.
    pub fn nullable_morphs(&mut self, name: &str) {
        let (kind, id) = (format!("{name}_type"), format!("{name}_id"));
        self.string(&kind).nullable();
        self.unsigned_big_integer(&id).nullable();
        self.index([kind.as_str(), id.as_str()]);
    }

    /// `remember_token`: a nullable text of 100 characters.
    pub fn remember_token(&mut self) -> &mut ColumnDef {
        self.string_of("remember_token", 100).nullable()
    }

    /// Removes `created_at` and `updated_at`.
    pub fn drop_timestamps(&mut self) {
        self.drop_columns(["created_at", "updated_at"]);
    }

    /// Removes `deleted_at`.
    pub fn drop_soft_deletes(&mut self) {
        self.drop_column("deleted_at");
    }
}
