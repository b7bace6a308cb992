//! What this database can do about objects, with the reason and the alternative for what it can not.

use crate::{dialect::Support, operation::Feature};

use super::super::{facts::Facts, support::since};

/// The answer for a feature of objects; `None` for another.
pub(in crate::dialect::mysql) fn support(facts: &Facts, feature: Feature) -> Option<Support> {
    Some(match feature {
        Feature::View
        | Feature::ViewReplace
        | Feature::ViewCheckOption
        | Feature::ViewOptions
        | Feature::RenameView => Support::Yes,
        // There is nothing to do: the columns hold the values.
        Feature::EnumType | Feature::RenameEnum => Support::Yes,
        Feature::AddEnumValue | Feature::RenameEnumValue => Support::no(
            "there are no enum types: each column holds its values",
            "change the column: `table.enumeration(\"name\", &[…]).change()` with the new list",
        ),
        Feature::MaterializedView | Feature::RefreshView | Feature::RefreshViewOnline => Support::no(
            "a view keeps no rows",
            "use `schema.create_view(…)`, or a table that triggers or events keep up to date",
        ),
        Feature::Extension => Support::no(
            "plugins belong to the server, not to a database",
            "install them on the server, and leave it out here with `schema.when_database(…)`",
        ),
        Feature::Namespace | Feature::RenameNamespace => Support::no(
            "a schema is a database here, and a migration has only its own",
            "put the word before the tables' names, or leave it out with `schema.when_database(…)`",
        ),
        Feature::Sequence | Feature::RenameSequence => since(
            facts.sequences,
            "there are no sequences before MariaDB 10.3, and none in MySQL",
            "let a column count with `id()`, or keep the number in a row of a table",
        ),
        Feature::Function | Feature::Procedure | Feature::Trigger | Feature::Partition => Support::Yes,
        Feature::AttachPartition | Feature::DetachPartition => since(
            facts.converts_partitions,
            "a table does not become a partition, nor a partition a table, before MariaDB 10.7 and in MySQL: they can \
             only change their rows for each other",
            "write `ALTER TABLE … EXCHANGE PARTITION … WITH TABLE …` with `schema.sql_for(\"mysql\", …)`",
        ),
        Feature::DetachPartitionOnline => Support::no(
            "a partition is taken out under a lock of its table",
            "take `online()` away and run it when it is quiet",
        ),
        _ => return None,
    })
}
