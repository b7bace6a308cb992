//! Keys, indexes and what becomes of child rows.

use arvel_migrate::{dsl::Schema, operation::ForeignKeyAction};

use crate::support::{World, both_ways, migration, on_every_engine};

on_every_engine!(
    composite_keys_and_indexes,
    actions_are_what_was_asked,
    children_follow_their_parents,
    keys_come_and_go,
    a_table_that_points_at_itself
);

async fn composite_keys_and_indexes(mut world: World) {
    fn up(schema: &mut Schema) {
        schema.create("places", |table| {
            table.string_of("country", 2);
            table.string_of("city", 40);
            table.integer("size");
            table.primary(["country", "city"]);
            table.unique(["size", "country"]);
            table.index(["city", "size"]);
        });
        schema.create("streets", |table| {
            table.string_of("country", 2);
            table.string_of("city", 40);
            table.string_of("name", 40);
            table.primary(["country", "city", "name"]);
            table
                .foreign(["country", "city"])
                .references(["country", "city"])
                .on("places")
                .cascade_on_delete();
        });
    }
    world.migrate(&[migration("1_create_places", up)]).await;
    assert_eq!(
        world.indexes("places").await,
        [
            "places_city_size_index | plain | city,size",
            "places_size_country_unique | unique | size,country",
            "primary | unique | country,city",
        ]
    );
    let update = world.pick("NO ACTION", "NO ACTION", "RESTRICT");
    assert_eq!(
        world.foreign_keys("streets").await,
        [format!("country,city | places | country,city | CASCADE | {update}")]
    );
    world.execute("INSERT INTO places VALUES ('de', 'Ulm', 1), ('fr', 'Ulm', 1)").await;
    world.refuses("INSERT INTO places VALUES ('de', 'Ulm', 2)").await;
    world.refuses("INSERT INTO places VALUES ('de', 'Kiel', 1)").await;
    world.execute("INSERT INTO streets VALUES ('de', 'Ulm', 'A'), ('fr', 'Ulm', 'A')").await;
    world.refuses("INSERT INTO streets VALUES ('fr', 'Kiel', 'A')").await;
    world.execute("DELETE FROM places WHERE country = 'de'").await;
    assert_eq!(world.rows("SELECT country FROM streets").await, ["fr"]);
}

async fn actions_are_what_was_asked(mut world: World) {
    fn up(schema: &mut Schema) {
        schema.create("parents", |table| {
            table.id();
        });
        schema.create("children", |table| {
            use ForeignKeyAction::{Cascade, NoAction, Restrict, SetNull};
            table.id();
            for (name, delete, update) in [
                ("a", Cascade, Restrict),
                ("b", Restrict, Cascade),
                ("c", SetNull, NoAction),
                ("d", NoAction, SetNull),
            ] {
                table
                    .foreign_id(name)
                    .nullable()
                    .index()
                    .constrained("parents")
                    .on_delete(delete)
                    .on_update(update);
            }
        });
    }
    world.migrate(&[migration("1_create_parents", up)]).await;
    assert_eq!(
        world.foreign_keys("children").await,
        [
            "a | parents | id | CASCADE | RESTRICT",
            "b | parents | id | RESTRICT | CASCADE",
            "c | parents | id | SET NULL | NO ACTION",
            "d | parents | id | NO ACTION | SET NULL",
        ]
    );
}

async fn children_follow_their_parents(mut world: World) {
    fn up(schema: &mut Schema) {
        schema.create("parents", |table| {
            table.id();
        });
        schema.create("taken", |table| {
            table.id();
            table.foreign_id("parent_id").constrained("parents").cascade_on_delete();
        });
        schema.create("kept", |table| {
            table.id();
            table.foreign_id("parent_id").nullable().constrained("parents").null_on_delete();
        });
        schema.create("guarded", |table| {
            table.id();
            table.foreign_id("parent_id").constrained("parents").restrict_on_delete();
        });
    }
    world.migrate(&[migration("1_create_parents", up)]).await;
    world.execute("INSERT INTO parents (id) VALUES (1), (2), (3)").await;
    for table in ["taken", "kept", "guarded"] {
        let parents = if table == "guarded" { "(3)" } else { "(1), (2)" };
        world.execute(&format!("INSERT INTO {table} (parent_id) VALUES {parents}")).await;
        world.refuses(&format!("INSERT INTO {table} (parent_id) VALUES (9)")).await;
    }
    world.execute("DELETE FROM parents WHERE id = 1").await;
    world.refuses("DELETE FROM parents WHERE id = 3").await;
    assert_eq!(world.rows("SELECT parent_id FROM taken").await, ["2"]);
    assert_eq!(world.rows("SELECT parent_id FROM kept ORDER BY parent_id IS NOT NULL").await, ["-", "2"]);
}

