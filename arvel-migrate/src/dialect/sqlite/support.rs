//! What this database can do, feature by feature, with the reason and the alternative for what it can not.
//!
//! The answers are for the SQLite that is built in, so there is no version to ask for.

use crate::{dialect::Support, operation::Feature};

use super::objects;

/// The answer for one feature.
pub(super) fn support(feature: Feature) -> Support {
    use Feature as F;
    match feature {
        F::TinyInteger
        | F::SmallInteger
        | F::MediumInteger
        | F::Integer
        | F::BigInteger
        | F::Decimal
        | F::Float
        | F::Double
        | F::Boolean
        | F::Char
        | F::String
        | F::TinyText
        | F::Text
        | F::MediumText
        | F::LongText
        | F::Binary
        | F::BinaryOf
        | F::MediumBinary
        | F::LongBinary
        | F::Date
        | F::Time
        | F::TimeTz
        | F::DateTime
        | F::Timestamp
        | F::Year
        | F::Uuid
        | F::Ulid
        | F::Json
        | F::Jsonb
        | F::Enumeration
        | F::EnumTypeColumn
        | F::IpAddress
        | F::MacAddress
        | F::RawType
        | F::Unsigned
        | F::AutoIncrement
        | F::StartingValue
        | F::First
        | F::After
        | F::VirtualAs
        | F::StoredAs
        | F::ColumnCollation
        | F::Using
        | F::ChangeGenerated
        | F::Index
        | F::Unique
        | F::PartialIndex
        | F::PartialUnique
        | F::ExpressionIndex
        | F::ExpressionUnique
        | F::IndexDescending
        | F::IndexCollation
        | F::RenameIndex
        | F::PrimaryKey
        | F::ForeignKey
        | F::ForeignKeySetDefault
        | F::ForeignKeyDeferrable
        | F::Check
        | F::Temporary
        | F::Strict
        | F::WithoutRowid
        | F::AlterOptions => Support::Yes,
        F::Set | F::Array => Support::no("a value is one value", "use `json`, or a table of its own"),
        F::Geometry | F::Geography => Support::no(
            "shapes need the extension SpatiaLite",
            "keep them as GeoJSON in `json`, or as WKB in `binary`",
        ),
        F::Vector => Support::no("it has no vectors", "keep the numbers in `binary` or `json`"),
        F::Bit | F::BitVarying => {
            Support::no("it has no bit strings", "use `big_integer` for up to 64 bits, else `binary`")
        }
        F::Money => Support::no("it has no amounts of money", "use `decimal`, or `big_integer` for cents"),
        F::Interval => Support::no("it has no spans of time", "use `big_integer` for seconds"),
        F::Cidr | F::MacAddress8 => Support::no("it has no type for it", "use `string`"),
        F::Citext => Support::no("it has no such type", "use `text` with `collation(\"NOCASE\")`"),
        F::Hstore => Support::no("it has no such type", "use `json`"),
        F::Ltree | F::Xml => Support::no("it has no such type", "use `text`"),
        F::Oid => Support::no("its objects have no numbers", "use `big_integer`"),
        F::TsVector | F::TsQuery => {
            Support::no("texts are searched through a virtual table", "make one of FTS5 with `sql_for`")
        }
        F::Range | F::Multirange => {
            Support::no("it has no ranges", "use a column for each bound, and a check")
        }
        F::Point | F::Line | F::LineSegment | F::Box | F::Path | F::Polygon | F::Circle => {
            Support::no("it has no shapes", "use a column for each coordinate, or `json`")
        }
        F::Identity => Support::no(
            "only a whole primary key counts, and it takes any value that an INSERT gives",
            "use `auto_increment` or `id`",
        ),
        F::Invisible => Support::no("no column of a table can be hidden", "name the columns in a view"),
        F::UseCurrentOnUpdate => {
            Support::no("only a trigger changes a row that is updated", "write a trigger")
        }
        F::ColumnCharset | F::TableCharset => {
            Support::no("a database has one encoding for all texts", "leave the character set out")
        }
        F::TableCollation => {
            Support::no("only columns have a collation", "give it to the columns with `collation`")
        }
        F::ColumnComment | F::IndexComment | F::TableComment => Support::no(
            "SQLite keeps no comments",
            "leave the comment out, or add it for the other databases with `sql_for`",
        ),
        F::ColumnOnline | F::IndexOnline | F::ForeignKeyOnline | F::CheckOnline => Support::no(
            "a database has one writer at a time, and every change is a write",
            "leave `online` out for SQLite",
        ),
        F::ColumnAlgorithm | F::IndexAlgorithm | F::ConstraintAlgorithm => {
            Support::no("there is one way of making a change", "leave the algorithm out for SQLite")
        }
        F::ColumnLock | F::IndexLock | F::ConstraintLock => {
            Support::no("the lock is on the whole database", "leave the lock out for SQLite")
        }
        F::FullText | F::IndexLanguage => Support::no(
            "words are found through a virtual table, not an index",
            "make one of FTS5 with `sql_for`",
        ),
        F::Spatial => Support::no(
            "shapes are found through a virtual table, not an index",
            "make one of `rtree` with `sql_for`",
        ),
        F::VectorIndex => Support::no("it has no vectors", "leave the index out for SQLite"),
        F::IndexNulls => Support::no(
            "NULLs are first in an ascending index and last in a descending one",
            "leave the order of NULLs out, or index an expression",
        ),
        F::IndexPrefix => {
            Support::no("an index holds whole values", "index the expression `substr(name, 1, 10)`")
        }
        F::OperatorClass => {
            Support::no("a comparison follows from the collation", "use a collation in the index")
        }
        F::IndexMethod => Support::no("every index is a B-tree", "leave the method out"),
        F::Include => {
            Support::no("an index covers the columns that it has", "put them behind the others in the index")
        }
        F::NullsNotDistinct => Support::no(
            "two NULLs are never the same in a unique key",
            "make the expression `coalesce(name, '')` unique",
        ),
        F::DeferrableUnique => {
            Support::no("a unique key is checked at each row", "leave `deferrable` out for SQLite")
        }
        F::IndexInvisible => Support::no("every index is used", "leave it out, or drop the index"),
        F::IndexParameters => Support::no("an index has no parameters", "leave them out"),
        F::ForeignKeyMatchFull => Support::no(
            "`MATCH FULL` is read and not enforced",
            "add a check that the columns are all NULL or all not",
        ),
        F::ForeignKeyNotValid | F::CheckNotValid | F::ValidateConstraint => {
            Support::no("a constraint holds for all rows from the beginning", "mend the rows before it")
        }
        F::Exclusion => {
            Support::no("it has no exclusion constraints", "write triggers that refuse such rows")
        }
        F::Engine => Support::no("it has one storage engine", "leave the engine out"),
        F::Unlogged => {
            Support::no("every table is written safely", "leave `unlogged` out, or use `temporary`")
        }
        F::TableParameters => Support::no("a table has no parameters", "leave them out"),
        F::PartitionRange
        | F::PartitionList
        | F::PartitionHash
        | F::PartitionKey
        | F::AttachPartition
        | F::DetachPartition
        | F::DetachPartitionOnline
        | F::Partition => Support::no("a table is in one piece", "leave the partitions out for SQLite"),
        _ => objects::support(feature),
    }
}
