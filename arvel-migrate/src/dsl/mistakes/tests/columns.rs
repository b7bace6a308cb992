use super::{hold, mistakes, table};
use crate::{dsl::Schema, operation::ColumnType};

#[test]
fn modifiers_of_another_type() {
    hold(&[
        (
            new!(t => t.text("a").unsigned()),
            &["`unsigned()` is for numbers, and column `a` of table `t` is none"],
        ),
        (
            created!(t => t.string("b").auto_increment()),
            &["`auto_increment()` is for whole numbers, and column `b` of table `t` is none"],
        ),
        (
            new!(t => t.decimal("a", 8, 2).identity()),
            &["`identity()` is for whole numbers, and column `a` of table `t` is none"],
        ),
        (
            new!(t => t.integer("a").collation("C").charset("latin1")),
            &[
                "`charset(…)` is for texts, and column `a` of table `t` is none",
                "`collation(…)` is for texts, and column `a` of table `t` is none",
            ],
        ),
        (
            new!(t => t.text("a").use_current()),
            &["`use_current()` is for dates and times, and column `a` of table `t` is none"],
        ),
        (
            new!(t => t.date("a").use_current_on_update()),
            &["`use_current_on_update()` is for dates with a time, and column `a` of table `t` is none"],
        ),
        (
            new!(t => t.integer("a").starting_value(5)),
            &["`starting_value(…)` is for columns that count up, and column `a` of table `t` is none"],
        ),
        (
            new!(t => t.text("a").of_type("mood")),
            &["`of_type(…)` is for enumerations, and column `a` of table `t` is none"],
        ),
        (
            new!(t => t.text("a").srid(4326)),
            &["`srid(…)` is for geometries and geographies, and column `a` of table `t` is none"],
        ),
        (
            new!(t => t.text("a").using("b").visible()),
            &[
                "`using(…)` is for a change: column `a` of table `t` is new",
                "`visible()` is for a change: column `a` of table `t` is new",
            ],
        ),
    ]);
}

#[test]
fn two_modifiers_of_which_one_can_hold() {
    hold(&[
        (
            new!(t => t.text("a").virtual_as("b").stored_as("b")),
            &["column `a` of table `t` can not have both `virtual_as(…)` and `stored_as(…)`"],
        ),
        (
            changed!(t => t.text("a").first().after("b")),
            &["column `a` of table `t` can not have both `first()` and `after(…)`"],
        ),
        (
            new!(t => t.text("a").stored_as("b").default("x")),
            &["column `a` of table `t` can not have both `stored_as(…)` and `default(…)`"],
        ),
        (
            created!(t => t.id().default(1).identity()),
            &[
                "column `id` of table `t` can not have both `identity()` and `auto_increment()`",
                "column `id` of table `t` can not have both `identity()` and `default(…)`",
                "column `id` of table `t` can not have both `auto_increment()` and `default(…)`",
            ],
        ),
        (
            created!(t => t.id().nullable()),
            &["column `id` of table `t` can not have both `auto_increment()` and `nullable()`"],
        ),
    ]);
}

#[test]
fn lengths_and_values_that_there_are_not() {
    hold(&[
        (
            new!(t => t.timestamp_of("a", 7)),
            &["column `a` of table `t` can not have 7 digits behind the second; there are 0 to 6"],
        ),
        (
            new!(t => t.decimal("a", 2, 3)),
            &["column `a` of table `t` can not have 3 of 2 digits behind the point"],
        ),
        (new!(t => t.string_of("a", 0).array()), &["column `a` of table `t` can not have a length of 0"]),
        (
            new!(t => t.text("a").array().array()),
            &[
                "column `a` of table `t` can not have lists in a list: one `array()` holds any number of dimensions",
            ],
        ),
        (new!(t => t.vector_of("a", 0)), &["column `a` of table `t` can not have 0 dimensions"]),
        (
            new!(t => t.geometry_of("a", "point) --")),
            &["column `a` of table `t` can not have the shape \"point) --\""],
        ),
        (new!(t => t.enumeration("a", &[])), &["column `a` of table `t` is an enumeration without values"]),
        (
            new!(t => t.enumeration("a", &["x", "x"])),
            &["column `a` of table `t` can not have the value \"x\": it is there twice"],
        ),
        (
            new!(t => t.set("a", &["x,y"])),
            &[
                "column `a` of table `t` can not have the value \"x,y\": a comma separates the values of a set",
            ],
        ),
    ]);
}

#[test]
fn defaults_that_are_no_values() {
    for (column, said) in [
        (
            new!(t => t.integer("a").default("abc")) as fn(&mut Schema),
            "column `a` of table `t` can not have the default \"abc\": it holds whole numbers",
        ),
        (
            new!(t => t.boolean("a").default(3)),
            "column `a` of table `t` can not have the default 3: it holds `true` or `false`",
        ),
        (
            new!(t => t.integer("a").default(true)),
            "column `a` of table `t` can not have the default true: it holds whole numbers",
        ),
        (
            new!(t => t.integer("a").default(0.5)),
            "column `a` of table `t` can not have the default 0.5: it holds whole numbers",
        ),
        (
            new!(t => t.small_integer("a").default(40_000)),
            "column `a` of table `t` can not have the default 40000: it holds numbers from -32768 to 32767",
        ),
        (
            new!(t => t.unsigned_tiny_integer("a").default(-1)),
            "column `a` of table `t` can not have the default -1: it holds numbers from 0 to 255",
        ),
        (
            new!(t => t.decimal("a", 8, 2).default("1,5")),
            "column `a` of table `t` can not have the default \"1,5\": it holds numbers",
        ),
        (
            new!(t => t.string("a").default(5)),
            "column `a` of table `t` can not have the default 5: its values are written as texts",
        ),
        (
            new!(t => t.string_of("a", 3).default("äöüß")),
            "column `a` of table `t` can not have the default \"äöüß\": it holds 3 characters, and these are 4",
        ),
        (
            new!(t => t.enumeration("a", &["x", "y"]).default("z")),
            "column `a` of table `t` can not have the default \"z\": its values are \"x\", \"y\"",
        ),
        (
            new!(t => t.set("a", &["x", "y"]).default("x,z")),
            "column `a` of table `t` can not have the default \"x,z\": its values are \"x\", \"y\"",
        ),
        (
            new!(t => t.year("a").default("now")),
            "column `a` of table `t` can not have the default \"now\": it holds years, such as 2026",
        ),
        (
            new!(t => t.json("a").default("{")),
            "column `a` of table `t` can not have the default \"{\": it is no JSON: EOF while parsing an object at line 1 column 1",
        ),
        (
            new!(t => t.text("a").default_expression(" ")),
            "the default of column `a` of table `t` is an empty expression",
        ),
    ] {
        assert_eq!(mistakes(column), [said]);
    }
}

#[test]
fn what_is_no_mistake() {
    let fine = |schema: &mut Schema| {
        table(schema, |t| {
            t.boolean("flag").default(0);
            t.tiny_integer("least").default(-128);
            t.big_integer("most").default(i64::MAX);
            t.decimal("exact", 8, 2).default("0.10");
            t.string_of("full", 4).default("äöüß");
            t.set("some", &["x", "y"]).default("x,y");
            t.json("object").default("{}");
            t.column("shape", ColumnType::Raw { sql: "polygon".into() }).default("x").collation("C");
            // The last word counts.
            t.text("twice").nullable().not_null().default("a").default("b").comment("c").comment("d");
            t.integer("n").index().index().unique().primary = false;
        });
    };
    assert_eq!(mistakes(fine), [""; 0]);
}
