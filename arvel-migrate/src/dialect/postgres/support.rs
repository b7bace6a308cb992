//! What this database can do, feature by feature, with the reason and the alternative for what it can not. The manual
//! of the oldest version that has a feature is linked where it is not version 12.

use crate::{
    dialect::{Capability, Support},
    operation::Feature,
};

use super::objects;

/// What is written for when no server is asked: a script for a later version may say no more than this one can.
const ASSUMED: u32 = 150_000;

/// `server_version_num`: 150020 is 15.20.
pub(super) fn version(capability: &Capability) -> u32 {
    capability.version.parse().unwrap_or(ASSUMED)
}

/// The answer for one feature.
pub(super) fn support(feature: Feature, capability: &Capability) -> Support {
    let version = version(capability);
    if let Some(answer) = objects::support(feature) {
        return answer;
    }
    match feature {
        // https://www.postgresql.org/docs/14/rangetypes.html
        Feature::Multirange if version < 140_000 => Support::no(
            "a set of ranges is a type from PostgreSQL 14 on",
            "use an array of `range(…)`, or a table with a row for each range",
        ),
        // https://www.postgresql.org/docs/14/sql-altertable.html
        Feature::DetachPartitionOnline if version < 140_000 => Support::no(
            "a partition is detached while others work from PostgreSQL 14 on",
            "take `online()` away",
        ),
        // https://www.postgresql.org/docs/15/sql-createtable.html
        Feature::NullsNotDistinct if version < 150_000 => Support::no(
            "NULLs are the same value for a unique key from PostgreSQL 15 on",
            "use a unique index over `coalesce(…)`, with a value that is not used otherwise",
        ),
        // https://www.postgresql.org/docs/17/sql-altertable.html
        Feature::ChangeGenerated if version < 170_000 => Support::no(
            "the expression of a computed column can be changed from PostgreSQL 17 on",
            "drop the column and add it anew in a change of its own: its values, indexes and keys are made again",
        ),
        // https://www.postgresql.org/docs/18/ddl-generated-columns.html
        Feature::VirtualAs if version < 180_000 => Support::no(
            "a column that is computed when it is read exists from PostgreSQL 18 on",
            "use `stored_as(…)`, or a view",
        ),
        Feature::Set => Support::no(
            "there is no type for several values out of a list",
            "use an array of an enum type, or a table with a row for each value",
        ),
        Feature::First | Feature::After => Support::no(
            "a new column is always the last one",
            "take it away: statements name the columns in the order that they want",
        ),
        Feature::Invisible => Support::no(
            "`SELECT *` shows every column",
            "take it away, and name the columns or read a view without this one",
        ),
        Feature::UseCurrentOnUpdate => Support::no(
            "a default is for an INSERT only",
            "set it in the application, or by a trigger before each UPDATE",
        ),
        Feature::ColumnCharset | Feature::TableCharset => Support::no(
            "a database has one character set for all its texts",
            "take it away; the character set is chosen when the database is created",
        ),
        Feature::TableCollation => Support::no(
            "a table has no collation of its own",
            "say `collation(…)` of each column, or when the database is created",
        ),
        Feature::Engine => Support::no("every table is kept by the same engine", "take `engine(…)` away"),
        Feature::Strict => Support::no("values are always of their column's type", "take `strict()` away"),
        Feature::WithoutRowid => {
            Support::no("a table is never kept by its primary key", "take `without_rowid()` away")
        }
        Feature::IndexPrefix => Support::no(
            "an index holds whole values",
            "use an index over the expression `left(column, length)`",
        ),
        Feature::IndexInvisible => Support::no(
            "the planner may use every index",
            "drop the index, inside a transaction that can be rolled back to see what happens without it",
        ),
        Feature::ColumnAlgorithm
        | Feature::IndexAlgorithm
        | Feature::ConstraintAlgorithm
        | Feature::ColumnLock
        | Feature::IndexLock
        | Feature::ConstraintLock => Support::no(
            "the server chooses how a change is made, and which lock it takes",
            "take it away, or say `online()`",
        ),
        Feature::PartitionKey => Support::no(
            "there is no hash of the server's own choice",
            "use `partition_by_hash(…)` over the columns",
        ),
        // Answered above.
        Feature::Partition
        | Feature::View
        | Feature::ViewReplace
        | Feature::ViewCheckOption
        | Feature::ViewOptions
        | Feature::MaterializedView
        | Feature::RefreshView
        | Feature::RefreshViewOnline
        | Feature::Sequence
        | Feature::EnumType
        | Feature::AddEnumValue
        | Feature::RenameEnumValue
        | Feature::Extension
        | Feature::Namespace
        | Feature::Function
        | Feature::Procedure
        | Feature::Trigger
        | Feature::RenameView
        | Feature::RenameSequence
        | Feature::RenameEnum
        | Feature::RenameNamespace => Support::Yes,
        Feature::TinyInteger
        | Feature::SmallInteger
        | Feature::MediumInteger
        | Feature::Integer
        | Feature::BigInteger
        | Feature::Decimal
        | Feature::Float
        | Feature::Double
        | Feature::Boolean
        | Feature::Char
        | Feature::String
        | Feature::TinyText
        | Feature::Text
        | Feature::MediumText
        | Feature::LongText
        | Feature::Binary
        | Feature::BinaryOf
        | Feature::MediumBinary
        | Feature::LongBinary
        | Feature::Date
        | Feature::Time
        | Feature::TimeTz
        | Feature::DateTime
        | Feature::Timestamp
        | Feature::Year
        | Feature::Uuid
        | Feature::Ulid
        | Feature::Json
        | Feature::Jsonb
        | Feature::Enumeration
        | Feature::EnumTypeColumn
        | Feature::IpAddress
        | Feature::MacAddress
        | Feature::Geometry
        | Feature::Geography
        | Feature::Vector
        | Feature::Array
        | Feature::Bit
        | Feature::BitVarying
        | Feature::Money
        | Feature::Interval
        | Feature::Cidr
        | Feature::MacAddress8
        | Feature::Citext
        | Feature::Hstore
        | Feature::Ltree
        | Feature::Xml
        | Feature::Oid
        | Feature::TsVector
        | Feature::TsQuery
        | Feature::Range
        | Feature::Multirange
        | Feature::Point
        | Feature::Line
        | Feature::LineSegment
        | Feature::Box
        | Feature::Path
        | Feature::Polygon
        | Feature::Circle
        | Feature::RawType
        | Feature::Unsigned
        | Feature::AutoIncrement
        | Feature::StartingValue
        | Feature::Identity
        | Feature::VirtualAs
        | Feature::StoredAs
        | Feature::ColumnCollation
        | Feature::ColumnComment
        | Feature::Using
        | Feature::ChangeGenerated
        | Feature::Index
        | Feature::Unique
        | Feature::FullText
        | Feature::Spatial
        | Feature::VectorIndex
        | Feature::PartialIndex
        | Feature::PartialUnique
        | Feature::ExpressionIndex
        | Feature::ExpressionUnique
        | Feature::IndexDescending
        | Feature::IndexNulls
        | Feature::OperatorClass
        | Feature::IndexCollation
        | Feature::IndexMethod
        | Feature::Include
        | Feature::NullsNotDistinct
        | Feature::DeferrableUnique
        | Feature::IndexLanguage
        | Feature::IndexComment
        | Feature::IndexParameters
        | Feature::RenameIndex
        | Feature::ColumnOnline
        | Feature::IndexOnline
        | Feature::ForeignKeyOnline
        | Feature::CheckOnline
        | Feature::PrimaryKey
        | Feature::ForeignKey
        | Feature::ForeignKeySetDefault
        | Feature::ForeignKeyDeferrable
        | Feature::ForeignKeyMatchFull
        | Feature::ForeignKeyNotValid
        | Feature::Check
        | Feature::CheckNotValid
        | Feature::Exclusion
        | Feature::ValidateConstraint
        | Feature::TableComment
        | Feature::Temporary
        | Feature::Unlogged
        | Feature::TableParameters
        | Feature::AlterOptions
        | Feature::PartitionRange
        | Feature::PartitionList
        | Feature::PartitionHash
        | Feature::AttachPartition
        | Feature::DetachPartition
        | Feature::DetachPartitionOnline => Support::Yes,
    }
}
