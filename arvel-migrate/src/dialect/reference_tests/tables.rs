//! Rows: what a table is beyond its columns and keys.

use super::{objects, row::Section};

pub(super) const SECTIONS: &[Section] = &[
    Section {
        heading: "Options",
        sentence: "",
        rows: &[
            part!(TableComment, comment("why")),
            part!(Engine, engine("InnoDB")),
            part!(TableCharset, charset("utf8mb4")),
            part!(TableCollation, collation("utf8mb4_bin")),
            part!(Temporary, temporary()),
            part!(Unlogged, unlogged()),
            part!(Strict, strict()),
            new!(
                WithoutRowid,
                |table| {
                    table.integer("a").primary();
                },
                without_rowid()
            ),
            part!(TableParameters, option("fillfactor", "70")),
        ],
    },
    Section {
        heading: "Options of a table that is there",
        sentence: "What is not mentioned stays.",
        rows: &[
            change!(AlterOptions, engine("InnoDB")),
            change!(-, unlogged()),
            change!(-, option("fillfactor", "70")),
        ],
    },
    Section {
        heading: "Columns and tables that change",
        sentence: "",
        rows: &[
            change!(-, rename_column("c", "d")),
            change!(-, drop_column("c")),
            change!(-, drop_columns(["b", "c"])),
            object!(-, |schema| schema.create("t", super::row::columns), rename("t", "u")),
            object!(-, |_| {}, drop("t")),
            object!(-, |_| {}, drop_if_exists("t")),
        ],
    },
    objects::PARTITIONS,
    objects::OBJECTS,
];
