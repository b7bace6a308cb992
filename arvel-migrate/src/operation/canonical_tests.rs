//! The canonical form is frozen: a checksum in somebody's database depends on every byte of it. A new field is left out at
//! its default, a new operation gets a word of its own, and nothing of what stands in the golden ever changes.

use super::canonical_text;
use crate::{
    dsl::{Schema, named},
    migration::Checksum,
    operation::ForeignKeyAction,
};

fn everything(schema: &mut Schema) {
    schema.create("audit.all_types", |table| {
        table.id();
        table.tiny_integer("tiny");
        table.small_integer("small").unsigned();
        table.medium_integer("medium");
        table.integer("plain").default(0);
        table.big_integer("big").default(-1);
        table.decimal("price", 10, 2);
        table.float("float").default(0.5);
        table.double("double");
        table.boolean("flag").default(true);
        table.char("code", 2);
        table.string("name").unique().comment("it's \"the\" name");
        table.string_of("short", 20).nullable().default("x\ny");
        table.text("text");
        table.medium_text("medium_text");
        table.long_text("long_text");
        table.binary("bytes");
        table.date("day");
        table.time("time");
        table.date_time_of("local", 3);
        table.timestamp("at").use_current();
        table.uuid("uuid").default_expression("gen_random_uuid()");
        table.json("json");
        table.jsonb("jsonb");
        table.enumeration("state", &["draft", "it's out"]);
        table.foreign_id("user_id").index().constrained("users").cascade_on_delete();
        table.index(["day", "time"]);
        table.unique(["code", "name"]).named("own");
        table.foreign(["a", "b"]).references(["x", "y"]).on("pairs").on_update(ForeignKeyAction::SetNull);
        table.check("price_check", "price > 0");
        table.comment("all of them");
    });
    schema.create_if_not_exists("keys", |table| {
        table.uuid("a");
        table.uuid("b");
        table.primary(["a", "b"]);
    });
    schema.table("posts", |table| {
        table.string_of("title", 500).not_null().change();
        table.string("slug").nullable().no_default().change();
        table.drop_column("body");
        table.rename_column("a", "b");
        table.drop_primary("id");
        table.drop_index("slug");
        table.drop_unique(named("own"));
        table.rename_index("old", "new");
        table.drop_foreign("user_id");
        table.drop_check("price_check");
    });
    schema.rename("posts", "articles");
    schema.drop("one");
    schema.drop_if_exists("two");
    schema.sql("UPDATE a\nSET b = 'c'");
    schema.sql_for("postgres", "SELECT 1");
    schema.sql_for("mysql", "SELECT 2");
    schema.run("backfill", async |_db| Ok(()));
}

#[test]
fn the_canonical_form_never_changes() {
    let recorded = Schema::record(everything);
    assert_eq!(canonical_text(&recorded.operations), include_str!("canonical_v1.txt"));
}

#[test]
fn sql_for_a_database_that_there_is_not_is_refused() {
    let recorded = Schema::record(|schema| schema.sql_for("mariadb", "SELECT 1"));
    let errors: Vec<String> = recorded.errors.iter().map(ToString::to_string).collect();
    assert_eq!(errors, ["`mariadb` names no family of databases; there are sqlite, postgres, mysql"]);
}

#[test]
fn formatting_and_defaults_said_aloud_do_not_count() {
    fn short(schema: &mut Schema) {
        schema.create("a", |table| {
            table.string("b");
        });
    }
    fn long(schema: &mut Schema) {
        schema.create("a", |table| {
            let column = table.string_of("b", 255);
            column.not_null();
        });
    }
    let text = |body| canonical_text(&Schema::record(body).operations);
    assert_eq!(text(short), text(long));
    assert_eq!(
        Checksum::of_text(&text(short)).as_str(),
        "v1:12b6ff0a69ad4e992d2f3388726a0b1e853f52ca083e8d1c864768dc6f3b47fe"
    );
}
