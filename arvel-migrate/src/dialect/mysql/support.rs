//! What this database can do, feature by feature, with the reason and the alternative for what it can not.

use crate::{dialect::Support, operation::Feature};

use super::{facts::Facts, objects};

/// The answer for one feature.
pub(super) fn support(facts: &Facts, feature: Feature) -> Support {
    if let Some(answer) = objects::support(facts, feature) {
        return answer;
    }
    types(facts, feature)
        .or_else(|| modifiers(facts, feature))
        .or_else(|| indexes(facts, feature))
        .or_else(|| constraints(facts, feature))
        .or_else(|| tables(feature))
        .unwrap_or_else(|| Support::no("there is nothing like it", "leave it out for this database"))
}

/// Yes from a version on; before it, no with the reason and the alternative.
pub(super) const fn since(there: bool, reason: &'static str, alternative: &'static str) -> Support {
    if there { Support::Yes } else { Support::no(reason, alternative) }
}

fn types(facts: &Facts, feature: Feature) -> Option<Support> {
    use Feature as F;
    Some(match feature {
        F::TinyInteger | F::SmallInteger | F::MediumInteger | F::Integer | F::BigInteger => Support::Yes,
        F::Decimal | F::Float | F::Double | F::Boolean => Support::Yes,
        F::Char | F::String | F::TinyText | F::Text | F::MediumText | F::LongText => Support::Yes,
        F::Binary | F::BinaryOf | F::MediumBinary | F::LongBinary => Support::Yes,
        F::Date | F::Time | F::DateTime | F::Timestamp | F::Year => Support::Yes,
        F::Uuid | F::Ulid | F::Json | F::Jsonb | F::IpAddress | F::MacAddress => Support::Yes,
        F::Enumeration | F::EnumTypeColumn | F::Set | F::Bit | F::RawType => Support::Yes,
        F::Geometry | F::Geography | F::Point | F::Polygon => Support::Yes,
        F::Vector => since(
            facts.vector_type,
            "there is no such type before MariaDB 11.7 and MySQL 9.0",
            "keep the numbers in a `binary(…)` or a `json(…)`",
        ),
        F::TimeTz => Support::no(
            "there is no time of day with a zone",
            "use `time(…)` in UTC, or `timestamp(…)` for a moment",
        ),
        F::Array => Support::no("there are no arrays", "use `json(…)`, or a table of its own for the values"),
        F::BitVarying => Support::no("there are only bits of one length", "use `bit(…)` or `binary_of(…)`"),
        F::Money => {
            Support::no("there is no such type", "use `decimal(…)`, with the currency in another column")
        }
        F::Interval => {
            Support::no("there is no such type", "use `big_integer(…)` for seconds or microseconds")
        }
        F::Cidr => Support::no("there is no type of networks", "use `string_of(…, 43)`"),
        F::MacAddress8 => Support::no("there is no such type", "use `string_of(…, 23)`"),
        F::Citext => Support::no(
            "there is no such type",
            "use `string(…)` or `text(…)`: collations that end in `_ci` do not regard case",
        ),
        F::Hstore => Support::no("there is no such type", "use `json(…)`"),
        F::Ltree => {
            Support::no("there is no such type", "use `string(…)` with a separator, or a parent's key")
        }
        F::Xml => Support::no("there is no such type", "use `long_text(…)`"),
        F::Oid => Support::no("there are no object identifiers", "use `integer(…).unsigned()`"),
        F::TsVector | F::TsQuery => {
            Support::no("texts are searched without a type of their own", "use `full_text(…)` on the texts")
        }
        F::Range => Support::no("there are no ranges", "use two columns and a `check(…)`"),
        F::Multirange => Support::no("there are no ranges", "use a table of its own for the ranges"),
        F::Line | F::Circle => Support::no("there is no such shape", "use columns for its numbers"),
        F::LineSegment | F::Path => Support::no("there is no such type", "use `geometry(…)` of `linestring`"),
        F::Box => Support::no("there is no such type", "use `geometry(…)` of `polygon`"),
        _ => return None,
    })
}

fn modifiers(facts: &Facts, feature: Feature) -> Option<Support> {
    use Feature as F;
    Some(match feature {
        F::Unsigned | F::AutoIncrement | F::StartingValue | F::First | F::After => Support::Yes,
        F::VirtualAs | F::StoredAs | F::ChangeGenerated | F::UseCurrentOnUpdate => Support::Yes,
        F::ColumnCharset | F::ColumnCollation | F::ColumnComment => Support::Yes,
        F::ColumnOnline | F::ColumnAlgorithm | F::ColumnLock => Support::Yes,
        F::Invisible => since(
            facts.invisible_columns,
            "columns can not be hidden before MariaDB 10.3 and MySQL 8.0.23",
            "take `invisible()` away",
        ),
        F::Identity => Support::no(
            "a column that counts up must be a key, and has a start and nothing else of an identity",
            "use `auto_increment()` with `starting_value(…)`",
        ),
        F::Using => Support::no(
            "the server converts the values by itself",
            "add another column, fill it with `schema.sql_for(\"mysql\", …)`, drop the old one and rename the new one",
        ),
        _ => return None,
    })
}

