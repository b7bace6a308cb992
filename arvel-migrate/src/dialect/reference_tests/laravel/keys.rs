//! Rows: indexes, keys, drops, options of the table.

use super::row::Section;
use crate::{
    dsl::expression,
    operation::{ForeignKeyAction, LockLevel},
};

pub(super) const SECTIONS: &[Section] = &[
    Section {
        heading: "Indexes, keys, tables",
        from: "Laravel",
        class: "Blueprint",
        rows: &[
            table!("primary", "", primary(["a", "b"])),
            table!("unique", "", unique(["a", "b"]).named("own")),
            table!("index", "", index(["a", "b"]).named("own")),
            table!("fullText", "", full_text("a")),
            table!("spatialIndex", "", spatial_index("a")),
            table!("vectorIndex", "", vector_index("a")),
            table!("rawIndex", "", index(expression("lower(a)")).named("own")),
            table!("foreign", "", foreign(["a", "b"]).references(["a", "b"]).on("users")),
            table!("dropColumn", "", drop_columns(["a", "b"])),
            table!("dropPrimary", "", drop_primary(["a", "b"])),
            table!(
                "dropUnique",
                "by its name: `drop_unique(named(\"…\"))`; so all drops",
                drop_unique(["a", "b"])
            ),
            table!("dropIndex", "", drop_index(["a", "b"])),
            table!("dropFullText", "", drop_full_text("a")),
            table!("dropSpatialIndex", "", drop_spatial_index("a")),
            table!("dropForeign", "", drop_foreign("a")),
            table!("dropConstrainedForeignId", "", drop_constrained_foreign_id("user_id")),
            none!(
                "dropForeignIdFor dropConstrainedForeignIdFor",
                "no models in migrations: `drop_constrained_foreign_id(\"user_id\")`"
            ),
            table!("dropMorphs", "", drop_morphs("owner")),
            table!("dropTimestamps dropTimestampsTz", "", drop_timestamps()),
            table!("dropSoftDeletes dropSoftDeletesTz", "", drop_soft_deletes()),
            table!("dropRememberToken", "", drop_remember_token()),
            table!("renameColumn", "", rename_column("a", "b")),
            table!("renameIndex", "", rename_index("a", "b")),
            new_table!("engine innoDb", "", engine("InnoDB")),
            new_table!("charset", "", charset("utf8mb4")),
            new_table!("collation", "", collation("utf8mb4_bin")),
            new_table!("temporary", "", temporary()),
            new_table!("comment", "an empty text takes it away", comment("why")),
            of_schema!(
                "create",
                "",
                create("t", |table| {
                    table.id();
                })
            ),
            of_schema!("drop", "", drop("t")),
            of_schema!("dropIfExists", "", drop_if_exists("t")),
            of_schema!("rename", "", rename("t", "u")),
            none!(
                "build toSql creating addAlterCommands addFluentCommands",
                "a closure records, the executor acts; `db migrate --dry-run` shows the SQL"
            ),
            none!(
                "getTable getPrefix getColumns getCommands getState getAddedColumns getChangedColumns",
                "what is recorded is `Schema::record(up).operations`"
            ),
        ],
    },
    Section {
        heading: "What is chained behind an index",
        from: "Laravel",
        class: "IndexDefinition",
        rows: &[
            table!("algorithm", "", index("a").method("hash")),
            table!(
                "deferrable initiallyImmediate",
                "not at once: `initially_deferred()`",
                unique("a").deferrable()
            ),
            table!("language", "", full_text("a").language("english")),
            table!("lock", "", index("a").lock(LockLevel::None)),
            table!("nullsNotDistinct", "", unique("a").nulls_not_distinct()),
            table!("online", "taken out of the transaction by itself", index("a").online()),
        ],
    },
    Section {
        heading: "What is chained behind a foreign key",
        from: "Laravel",
        class: "ForeignKeyDefinition",
        rows: &[
            table!(
                "constrained",
                "the table is said; its name is not guessed from the column's",
                foreign_id("user_id").constrained("users")
            ),
            table!("references on", "", foreign("a").references("id").on("users")),
            table!("onDelete", "", foreign_id("a").constrained("users").on_delete(ForeignKeyAction::Cascade)),
            table!("onUpdate", "", foreign_id("a").constrained("users").on_update(ForeignKeyAction::Cascade)),
            table!("cascadeOnDelete", "", foreign_id("a").constrained("users").cascade_on_delete()),
            table!("restrictOnDelete", "", foreign_id("a").constrained("users").restrict_on_delete()),
            table!("nullOnDelete", "", foreign_id("a").nullable().constrained("users").null_on_delete()),
            table!("noActionOnDelete", "", foreign_id("a").constrained("users").no_action_on_delete()),
            table!("cascadeOnUpdate", "", foreign_id("a").constrained("users").cascade_on_update()),
            table!("restrictOnUpdate", "", foreign_id("a").constrained("users").restrict_on_update()),
            table!("nullOnUpdate", "", foreign_id("a").nullable().constrained("users").null_on_update()),
            table!("noActionOnUpdate", "", foreign_id("a").constrained("users").no_action_on_update()),
            table!(
                "deferrable initiallyImmediate",
                "not at once: `initially_deferred()`",
                foreign_id("a").constrained("users").deferrable()
            ),
            table!("lock", "", foreign_id("a").constrained("users").lock(LockLevel::Shared)),
        ],
    },
];
