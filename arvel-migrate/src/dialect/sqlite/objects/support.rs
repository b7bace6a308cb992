//! What this database can do about objects, with the reason and the alternative for what it can not.

use crate::{dialect::Support, operation::Feature};

/// The answer for a feature of objects.
pub(in crate::dialect::sqlite) fn support(feature: Feature) -> Support {
    match feature {
        Feature::View | Feature::ViewReplace | Feature::RenameView | Feature::Trigger => Support::Yes,
        // There is nothing to do: the columns hold the values.
        Feature::EnumType | Feature::RenameEnum => Support::Yes,
        Feature::ViewCheckOption => Support::no(
            "nothing can be written through a view",
            "let a trigger `INSTEAD OF INSERT` do the check, with `schema.create_trigger(…)`",
        ),
        Feature::ViewOptions => Support::no("a view has no options", "leave them out for SQLite"),
        Feature::MaterializedView | Feature::RefreshView | Feature::RefreshViewOnline => Support::no(
            "a view keeps no rows",
            "use `schema.create_view(…)`, or a table that triggers keep up to date",
        ),
        Feature::Sequence | Feature::RenameSequence => Support::no(
            "there are no sequences",
            "let a column count with `id()`, or keep the number in a row of a table",
        ),
        Feature::AddEnumValue | Feature::RenameEnumValue => Support::no(
            "there are no enum types: each column holds its values",
            "change the column: `table.enumeration(\"name\", &[…]).change()` with the new list",
        ),
        Feature::Extension => Support::no(
            "a program loads its extensions itself, and the database knows nothing of them",
            "leave it out for SQLite with `schema.when_database(…)`",
        ),
        Feature::Namespace | Feature::RenameNamespace => Support::no(
            "a database has one space for names",
            "put the word before the tables' names, or leave it out with `schema.when_database(…)`",
        ),
        Feature::Function | Feature::Procedure => Support::no(
            "functions are part of the program, not of the database",
            "register them at the connection, or write a trigger",
        ),
        _ => Support::no("there is nothing like it", "leave it out for SQLite"),
    }
}
