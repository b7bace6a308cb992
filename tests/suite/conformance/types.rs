//! Every type and every modifier arrives as what the docs say it is.

use arvel_migrate::dsl::{Blueprint, Schema};

use crate::support::{World, migration, on_every_engine};

on_every_engine!(every_type, every_modifier, defaults_reach_the_rows, enumerations_hold);

/// A column and its type in each catalog: SQLite, PostgreSQL, MariaDB.
type Case = (fn(&mut Blueprint), &'static str, [&'static str; 3]);

const TYPES: &[Case] = &[
    (
        |t| {
            t.tiny_integer("c01");
        },
        "c01",
        ["INTEGER", "smallint", "tinyint(4)"],
    ),
    (
        |t| {
            t.small_integer("c02");
        },
        "c02",
        ["INTEGER", "smallint", "smallint(6)"],
    ),
    (
        |t| {
            t.medium_integer("c03");
        },
        "c03",
        ["INTEGER", "integer", "mediumint(9)"],
    ),
    (
        |t| {
            t.integer("c04");
        },
        "c04",
        ["INTEGER", "integer", "int(11)"],
    ),
    (
        |t| {
            t.big_integer("c05");
        },
        "c05",
        ["INTEGER", "bigint", "bigint(20)"],
    ),
    (
        |t| {
            t.decimal("c06", 10, 2);
        },
        "c06",
        ["decimal(10, 2)", "numeric(10,2)", "decimal(10,2)"],
    ),
    (
        |t| {
            t.float("c07");
        },
        "c07",
        ["float", "real", "float"],
    ),
    (
        |t| {
            t.double("c08");
        },
        "c08",
        ["double", "double precision", "double"],
    ),
    (
        |t| {
            t.boolean("c09");
        },
        "c09",
        ["boolean", "boolean", "tinyint(1)"],
    ),
    (
        |t| {
            t.char("c10", 4);
        },
        "c10",
        ["char(4)", "character(4)", "char(4)"],
    ),
    (
        |t| {
            t.string("c11");
        },
        "c11",
        ["varchar(255)", "character varying(255)", "varchar(255)"],
    ),
    (
        |t| {
            t.string_of("c12", 40);
        },
        "c12",
        ["varchar(40)", "character varying(40)", "varchar(40)"],
    ),
    (
        |t| {
            t.text("c13");
        },
        "c13",
        ["TEXT", "text", "text"],
    ),
    (
        |t| {
            t.medium_text("c14");
        },
        "c14",
        ["TEXT", "text", "mediumtext"],
    ),
    (
        |t| {
            t.long_text("c15");
        },
        "c15",
        ["TEXT", "text", "longtext"],
    ),
    (
        |t| {
            t.binary("c16");
        },
        "c16",
        ["BLOB", "bytea", "blob"],
    ),
    (
        |t| {
            t.date("c17");
        },
        "c17",
        ["date", "date", "date"],
    ),
    (
        |t| {
            t.time("c18");
        },
        "c18",
        ["time", "time(0) without time zone", "time"],
    ),
    (
        |t| {
            t.time_of("c19", 3);
        },
        "c19",
        ["time(3)", "time(3) without time zone", "time(3)"],
    ),
    (
        |t| {
            t.date_time("c20");
        },
        "c20",
        ["datetime", "timestamp(0) without time zone", "datetime"],
    ),
    (
        |t| {
            t.date_time_of("c21", 6);
        },
        "c21",
        ["datetime(6)", "timestamp(6) without time zone", "datetime(6)"],
    ),
    (
        |t| {
            t.timestamp("c22").nullable();
        },
        "c22",
        ["timestamp", "timestamp(0) with time zone", "timestamp"],
    ),
    (
        |t| {
            t.timestamp_of("c23", 6).nullable();
        },
        "c23",
        ["timestamp(6)", "timestamp(6) with time zone", "timestamp(6)"],
    ),
    (
        |t| {
            t.uuid("c24");
        },
        "c24",
        ["char(36)", "uuid", "uuid"],
    ),
    (
        |t| {
            t.json("c25");
        },
        "c25",
        ["TEXT", "json", "longtext"],
    ),
    (
        |t| {
            t.jsonb("c26");
        },
        "c26",
        ["TEXT", "jsonb", "longtext"],
    ),
    (
        |t| {
            t.enumeration("c27", &["a", "it's"]);
        },
        "c27",
        ["varchar", "character varying(255)", "enum('a','it''s')"],
    ),
    (
        |t| {
            t.foreign_id("c28");
        },
        "c28",
        ["INTEGER", "bigint", "bigint(20) unsigned"],
    ),
    (
        |t| {
            t.foreign_uuid("c29");
        },
        "c29",
        ["char(36)", "uuid", "uuid"],
    ),
    (
        |t| {
            t.unsigned_integer("c30");
        },
        "c30",
        ["INTEGER", "integer", "int(10) unsigned"],
    ),
    (
        |t| {
            t.unsigned_big_integer("c31");
        },
        "c31",
        ["INTEGER", "bigint", "bigint(20) unsigned"],
    ),
    (
        |t| {
            t.tiny_integer("c32").unsigned();
        },
        "c32",
        ["INTEGER", "smallint", "tinyint(3) unsigned"],
    ),
    (
        |t| {
            t.decimal("c33", 5, 0).unsigned();
        },
        "c33",
        ["decimal(5, 0)", "numeric(5,0)", "decimal(5,0) unsigned"],
    ),
];

