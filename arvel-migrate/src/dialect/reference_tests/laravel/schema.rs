//! Rows: the `Schema` facade. Questions are for `Db` and `Migrator`: nothing can be asked while recording.

use super::row::Section;

pub(super) const SECTIONS: &[Section] = &[Section {
    heading: "The Schema facade",
    from: "Laravel",
    class: "Schema",
    rows: &[
        of_schema!(
            "create",
            "",
            create("t", |table| {
                table.id();
            })
        ),
        of_schema!(
            "table",
            "",
            table("t", |table| {
                table.text("c");
            })
        ),
        of_schema!("drop", "", drop("t")),
        of_schema!("dropIfExists", "", drop_if_exists("t")),
        of_schema!("rename", "", rename("t", "u")),
        of_schema!("dropColumns", "", drop_columns("t", ["a", "b"])),
        of_schema!(
            "whenTableHasColumn",
            "decided when its turn comes; `.otherwise(…)` takes the other side",
            when_has_column("t", "c", |schema| schema.drop("t"))
        ),
        of_schema!("whenTableDoesntHaveColumn", "", when_missing_column("t", "c", |schema| schema.drop("t"))),
        of_schema!("whenTableHasIndex", "", when_has_index("t", "t_c_index", |schema| schema.drop("t"))),
        of_schema!(
            "whenTableDoesntHaveIndex",
            "",
            when_missing_index("t", "t_c_index", |schema| schema.drop("t"))
        ),
        of_db!("hasTable", "in `schema.run(…)`; while recording: `when_has_table`", has_table("t")),
        of_db!("hasView", "", has_view("v")),
        of_db!("hasColumn hasColumns", "", has_column("t", "c")),
        of_db!("hasIndex", "", has_index("t", "t_c_index")),
        of_db!("hasForeignKey", "", has_foreign_key("t", "t_c_foreign")),
        of_db!("getColumnListing", "", columns("t")),
        of_db!(
            "getColumns getColumnType getIndexes getIndexListing getForeignKeys",
            "a `Table` with its columns, indexes and keys",
            table("t")
        ),
        of_db!("getTables getTableListing getViews getTypes", "also `db inspect`", schema()),
        none!(
            "getSchemas",
            "the connection's own schema is read; others are named: `schema.table(\"audit.entries\", …)`"
        ),
        none!(
            "getCurrentSchemaName getCurrentSchemaListing",
            "a question of SQL: `db.fetch_one(\"SELECT current_schema()\", &[])`"
        ),
        none!("parseSchemaAndTable", "`TableName::parse(\"audit.entries\")`; every method takes such a name"),
        of_migrator!("createDatabase", "also `db create`", create_database()),
        of_migrator!("dropDatabaseIfExists", "also `db drop`", drop_database()),
        of_migrator!("dropAllTables dropAllViews dropAllTypes", "also `db wipe`", wipe(true)),
        of_db!("getConnection", "the connection of sqlx; also `sqlite()` and `mysql()`", postgres()),
        none!("connection", "`migration! { up, down, database: \"…\" }`"),
        none!(
            "enableForeignKeyConstraints disableForeignKeyConstraints withoutForeignKeyConstraints",
            "a rebuild does without them by itself and checks afterwards; rows go in the order of their keys, or the key is `initially_deferred()`; on MySQL and MariaDB `sql_for(\"mysql\", \"SET foreign_key_checks = 0\")`"
        ),
        of_schema!(
            "ensureExtensionExists ensureVectorExtensionExists",
            "PostgreSQL; `create_extension(…)` is for one that is not there yet, and has a way back",
            create_extension_if_not_exists("vector")
        ),
        none!(
            "defaultStringLength defaultTimePrecision",
            "said of the column: `string_of`, `timestamp_of`; what was recorded once stays the same"
        ),
        none!(
            "defaultMorphKeyType morphUsingUuids morphUsingUlids",
            "said of the columns: `uuid_morphs`, `ulid_morphs`"
        ),
        none!(
            "blueprintResolver macro mixin hasMacro flushMacros",
            "a trait for `Blueprint` with your own methods"
        ),
    ],
}];
