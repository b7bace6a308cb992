//! Rows: the modifiers of columns.

use super::row::Section;
use crate::operation::{Algorithm, LockLevel};

pub(super) const SECTIONS: &[Section] = &[
    Section {
        heading: "Values",
        sentence: "A default always reaches the DDL.",
        rows: &[
            column!(-, string("c").nullable()),
            column!(-, string("c").default("it's")),
            column!(-, text("c").default("x")),
            column!(-, boolean("c").default(true)),
            column!(-, integer("c").default(0)),
            column!(-, decimal("c", 8, 2).default("0.10")),
            column!(-, double("c").default(f64::NAN)),
            column!(-, string("c").default_expression("upper('x')")),
            column!(-, date("c").use_current()),
            column!(-, timestamp("c").use_current()),
            column!(UseCurrentOnUpdate, timestamp("c").use_current().use_current_on_update()),
            part!(VirtualAs, integer("d").virtual_as("a + b")),
            part!(StoredAs, integer("d").stored_as("a + b")),
        ],
    },
    Section {
        heading: "Numbers",
        sentence: "",
        rows: &[
            column!(Unsigned, integer("c").unsigned()),
            column!(-, integer("c").auto_increment()),
            column!(StartingValue, id().starting_value(1_000)),
            column!(Identity, big_integer("c").identity()),
            column!(-, big_integer("c").identity().always().start(1_000).increment(10)),
        ],
    },
    Section {
        heading: "Texts",
        sentence: "",
        rows: &[
            column!(ColumnCharset, string("c").charset("latin1")),
            column!(ColumnCollation, string("c").collation("C")),
            column!(-, string("c").collation("NOCASE")),
            column!(ColumnComment, string("c").comment("why")),
        ],
    },
    Section {
        heading: "Place",
        sentence: "In a new table `first()` and `after(…)` are the place in the list, on every database.",
        rows: &[
            change!(First, text("d").nullable().first()),
            change!(After, text("d").nullable().after("a")),
            change!(-, after("a", |table| { table.text("d").nullable(); })),
            column!(Invisible, string("c").invisible()),
        ],
    },
    Section {
        heading: "Keys, indexes, checks of one column",
        sentence: "With a name or more to say, they are written of the table: `table.unique(\"c\").named(\"…\")`.",
        rows: &[
            column!(-, uuid("c").primary()),
            column!(-, string("c").unique()),
            column!(-, string("c").index()),
            column!(-, text("c").full_text()),
            column!(-, geometry("c").spatial_index()),
            column!(-, vector_of("c", 3).vector_index()),
            column!(-, integer("c").check("c > 0")),
            column!(-, foreign_id("c").constrained("users")),
            column!(-, foreign_uuid("c").references_column("users", "uuid")),
        ],
    },
    Section {
        heading: "Changes",
        sentence: "`change()` keeps what it does not mention.",
        rows: &[
            change!(-, string_of("c", 40).change()),
            change!(-, string("c").nullable().change()),
            change!(-, string("c").no_default().change()),
            change!(Using, integer("c").using("length(c)").change()),
            of!(
                ChangeGenerated,
                |table| {
                    super::row::columns(table);
                    table.integer("d").stored_as("a + b");
                },
                integer("d").stored_as("a - b").change()
            ),
            change!(ColumnOnline, integer("d").nullable().online()),
            change!(-, integer("d").nullable().instant()),
            change!(ColumnAlgorithm, integer("d").nullable().algorithm(Algorithm::InPlace)),
            change!(ColumnLock, integer("d").nullable().lock(LockLevel::None)),
        ],
    },
];