async fn every_type(mut world: World) {
    fn up(schema: &mut Schema) {
        schema.create("everything", |table| {
            table.id();
            for (column, ..) in TYPES {
                column(table);
            }
        });
    }
    let migrations = [migration("1_create_everything", up)];
    world.migrate(&migrations).await;
    for (_, name, [sqlite, postgres, mysql]) in TYPES {
        let column = world.column("everything", name).await;
        let (found, rest) = column.split_once(" | ").unwrap();
        let expected = world.pick(sqlite, postgres, mysql);
        // SQLite keeps the letters as written, and they mean nothing.
        assert!(found.eq_ignore_ascii_case(expected), "{name}: {found}, not {expected}");
        let null = if ["c22", "c23"].contains(name) { "null" } else { "not null" };
        assert_eq!(rest.split(" | ").next(), Some(null), "{name}: {column}");
    }
    assert_eq!(world.indexes("everything").await, ["primary | unique | id"]);
    world.rollback(&migrations, 1).await;
    assert_eq!(world.tables().await, [""; 0]);
}

async fn every_modifier(mut world: World) {
    fn up(schema: &mut Schema) {
        schema.create("modified", |table| {
            table.string_of("code", 20).primary();
            table.string("one").unique();
            table.string("two");
            table.unique("two").named("two_is_unique");
            table.string("three").index();
            table.string("four");
            table.index("four").named("four_is_indexed");
            table.string("five").nullable();
            table.string("six").nullable().not_null();
            table.soft_deletes();
            table.remember_token();
            table.nullable_morphs("owner");
            table.timestamps();
            table.check("five_is_short", "length(five) < 4");
        });
    }
    let migrations = [migration("1_create_modified", up)];
    world.migrate(&migrations).await;
    let names = [
        "code",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "deleted_at",
        "remember_token",
        "owner_type",
        "owner_id",
        "created_at",
        "updated_at",
    ];
    assert_eq!(world.column_names("modified").await, names);
    assert_eq!(
        world.indexes("modified").await,
        [
            "four_is_indexed | plain | four",
            "modified_one_unique | unique | one",
            "modified_owner_type_owner_id_index | plain | owner_type,owner_id",
            "modified_three_index | plain | three",
            "primary | unique | code",
            "two_is_unique | unique | two",
        ]
    );
    let insert = |code: &str, one: &str, two: &str, five: &str| {
        format!(
            "INSERT INTO modified (code, one, two, three, four, five, six) VALUES ({code}, {one}, {two}, 'x', 'x', \
             {five}, 'x')"
        )
    };
    world.execute(&insert("'a'", "'a'", "'a'", "NULL")).await;
    world.execute(&insert("'b'", "'b'", "'b'", "'abc'")).await;
    world.refuses(&insert("'a'", "'c'", "'c'", "NULL")).await;
    world.refuses(&insert("'c'", "'a'", "'c'", "NULL")).await;
    world.refuses(&insert("'c'", "'c'", "'a'", "NULL")).await;
    world.refuses(&insert("'c'", "'c'", "'c'", "'abcd'")).await;
    world.refuses(&insert("NULL", "'c'", "'c'", "NULL")).await;
    world.refuses("UPDATE modified SET six = NULL WHERE code = 'a'").await;
    let now = "SELECT count(*) FROM modified WHERE created_at IS NOT NULL AND updated_at IS NOT NULL AND deleted_at IS NULL";
    assert_eq!(world.rows(now).await, ["2"]);
}

