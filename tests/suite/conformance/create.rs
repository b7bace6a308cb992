//! Tables come, change their names, and go.

use arvel_migrate::dsl::Schema;

use crate::support::{World, both_ways, migration, on_every_engine};

on_every_engine!(renamed_tables_keep_rows_and_children, dropped_and_made_again, difficult_names);

fn create(schema: &mut Schema) {
    schema.create("authors", |table| {
        table.id();
        table.string("name").unique();
    });
    schema.create("posts", |table| {
        table.id();
        table.foreign_id("author_id").index().constrained("authors").cascade_on_delete();
        table.string("title");
    });
}

async fn fill(world: &mut World) {
    world.execute("INSERT INTO authors (name) VALUES ('Ada'), ('Bob')").await;
    world.execute("INSERT INTO posts (author_id, title) VALUES (1, 'a'), (1, 'b'), (2, 'c')").await;
}

async fn renamed_tables_keep_rows_and_children(mut world: World) {
    fn rename(schema: &mut Schema) {
        schema.rename("authors", "people");
    }
    let migrations = [migration("1_create", create), migration("2_rename", rename)];
    world.migrate(&migrations[..1]).await;
    fill(&mut world).await;
    let before = world.dump().await;
    world.migrate(&migrations).await;
    assert_eq!(world.tables().await, ["people", "posts"]);
    assert_eq!((world.count("people").await, world.count("posts").await), (2, 3));
    assert_eq!(
        world.foreign_keys("posts").await,
        [world.pick(
            "author_id | people | id | CASCADE | NO ACTION",
            "author_id | people | id | CASCADE | NO ACTION",
            "author_id | people | id | CASCADE | RESTRICT",
        )]
    );
    world.refuses("INSERT INTO posts (author_id, title) VALUES (9, 'x')").await;
    world.rollback(&migrations, 1).await;
    assert_eq!(world.dump().await, before);
    assert_eq!((world.count("authors").await, world.count("posts").await), (2, 3));
}

async fn dropped_and_made_again(mut world: World) {
    fn gone(schema: &mut Schema) {
        schema.drop("posts");
        schema.drop_if_exists("posts");
        schema.drop_if_exists("never_there");
    }
    fn back(schema: &mut Schema) {
        schema.create("posts", |table| {
            table.id();
            table.foreign_id("author_id").index().constrained("authors").cascade_on_delete();
            table.string("title");
        });
    }
    fn again(schema: &mut Schema) {
        schema.create_if_not_exists("authors", |table| {
            table.id();
        });
    }
    fn nothing(_: &mut Schema) {}
    let migrations = [
        migration("1_create", create),
        both_ways("2_drop", gone, back),
        both_ways("3_not_again", again, nothing),
    ];
    world.migrate(&migrations[..1]).await;
    fill(&mut world).await;
    let before = world.dump().await;
    world.migrate(&migrations).await;
    assert_eq!(world.tables().await, ["authors"]);
    assert_eq!(world.column_names("authors").await, ["id", "name"]);
    world.rollback(&migrations, 2).await;
    assert_eq!(world.dump().await, before);
    assert_eq!((world.count("authors").await, world.count("posts").await), (2, 0));
}

/// Names with quotes, spaces, reserved words, upper case and letters of more than a byte.
async fn difficult_names(mut world: World) {
    fn up(schema: &mut Schema) {
        schema.create("order", |table| {
            table.id();
            table.string("select").default("a'b");
            table.string("with space").nullable().index();
            table.string("quote\"`'d").nullable();
            table.string("Größe").nullable();
        });
    }
    fn change(schema: &mut Schema) {
        schema.table("order", |table| {
            table.rename_column("quote\"`'d", "group");
            table.string_of("select", 40).change();
            table.index(["select", "group"]);
        });
    }
    fn back(schema: &mut Schema) {
        schema.table("order", |table| {
            table.drop_index(["select", "group"]);
            table.string("select").change();
            table.rename_column("group", "quote\"`'d");
        });
    }
    let migrations = [migration("1_create", up), both_ways("2_change", change, back)];
    world.migrate(&migrations[..1]).await;
    let table = world.pick("\"order\"", "\"order\"", "`order`");
    world.execute(&format!("INSERT INTO {table} (id) VALUES (1)")).await;
    let before = world.dump().await;
    assert_eq!(world.column_names("order").await, ["id", "select", "with space", "quote\"`'d", "Größe"]);
    world.migrate(&migrations).await;
    assert_eq!(world.column_names("order").await[3], "group");
    assert_eq!(world.count(table).await, 1);
    world.rollback(&migrations, 1).await;
    assert_eq!(world.dump().await, before);
    assert_eq!(world.count(table).await, 1);
}