fn indexes(facts: &Facts, feature: Feature) -> Option<Support> {
    use Feature as F;
    Some(match feature {
        F::Index | F::Unique | F::FullText | F::Spatial | F::IndexPrefix | F::IndexMethod => Support::Yes,
        F::IndexComment | F::IndexParameters => Support::Yes,
        F::IndexOnline | F::IndexAlgorithm | F::IndexLock => Support::Yes,
        F::VectorIndex => since(
            facts.vector_index,
            "vectors can not be indexed before MariaDB 11.7, nor by MySQL",
            "search without an index, or in another database",
        ),
        F::IndexDescending => since(
            facts.index_directions,
            "the server reads DESC and forgets it before MariaDB 10.8 and MySQL 8.0",
            "take `desc()` away: an index is read in both directions",
        ),
        F::IndexInvisible => since(
            facts.index_hidden.is_some(),
            "indexes can not be hidden before MariaDB 10.6 and MySQL 8.0",
            "take `invisible()` away",
        ),
        F::ExpressionIndex | F::ExpressionUnique => since(
            facts.index_expressions,
            "an index is over columns only",
            "add a column with `virtual_as(…)` and index that one",
        ),
        F::RenameIndex => since(
            facts.renames,
            "indexes can not be renamed before MariaDB 10.5",
            "drop the index and add it under its new name",
        ),
        F::PartialIndex => Support::no(
            "an index is over all rows",
            "index a column with `virtual_as(\"CASE WHEN … THEN … END\")`, or take the condition away",
        ),
        F::PartialUnique => Support::no(
            "a unique key is over all rows",
            "make the key over a column with `virtual_as(\"CASE WHEN … THEN … END\")`: NULLs do not collide",
        ),
        F::IndexNulls => Support::no("NULLs come first, and last with `desc()`", "take it away"),
        F::OperatorClass => Support::no("indexes have no operator classes", "take `operator_class(…)` away"),
        F::IndexCollation => Support::no(
            "an index has the collation of its column",
            "say the collation at the column, or index a column with `virtual_as(…)`",
        ),
        F::Include => Support::no("an index has no columns beside it", "add them behind the others"),
        F::NullsNotDistinct => Support::no(
            "two NULLs never collide in a unique key",
            "make the columns NOT NULL, or the key over a column with `stored_as(\"coalesce(…)\")`",
        ),
        F::DeferrableUnique => {
            Support::no("keys are checked at each row", "change the values in another order")
        }
        F::IndexLanguage => Support::no(
            "a full text index has no language",
            "take it away, or name a parser of the server with `parameter(\"parser\", …)`",
        ),
        _ => return None,
    })
}

fn constraints(facts: &Facts, feature: Feature) -> Option<Support> {
    use Feature as F;
    Some(match feature {
        F::PrimaryKey | F::ForeignKey | F::ConstraintAlgorithm | F::ConstraintLock => Support::Yes,
        F::Check => since(
            facts.checks,
            "the server reads checks and forgets them before MariaDB 10.2 and MySQL 8.0.16",
            "check it in a trigger with `schema.sql_for(\"mysql\", …)`",
        ),
        F::ForeignKeySetDefault => {
            Support::no("InnoDB refuses SET DEFAULT", "use `null_on_delete()` or a trigger")
        }
        F::ForeignKeyDeferrable => {
            Support::no("keys are checked at each row", "insert parents first, or make the key nullable")
        }
        F::ForeignKeyMatchFull => Support::no(
            "the server reads MATCH and forgets it with the actions of the key",
            "add a `check(…)` that all columns are NULL or none",
        ),
        F::ForeignKeyOnline => Support::no(
            "a key is checked by a copy of the table, which keeps writers out",
            "take `online()` away and run it when it is quiet",
        ),
        F::CheckOnline => Support::no(
            "a check is added by a copy of the table, which keeps writers out",
            "take `online()` away and run it when it is quiet",
        ),
        F::ForeignKeyNotValid | F::CheckNotValid | F::ValidateConstraint => Support::no(
            "constraints always hold for all rows",
            "mend the rows first, then add the constraint",
        ),
        F::Exclusion => Support::no(
            "there are no exclusion constraints",
            "use `unique(…)`, or a trigger with `schema.sql_for(\"mysql\", …)`",
        ),
        _ => return None,
    })
}

fn tables(feature: Feature) -> Option<Support> {
    use Feature as F;
    Some(match feature {
        F::TableComment | F::Engine | F::TableCharset | F::TableCollation | F::Temporary => Support::Yes,
        F::TableParameters | F::AlterOptions => Support::Yes,
        F::PartitionRange | F::PartitionList | F::PartitionHash | F::PartitionKey => Support::Yes,
        F::Unlogged => Support::no(
            "tables are always written to the log",
            "use `engine(\"MEMORY\")` for rows that may be lost",
        ),
        F::Strict => Support::no("values are always of their column's type", "take `strict()` away"),
        F::WithoutRowid => {
            Support::no("InnoDB always keeps rows by their primary key", "take `without_rowid()` away")
        }
        _ => return None,
    })
}
