//! Rows: what Rails and Alembic have beyond Laravel.

use super::row::Section;
use crate::{
    dsl::{column, desc, prefix},
    operation::ColumnType,
};

pub(super) const SECTIONS: &[Section] = &[
    Section {
        heading: "Beyond Laravel: Rails",
        from: "Rails",
        class: "Rails",
        rows: &[
            table!(
                "references belongs_to",
                "polymorphic: `morphs`",
                foreign_id("user_id").constrained("users").cascade_on_delete()
            ),
            table!("check_constraint", "", check("positive", "a > 0")),
            table!("exclusion_constraint", "", exclude(&[("room", "="), ("during", "&&")]).where_("active")),
            table!("unique_constraint", "", unique("a").deferrable()),
            table!(
                "validate_constraint validate_foreign_key validate_check_constraint",
                "",
                validate_constraint("positive")
            ),
            table!("index:order", "", index([column("a"), desc("b")])),
            table!("index:length", "", index(prefix("a", 20))),
            table!("index:opclass", "", index(column("a").operator_class("gin_trgm_ops")).method("gin")),
            table!("index:where", "", unique("a").where_("deleted_at IS NULL")),
            table!("index:include", "", index("a").include(["b", "c"])),
            table!("algorithm::concurrently", "", index("a").online()),
            table!("enable_index disable_index", "", index("a").invisible()),
            table!("virtual", "", integer("c").stored_as("a + b")),
            table!("array:true", "", text("c").array()),
            table!("int4range", "", integer_range("c")),
            table!("int8range", "", big_integer_range("c")),
            table!("numrange", "", decimal_range("c")),
            table!("daterange", "", date_range("c")),
            table!("tsrange", "", date_time_range("c")),
            table!("tstzrange", "", timestamp_range("c")),
            table!("bit", "", bit("c", 8)),
            table!("bit_varying", "", bit_varying_of("c", 8)),
            table!("cidr", "", cidr("c")),
            table!("inet", "", ip_address("c")),
            table!("citext", "", citext("c")),
            table!("hstore", "", hstore("c")),
            table!("interval", "", interval("c")),
            table!("ltree", "", ltree("c")),
            table!("money", "", money("c")),
            table!("oid", "", oid("c")),
            table!("xml", "", xml("c")),
            table!("box", "", rectangle("c")),
            table!("lseg", "", line_segment("c")),
            table!("line", "", line("c")),
            table!("point", "", point("c")),
            table!("path", "", path("c")),
            table!("polygon", "", polygon("c")),
            table!("circle", "", circle("c")),
            table!("tinyblob", "", binary_of("c", 255)),
            table!("mediumblob", "", medium_binary("c")),
            table!("longblob", "", long_binary("c")),
            table!("change_column_default", "`no_default()` takes it away", integer("c").default(1).change()),
            table!("change_column_null", "", integer("c").not_null().change()),
            table!("change_column_comment", "", integer("c").comment("why").change()),
            new_table!("create_table:options", "", option("row_format", "compressed")),
            of_schema!(
                "create_table:if_not_exists",
                "",
                create_if_not_exists("t", |table| {
                    table.id();
                })
            ),
            none!("create_table:force", "`drop_if_exists` says aloud what goes"),
            none!("create_join_table", "`create` with two `foreign_id` and `primary([\"a_id\", \"b_id\"])`"),
            none!(
                "if_exists if_not_exists",
                "`when_has_…` and `when_missing_…`: decided when their turn comes"
            ),
            none!(
                "reversible up_only revert",
                "`up` and `down`; without `down` the way back is found by itself"
            ),
            of_schema!("execute", "`sql_for(\"postgres\", …)` for one database", sql("UPDATE t SET a = 1")),
        ],
    },
    Section {
        heading: "Beyond Laravel: Alembic",
        from: "Alembic",
        class: "Alembic",
        rows: &[
            table!("add_column", "", column("c", ColumnType::Text)),
            table!(
                "alter_column",
                "`rename_column` for another name",
                string_of("c", 40).nullable().change()
            ),
            table!("create_check_constraint", "", check("positive", "a > 0")),
            table!("create_exclude_constraint", "", exclude(&[("room", "="), ("during", "&&")])),
            table!("create_foreign_key", "", foreign("a").references("id").on("users").match_full()),
            table!("create_primary_key", "", primary(["a", "b"]).named("own")),
            table!("create_unique_constraint", "", unique("a").named("own").initially_deferred()),
            table!(
                "drop_constraint",
                "`drop_foreign`, `drop_unique`, `drop_exclusion` by their kind",
                drop_check("positive")
            ),
            table!("create_table_comment drop_table_comment", "an empty text takes it away", comment("why")),
            none!("batch_alter_table", "what SQLite can not alter is one rebuild by itself"),
            of_schema!("execute", "`sql_for(\"postgres\", …)` for one database", sql("UPDATE t SET a = 1")),
            of_schema!("bulk_insert get_bind", "code with the connection", run("rows", async |_| Ok(()))),
        ],
    },
];