async fn keys_come_and_go(mut world: World) {
    fn up(schema: &mut Schema) {
        schema.create("authors", |table| {
            table.id();
        });
        schema.create("posts", |table| {
            table.id();
            table.foreign_id("author_id").nullable().index();
            table.string_of("a", 20);
            table.string_of("b", 20);
        });
        schema.create("plain", |table| {
            table.string_of("code", 20);
        });
    }
    fn change(schema: &mut Schema) {
        schema.table("posts", |table| {
            table.foreign("author_id").references("id").on("authors").null_on_delete();
            table.unique(["a", "b"]);
            table.index("b");
            table.check("a_is_not_b", "a <> b");
        });
        schema.table("plain", |table| {
            table.primary("code");
        });
    }
    let migrations = [migration("1_create", up), migration("2_keys", change)];
    world.migrate(&migrations[..1]).await;
    world.execute("INSERT INTO authors (id) VALUES (1)").await;
    world.execute("INSERT INTO posts (author_id, a, b) VALUES (1, 'a', 'b'), (NULL, 'b', 'a')").await;
    let before = world.dump().await;
    world.migrate(&migrations).await;
    assert_eq!(world.foreign_keys("posts").await.len(), 1);
    assert_eq!(
        world.indexes("posts").await,
        [
            "posts_a_b_unique | unique | a,b",
            "posts_author_id_index | plain | author_id",
            "posts_b_index | plain | b",
            "primary | unique | id",
        ]
    );
    assert_eq!(world.indexes("plain").await, ["primary | unique | code"]);
    world.refuses("INSERT INTO posts (author_id, a, b) VALUES (9, 'x', 'y')").await;
    world.refuses("INSERT INTO posts (author_id, a, b) VALUES (1, 'a', 'b')").await;
    world.refuses("INSERT INTO posts (author_id, a, b) VALUES (1, 'x', 'x')").await;
    // No `down` is written: each of these knows its own reverse.
    world.rollback(&migrations, 1).await;
    assert_eq!(world.dump().await, before);
    assert_eq!(world.rows("SELECT author_id, a, b FROM posts ORDER BY id").await, ["1 | a | b", "- | b | a"]);
    world.execute("INSERT INTO posts (author_id, a, b) VALUES (9, 'x', 'x')").await;
}

async fn a_table_that_points_at_itself(mut world: World) {
    fn up(schema: &mut Schema) {
        schema.create("pages", |table| {
            table.id();
            table.foreign_id("parent_id").nullable().index().constrained("pages").cascade_on_delete();
            table.string("title");
        });
    }
    fn change(schema: &mut Schema) {
        schema.table("pages", |table| {
            table.text("title").change();
        });
    }
    fn back(schema: &mut Schema) {
        schema.table("pages", |table| {
            table.string("title").change();
        });
    }
    let migrations = [migration("1_create", up), both_ways("2_change", change, back)];
    world.migrate(&migrations[..1]).await;
    world.execute("INSERT INTO pages (parent_id, title) VALUES (NULL, 'a'), (1, 'b'), (2, 'c')").await;
    let before = world.dump().await;
    world.migrate(&migrations).await;
    assert_eq!(world.count("pages").await, 3);
    world.rollback(&migrations, 1).await;
    assert_eq!(world.dump().await, before);
    assert_eq!(world.count("pages").await, 3);
    world.execute("DELETE FROM pages WHERE id = 1").await;
    assert_eq!(world.count("pages").await, 0);
}
