use super::{hold, mistakes, table};
use crate::dsl::{Schema, column, expression, named, prefix};

#[test]
fn names_of_nothing_and_with_a_nul() {
    hold(&[
        (|s| s.drop(""), &["table ``: table without a name"]),
        (|s| s.rename("a", "b\0"), &["the table \"b\\0\" contains a NUL character"]),
        (|s| s.drop(".x"), &["table `.x`: schema without a name"]),
        (new!(t => t.text("a\0")), &["the column \"a\\0\" contains a NUL character"]),
        (new!(t => t.index("id").named("")), &["table `t`: index without a name"]),
        (
            new!(t => t.index("id").method("b\0").include(["id"]).parameter("x\0", "1")),
            &[
                "the access method \"b\\0\" contains a NUL character",
                "the parameter \"x\\0\" contains a NUL character",
            ],
        ),
        (new!(t => t.text("a").collation("c\0")), &["the collation \"c\\0\" contains a NUL character"]),
        (changed!(t => t.drop_index(named(""))), &["table `t`: index without a name"]),
        (|s| s.table("t", |t| t.rename_column("a", "")), &["table `t`: column without a name"]),
        (|s| s.table("t", |t| t.engine("e\0")), &["the engine \"e\\0\" contains a NUL character"]),
        (
            new!(t => t.foreign("id").references("id\0").on("u\0")),
            &["the column \"id\\0\" contains a NUL character", "the table \"u\\0\" contains a NUL character"],
        ),
    ]);
}

#[test]
fn things_that_are_there_twice() {
    hold(&[
        (
            |s| {
                table(s, |t| {
                    t.text("a");
                    t.text("A");
                })
            },
            &["table `t` has two columns called `A`"],
        ),
        (
            |s| {
                s.table("t", |t| {
                    t.text("a");
                    t.rename_column("b", "a");
                })
            },
            &["table `t` has two columns called `a`"],
        ),
        (
            |s| {
                table(s, |t| {
                    t.text("a").unique();
                    t.unique("a");
                })
            },
            &[
                "table `t` has two indexes called `t_a_unique`; `.named(\"…\")` gives one of them another name",
            ],
        ),
        (
            new!(t => t.enumeration("a", &["x"]).check("a <> ''")),
            &[
                "table `t` has two constraints called `t_a_check`; `.named(\"…\")` gives one of them another name",
            ],
        ),
        (new!(t => t.index(["id", "id"]).named("i")), &["index `i` of table `t` names column `id` twice"]),
        (
            new!(t => t.primary("id")),
            &[
                "table `t` has two primary keys; use `table.primary([\"a\", \"b\"])` for one over several columns",
            ],
        ),
    ]);
}

#[test]
fn one_after_the_other_is_not_twice() {
    let fine = |schema: &mut Schema| {
        schema.table("t", |t| {
            t.drop_column("a");
            t.text("a");
            t.rename_column("a", "b");
            t.text("a");
            t.drop_index("a");
            t.index("a");
            t.rename_index("t_a_index", "other");
            t.index("a");
        });
    };
    assert_eq!(mistakes(fine), [""; 0]);
}

#[test]
fn indexes_and_keys_over_what_can_not_be() {
    hold(&[
        (
            new!(t => t.index("b").include("c")),
            &[
                "index `t_b_index` of table `t` names column `b`, which the table does not have",
                "index `t_b_index` of table `t` names column `c`, which the table does not have",
            ],
        ),
        (
            new!(t => t.index([column("id"), expression("")]).named("i").where_("")),
            &[
                "index `i` of table `t` is an empty expression",
                "`where_(…)` of index `i` of table `t` is an empty expression",
            ],
        ),
        (
            new!(t => t.index(prefix("id", 0))),
            &["column `id` of table `t` can not have a prefix of 0 characters in index `t_id_index`"],
        ),
        (
            new!(t => t.index("id").nulls_not_distinct().deferrable().language("english")),
            &[
                "`nulls_not_distinct()` is for unique keys, and index `t_id_index` of table `t` is none",
                "`deferrable()` is for unique keys, and index `t_id_index` of table `t` is none",
                "`language(…)` is for full-text indexes, and index `t_id_index` of table `t` is none",
            ],
        ),
        (
            |s| {
                s.create("t", |t| {
                    t.text("a").nullable();
                    t.primary("a");
                })
            },
            &["column `a` is in the primary key of table `t`, and can not be `nullable()`"],
        ),
        (
            new!(t => t.text("a").after("z")),
            &["the place of column `a` of table `t` names column `z`, which the table does not have"],
        ),
        (new!(t => t.check("c", "")), &["check `c` of table `t` is an empty expression"]),
        (
            new!(t => t.exclude(&[("id", "")])),
            &["the operator of `id` in exclusion `t_id_excl` of table `t` is an empty expression"],
        ),
        (|s| s.table("t", |t| t.temporary()), &["`temporary()` is only possible while creating `t`"]),
        (|s| s.table("t", |_| ()), &["`schema.table(\"t\", …)` records nothing"]),
        (|s| s.create("t", |_| ()), &["table `t` has no columns"]),
    ]);
}

#[test]
fn foreign_keys_that_say_too_little_or_want_too_much() {
    hold(&[
        (
            new!(t => t.foreign("id")),
            &["foreign key `t_id_foreign` of table `t` needs `.references(…)` and `.on(…)`"],
        ),
        (
            new!(t => t.foreign("id").references(["a", "b"]).on("users")),
            &[
                "foreign key `t_id_foreign` of table `t` is over 1 and references 2 columns; it needs as many on both sides",
            ],
        ),
        (
            new!(t => t.foreign_id("a").constrained("users").null_on_delete()),
            &[
                "foreign key `t_a_foreign` of table `t` sets column `a` to NULL, and the column is not `nullable()`",
            ],
        ),
    ]);
    let fine = |schema: &mut Schema| {
        table(schema, |t| {
            t.foreign_id("a").nullable().constrained("users").null_on_delete();
        });
        schema.table("t", |t| {
            t.foreign("id").references("id").on("users").null_on_delete();
        });
    };
    assert_eq!(mistakes(fine), [""; 0]);
}
