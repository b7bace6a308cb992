//! Rows: partitions, and what there is besides tables.

use super::row::{Section, columns};
use crate::dsl::{Blueprint, Schema};

pub(super) const PARTITIONS: Section = Section {
    heading: "Partitions",
    sentence: "Bounds are written in the database's words. On PostgreSQL a partition is a table of its own, in the schema of its table unless its name says another.",
    rows: &[
        part!(PartitionRange, partition_by_range("a").partition("t_small", "FOR VALUES FROM (0) TO (10)")),
        part!(-, partition_by_range("a").partition("p0", "VALUES LESS THAN (10)")),
        part!(PartitionList, partition_by_list("a").partition("t_one", "FOR VALUES IN (1)")),
        part!(-, partition_by_list("a").partition("p0", "VALUES IN (1, 2)")),
        part!(PartitionHash, partition_by_hash("a")),
        part!(-, partition_by_hash("a").partition("t_0", "FOR VALUES WITH (MODULUS 1, REMAINDER 0)")),
        part!(-, partition_by_range("lower(c)").partition("t_small", "FOR VALUES FROM ('a') TO ('k')")),
        part!(PartitionKey, partition_by_key("a")),
        object!(Partition, split, create_partition("t", "p", "FOR VALUES FROM (10) TO (20)")),
        object!(-, split_below, create_partition("t", "p1", "VALUES LESS THAN (20)")),
        object!(-, split, drop_partition("t", "t_small")),
        object!(-, split_below, drop_partition("t", "p0")),
        of!(AttachPartition, in_parts, attach_partition("p", "FOR VALUES FROM (10) TO (20)")),
        of!(-, in_parts_below, attach_partition("p", "VALUES LESS THAN (20)")),
        of!(DetachPartition, in_parts, detach_partition("t_small")),
        of!(-, in_parts, detach_partition("t_small").bounds("FOR VALUES FROM (0) TO (10)")),
        of!(DetachPartitionOnline, in_parts, detach_partition("t_small").online()),
    ],
};

pub(super) const OBJECTS: Section = Section {
    heading: "Objects",
    sentence: "Texts (a query, a function, a trigger) are sent as they are written, in the words of one database; `schema.when_database(…)` tells databases apart.",
    rows: &[
        object!(View, |_| {}, create_view("v", "SELECT 1 AS n")),
        object!(-, |_| {}, create_view("v", "SELECT 1").columns(["n"])),
        object!(ViewReplace, view, create_or_replace_view("v", "SELECT 2 AS n")),
        object!(
            ViewCheckOption,
            |_| {},
            create_view("v", "SELECT a FROM t WHERE a > 0").check_option("LOCAL")
        ),
        object!(ViewOptions, |_| {}, create_view("v", "SELECT 1 AS n").option("security_barrier", "true")),
        object!(-, |_| {}, create_view("v", "SELECT 1 AS n").option("security", "INVOKER")),
        object!(RenameView, view, rename_view("v", "w")),
        object!(-, view, drop_view("v")),
        object!(-, |_| {}, drop_view_if_exists("v")),
        object!(MaterializedView, |_| {}, create_materialized_view("m", "SELECT 1 AS n").unique("n")),
        object!(-, |_| {}, create_materialized_view("m", "SELECT 1 AS n").without_data()),
        object!(RefreshView, kept, refresh_materialized_view("m")),
        object!(RefreshViewOnline, kept, refresh_materialized_view("m").online()),
        object!(-, kept, refresh_materialized_view("m").without_data()),
        object!(-, kept, rename_materialized_view("m", "n")),
        object!(-, kept, drop_materialized_view("m")),
        object!(
            Sequence,
            |_| {},
            create_sequence("numbers", |sequence| {
                sequence.start(1000).increment(10);
            })
        ),
        object!(RenameSequence, counting, rename_sequence("numbers", "n")),
        object!(-, counting, drop_sequence("numbers")),
        object!(EnumType, |_| {}, create_enum("mood", &["happy", "sad"])),
        object!(AddEnumValue, mood, add_enum_value("mood", "angry").after("happy")),
        object!(RenameEnumValue, mood, rename_enum_value("mood", "sad", "down")),
        object!(RenameEnum, mood, rename_enum("mood", "state")),
        object!(-, mood, drop_enum("mood")),
        object!(Extension, |_| {}, create_extension("citext")),
        object!(-, |_| {}, create_extension_if_not_exists("citext").schema("extra")),
        object!(-, |_| {}, drop_extension("citext")),
        object!(-, |_| {}, drop_extension_if_exists("citext")),
        object!(Namespace, |_| {}, create_schema("audit")),
        object!(-, |_| {}, create_schema_if_not_exists("audit")),
        object!(RenameNamespace, |_| {}, rename_schema("audit", "log")),
        object!(-, |_| {}, drop_schema("audit")),
        object!(
            Function,
            |_| {},
            create_function(
                "twice",
                "integer",
                "CREATE FUNCTION twice(n integer) RETURNS integer RETURN n * 2"
            )
        ),
        object!(-, |_| {}, drop_function("twice", "integer")),
        object!(Procedure, |_| {}, create_procedure("clear", "", "CREATE PROCEDURE clear() DELETE FROM t")),
        object!(-, |_| {}, drop_procedure("clear", "")),
        object!(
            Trigger,
            |_| {},
            create_trigger(
                "count",
                "t",
                "CREATE TRIGGER count BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION count_changes()"
            )
        ),
        object!(
            -,
            |_| {},
            create_trigger(
                "count",
                "t",
                "CREATE TRIGGER count AFTER UPDATE ON t BEGIN UPDATE t SET b = OLD.b + 1 WHERE a = NEW.a; END"
            )
        ),
        object!(
            -,
            |_| {},
            create_trigger(
                "count",
                "t",
                "CREATE TRIGGER count BEFORE UPDATE ON t FOR EACH ROW SET NEW.b = OLD.b + 1"
            )
        ),
        object!(-, |_| {}, drop_trigger("count", "t")),
    ],
};

/// What is there before.
fn view(schema: &mut Schema) {
    schema.create_view("v", "SELECT 1 AS n");
}

fn kept(schema: &mut Schema) {
    schema.create_materialized_view("m", "SELECT 1 AS n").unique("n");
}

fn counting(schema: &mut Schema) {
    schema.create_sequence("numbers", |_| {});
}

fn mood(schema: &mut Schema) {
    schema.create_enum("mood", &["happy", "sad"]);
}

fn split(schema: &mut Schema) {
    schema.create("t", in_parts);
}

fn in_parts(table: &mut Blueprint) {
    columns(table);
    table.partition_by_range("a").partition("t_small", "FOR VALUES FROM (0) TO (10)");
}

fn split_below(schema: &mut Schema) {
    schema.create("t", in_parts_below);
}

fn in_parts_below(table: &mut Blueprint) {
    columns(table);
    let by = table.partition_by_range("a").partition("p0", "VALUES LESS THAN (5)");
    by.partition("last", "VALUES LESS THAN (10)");
}
