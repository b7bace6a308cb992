//! Rows: indexes, keys, constraints.

use super::row::Section;
use crate::{
    dsl::{column, desc, expression, named, prefix},
    operation::{Algorithm, ForeignKeyAction, LockLevel},
};

pub(super) const SECTIONS: &[Section] = &[
    Section {
        heading: "Indexes",
        sentence: "",
        rows: &[
            change!(Index, index(["a", "c"])),
            change!(Unique, unique(["a", "c"])),
            change!(-, index("a").named("own")),
            change!(FullText, full_text("c")),
            change!(IndexLanguage, full_text("c").language("english")),
            of!(
                Spatial,
                |table| {
                    table.geometry("d");
                },
                spatial_index("d")
            ),
            of!(
                VectorIndex,
                |table| {
                    table.vector_of("d", 3);
                },
                vector_index("d")
            ),
        ],
    },
    Section {
        heading: "What is indexed",
        sentence: "",
        rows: &[
            change!(IndexDescending, index([column("a"), desc("c")])),
            change!(IndexNulls, index(column("c").nulls_first())),
            change!(IndexPrefix, index(prefix("c", 20))),
            change!(ExpressionIndex, index(expression("lower(c)"))),
            change!(ExpressionUnique, unique(expression("lower(c)"))),
            change!(OperatorClass, index(column("c").operator_class("text_pattern_ops"))),
            change!(IndexCollation, index(column("c").collation("C"))),
            change!(-, index(column("c").collation("NOCASE"))),
        ],
    },
    Section {
        heading: "What is said of an index",
        sentence: "",
        rows: &[
            change!(PartialIndex, index("a").where_("b > 0")),
            change!(PartialUnique, unique("a").where_("b > 0")),
            change!(IndexMethod, index("a").method("hash")),
            change!(Include, index("a").include("c")),
            change!(NullsNotDistinct, unique("a").nulls_not_distinct()),
            change!(DeferrableUnique, unique("a").deferrable()),
            change!(-, unique("a").initially_deferred()),
            change!(IndexComment, unique("a").comment("why")),
            change!(IndexInvisible, index("b").invisible()),
            change!(IndexParameters, index("b").parameter("fillfactor", "70")),
            change!(IndexOnline, index("b").online()),
            change!(-, unique("a").online()),
            change!(IndexAlgorithm, index("b").algorithm(Algorithm::InPlace)),
            change!(IndexLock, index("b").lock(LockLevel::None)),
        ],
    },
    Section {
        heading: "Indexes that change",
        sentence: "A drop names what the index is over, or `named(\"…\")`.",
        rows: &[
            change!(RenameIndex, rename_index("t_a_index", "own")),
            change!(-, drop_index("a")),
            change!(-, drop_index(named("t_a_index")).online()),
            change!(-, drop_unique("b")),
        ],
    },
    Section {
        heading: "Keys and constraints",
        sentence: "What is referenced must be the primary key or have a unique key.",
        rows: &[
            part!(PrimaryKey, primary(["a", "b"])),
            part!(-, primary("a").named("own")),
            part!(ForeignKey, foreign("a").references("id").on("users")),
            part!(-, foreign("a").references("id").on("users").cascade_on_delete()),
            part!(-, foreign("a").references("id").on("users").restrict_on_update()),
            part!(
                ForeignKeySetDefault,
                foreign("a").references("id").on("users").on_delete(ForeignKeyAction::SetDefault)
            ),
            part!(ForeignKeyDeferrable, foreign("a").references("id").on("users").deferrable()),
            part!(-, foreign("a").references("id").on("users").initially_deferred()),
            part!(ForeignKeyMatchFull, foreign("a").references("id").on("users").match_full()),
            part!(Check, check("ordered", "a < b")),
            part!(Exclusion, exclude(&[("a", "="), ("b", "=")])),
        ],
    },
    Section {
        heading: "Constraints of a table in use",
        sentence: "",
        rows: &[
            change!(ForeignKeyOnline, foreign("a").references("id").on("users").online()),
            change!(ForeignKeyNotValid, foreign("a").references("id").on("users").not_valid()),
            change!(CheckOnline, check("ordered", "a < b").online()),
            change!(CheckNotValid, check("ordered", "a < b").not_valid()),
            change!(ConstraintAlgorithm, check("ordered", "a < b").algorithm(Algorithm::Copy)),
            change!(ConstraintLock, check("ordered", "a < b").lock(LockLevel::Shared)),
            change!(ValidateConstraint, validate_constraint("positive")),
            change!(-, drop_check("positive")),
        ],
    },
];
