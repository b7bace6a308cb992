//! Every type: as it is written, and as the server keeps it.

use super::{Body, refused, sql};
use crate::{
    dialect::server_tests::{POSTGRES, Server},
    dsl::Schema,
};

fn special(s: &mut Schema) {
    s.create("specials", |t| {
        t.tiny_text("tiny").default("x");
        t.binary_of("short", 16).nullable();
        t.binary_of("B b", 300);
        t.fixed_binary("hash", 32);
        t.medium_binary("medium").nullable();
        t.long_binary("long").nullable();
        t.time_tz("noon").default("12:00:00+01");
        t.time_tz_of("now", 3).use_current();
        t.year("year").default(2024);
        t.ulid("ulid").default("01ARZ3NDEKTSV4RRFFQ69G5FAV");
        t.ip_address("ip").default("10.0.0.1");
        t.mac_address("mac").nullable();
        t.bit("flags", 3).default("101");
        t.bit_varying("more_flags").default("1");
        t.bit_varying_of("few_flags", 5).nullable();
        t.money("price").default(5);
        t.interval("span").default("1 day");
        t.cidr("net").nullable();
        t.mac_address_8("mac8").nullable();
        t.xml("document").default("<a/>");
        t.oid("object").nullable();
        t.ts_vector("words").nullable();
        t.ts_query("query").nullable();
        t.integer_range("ints").default("empty");
        t.big_integer_range("bigs").nullable();
        t.decimal_range("numbers").nullable();
        t.date_range("days").nullable();
        t.date_time_range("moments").nullable();
        t.timestamp_range("instants").nullable();
        t.integer_multirange("many_ints").default("{}");
        t.timestamp_multirange("many_instants").nullable();
        t.point("point").default("(1,2)");
        t.line("line").nullable();
        t.line_segment("segment").nullable();
        t.rectangle("box").nullable();
        t.path("path").nullable();
        t.polygon("polygon").nullable();
        t.circle("circle").nullable();
    });
}

fn arrays(s: &mut Schema) {
    s.create("lists", |t| {
        t.integer("numbers").array().default("{}");
        t.string_of("words", 20).array().default("{a,b}");
        t.char("codes", 3).array().default("{}");
        t.timestamp_of("instants", 3).array().nullable();
        t.decimal("prices", 8, 2).array().default("{}");
        t.bit("flags", 3).array().default("{}");
        t.boolean("table").array().nullable();
        t.enumeration("moods", &["sad", "happy"]).of_type("mood").array().default("{}");
        t.enumeration("mood", &["sad", "happy"]).of_type("mood").default("sad");
        t.enumeration("Odd", &["x"]).of_type("Odd \"Type").default("x");
        t.enumeration("reserved", &["x"]).of_type("order").nullable();
        t.enumeration("elsewhere", &["x"]).of_type("other.kind").default("x");
    });
}

const TYPES: [&str; 5] = [
    "CREATE TYPE mood AS ENUM ('sad', 'happy')",
    "CREATE TYPE \"Odd \"\"Type\" AS ENUM ('x')",
    "CREATE TYPE \"order\" AS ENUM ('x')",
    "CREATE SCHEMA other",
    "CREATE TYPE other.kind AS ENUM ('x')",
];

#[tokio::test]
async fn every_type_is_read_back_as_it_was_written() {
    let Some(mut server) = Server::new(POSTGRES).await else { return };
    for sql in TYPES {
        server.run(sql).await;
    }
    server.apply(special).await;
    server.apply(arrays).await;
    for body in [change_specials as Body, change_enums, rename, back_to_text] {
        server.apply(body).await;
    }
    server.drop().await;
}

fn change_specials(s: &mut Schema) {
    s.table("specials", |t| {
        t.binary_of("short", 20).change();
        t.fixed_binary("B b", 300).change();
        t.binary("hash").change();
        t.string_of("tiny", 400).change();
        t.bit("flags", 3).default("011").change();
        t.cidr("ip").no_default().change();
        t.long_text("document").change();
        t.integer("year").nullable().change();
    });
}

fn change_enums(s: &mut Schema) {
    s.table("lists", |t| {
        t.enumeration("mood", &["x"])
            .of_type("Odd \"Type")
            .default("x")
            .using("'x'::\"Odd \"\"Type\"")
            .change();
        t.string("Odd").change();
        t.enumeration("reserved", &["x"]).of_type("Odd \"Type").change();
        t.text("words").array().change();
        t.big_integer("numbers").array().change();
    });
}

fn rename(s: &mut Schema) {
    s.table("specials", |t| {
        t.rename_column("short", "Very short");
        t.rename_column("B b", "order");
    });
}