async fn defaults_reach_the_rows(mut world: World) {
    fn up(schema: &mut Schema) {
        schema.create("defaults", |table| {
            table.id();
            table.integer("number").default(-7);
            table.double("fraction").default(1.5);
            table.boolean("yes").default(true);
            table.boolean("no").default(false);
            table.string("quoted").default("it's \\ \"so\" %");
            table.string("empty").default("");
            table.string("computed").default_expression("lower('ABC')");
            table.decimal("price", 8, 2).default(12);
            table.date_time("moment").use_current();
            table.string("blank").nullable();
        });
    }
    world.migrate(&[migration("1_create_defaults", up)]).await;
    world.execute("INSERT INTO defaults (blank) VALUES (NULL)").await;
    let read = "SELECT CASE WHEN number = -7 AND fraction = 1.5 AND price = 12 THEN 'same' ELSE 'other' END, \
                CASE WHEN yes THEN 'yes' ELSE 'no' END, CASE WHEN no THEN 'yes' ELSE 'no' END, quoted, empty, computed, \
                CASE WHEN moment IS NULL THEN 'none' ELSE 'some' END, blank FROM defaults";
    assert_eq!(world.rows(read).await, ["same | yes | no | it's \\ \"so\" % |  | abc | some | -"]);
}

async fn enumerations_hold(mut world: World) {
    fn up(schema: &mut Schema) {
        schema.create("tickets", |table| {
            table.id();
            table.enumeration("state", &["open", "it's done"]).default("open");
        });
    }
    fn more(schema: &mut Schema) {
        schema.table("tickets", |table| {
            table.enumeration("state", &["open", "it's done", "waiting"]).change();
        });
    }
    fn less(schema: &mut Schema) {
        schema.table("tickets", |table| {
            table.enumeration("state", &["open", "it's done"]).change();
        });
    }
    let migrations =
        [migration("1_create_tickets", up), crate::support::both_ways("2_add_waiting_state", more, less)];
    world.migrate(&migrations[..1]).await;
    world.execute("INSERT INTO tickets (state) VALUES ('it''s done')").await;
    world
        .execute(world.pick(
            "INSERT INTO tickets DEFAULT VALUES",
            "INSERT INTO tickets DEFAULT VALUES",
            "INSERT INTO tickets () VALUES ()",
        ))
        .await;
    world.refuses("INSERT INTO tickets (state) VALUES ('waiting')").await;
    world.migrate(&migrations).await;
    world.execute("INSERT INTO tickets (state) VALUES ('waiting')").await;
    world.refuses("INSERT INTO tickets (state) VALUES ('other')").await;
    let states = "SELECT state FROM tickets ORDER BY id";
    assert_eq!(world.rows(states).await, ["it's done", "open", "waiting"]);
    world.execute("DELETE FROM tickets WHERE state = 'waiting'").await;
    world.rollback(&migrations, 1).await;
    world.refuses("INSERT INTO tickets (state) VALUES ('waiting')").await;
    assert_eq!(world.rows(states).await, ["it's done", "open"]);
}