fn back_to_text(s: &mut Schema) {
    s.table("lists", |t| {
        t.enumeration("Odd", &["x", "y"]).change();
        t.string("moods").array().change();
    });
}

#[tokio::test]
async fn the_length_of_bytes_is_held() {
    let Some(mut server) = Server::new(POSTGRES).await else { return };
    server
        .apply(|s| {
            s.create("t", |t| {
                t.binary_of("short", 2).nullable();
                t.fixed_binary("exact", 2).nullable();
            })
        })
        .await;
    for (column, length, fits) in
        [("short", 2, true), ("short", 3, false), ("exact", 2, true), ("exact", 1, false)]
    {
        let sql = format!("INSERT INTO t ({column}) VALUES (decode(repeat('ff', {length}), 'hex'))");
        assert_eq!(server.connection.execute(&sql).await.is_ok(), fits, "{sql}");
    }
    server.drop().await;
}

#[tokio::test]
async fn types_of_extensions_are_read_back_and_named_when_they_are_missing() {
    let Some(mut server) = Server::new(POSTGRES).await else { return };
    let extensions: [(&str, Body); 3] = [
        ("citext", |s| {
            s.create("with_citext", |t| {
                t.citext("c").default("x").index();
            })
        }),
        ("hstore", |s| {
            s.create("with_hstore", |t| {
                t.hstore("h").nullable();
            })
        }),
        ("ltree", |s| {
            s.create("with_ltree", |t| {
                t.ltree("l").default("a.b").index();
            })
        }),
    ];
    for (extension, body) in extensions {
        let operation = Schema::record(body).operations.remove(0);
        let statement = server.dialect.compile(&operation, &Default::default()).unwrap().remove(0);
        let error = server.connection.execute(&statement.sql).await.unwrap_err();
        let hint = format!("schema.create_extension(\"{extension}\")");
        assert!(error.detail.as_deref().is_some_and(|detail| detail.contains(&hint)), "{error:?}");
        server.run(&format!("CREATE EXTENSION {extension}")).await;
        server.apply(body).await;
    }
    server.drop().await;
}

/// Extensions that are not here: rendered, not run.
#[test]
fn shapes_and_embeddings() {
    let written = sql(|s| {
        s.create("places", |t| {
            t.geometry("anything");
            t.geometry("spot").srid(4326);
            t.geometry_of("area", "multi_polygon").srid(3857);
            t.geography("globe");
            t.geography_of("track", "linestring");
            t.vector_of("embedding", 3);
        });
    });
    for part in [
        "\"anything\" geometry NOT NULL",
        "\"spot\" geometry(Geometry,4326) NOT NULL",
        "\"area\" geometry(MultiPolygon,3857) NOT NULL",
        "\"globe\" geography NOT NULL",
        "\"track\" geography(LineString,4326) NOT NULL",
        "\"embedding\" vector(3) NOT NULL",
    ] {
        assert!(written.contains(part), "{part} in {written}");
    }
}

#[test]
fn what_no_type_can_hold_is_refused() {
    let cases: [(&str, Body, &str); 5] = [
        (
            "150000",
            |s| {
                s.create("t", |t| {
                    t.set("c", &["a"]);
                })
            },
            "PostgreSQL can not do `create table t`: `set`: there is no type for several values out of a list; use an \
             array of an enum type, or a table with a row for each value",
        ),
        (
            "130000",
            |s| {
                s.create("t", |t| {
                    t.integer_multirange("c");
                })
            },
            "PostgreSQL can not do `create table t`: `multirange`: a set of ranges is a type from PostgreSQL 14 on; use \
             an array of `range(…)`, or a table with a row for each range",
        ),
        (
            "150000",
            |s| {
                s.create("t", |t| {
                    t.enumeration("c", &["a"]).array();
                })
            },
            "PostgreSQL can not do `create table t`: column `c` is an array, and its elements are held by no check; use \
             an array of an enum type, of texts or of `binary`, and a `check(…)` that speaks of all elements",
        ),
        (
            "150000",
            |s| {
                s.create("t", |t| {
                    t.time_tz_of("c", 7);
                })
            },
            "PostgreSQL can not do `create table t`: column `c` asks for 7 digits behind the second; there are 6; use a \
             precision of 6 or less",
        ),
        (
            "150000",
            |s| {
                s.create("t", |t| {
                    t.string("c").charset("latin1");
                })
            },
            "PostgreSQL can not do `create table t`: `charset`: a database has one character set for all its texts; take \
             it away; the character set is chosen when the database is created",
        ),
    ];
    for (version, body, expected) in cases {
        assert_eq!(refused(version, body), expected);
    }
}
