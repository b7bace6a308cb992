//! Tables with rows change, and every row survives.

use arvel_migrate::dsl::{Schema, named};

use crate::support::{World, both_ways, migration, on_every_engine};

on_every_engine!(
    columns_come_and_go,
    a_change_keeps_what_it_does_not_mention,
    a_change_that_would_lose_values_is_refused,
    several_changes_at_once,
    comments
);

fn create(schema: &mut Schema) {
    schema.create("posts", |table| {
        table.id();
        table.string("title").index();
        table.text("body").nullable();
        table.integer("hits").default(0);
        table.timestamps();
    });
}

async fn fill(world: &mut World) {
    world
        .execute("INSERT INTO posts (title, body, hits) VALUES ('a', NULL, 1), ('b', 'x', 2), ('c', 'y', 3)")
        .await;
}

const ROWS: &str = "SELECT id, title, body, hits FROM posts ORDER BY id";

async fn columns_come_and_go(mut world: World) {
    fn change(schema: &mut Schema) {
        schema.table("posts", |table| {
            table.string("slug").nullable();
            table.integer("stars").default(5);
            table.boolean("seen").default(false).index();
            table.drop_column("body");
            table.rename_column("hits", "views");
        });
    }
    fn back(schema: &mut Schema) {
        schema.table("posts", |table| {
            table.rename_column("views", "hits");
            table.text("body").nullable();
            table.drop_column("slug");
            table.drop_index("seen");
            table.drop_columns(["stars", "seen"]);
        });
    }
    let migrations = [migration("1_create", create), both_ways("2_change", change, back)];
    world.migrate(&migrations[..1]).await;
    fill(&mut world).await;
    let before = world.dump().await;
    world.migrate(&migrations).await;
    let names = ["id", "title", "views", "created_at", "updated_at", "slug", "stars", "seen"];
    assert_eq!(world.column_names("posts").await, names);
    let read =
        "SELECT id, title, views, slug, stars, CASE WHEN seen THEN 1 ELSE 0 END FROM posts ORDER BY id";
    assert_eq!(
        world.rows(read).await,
        ["1 | a | 1 | - | 5 | 0", "2 | b | 2 | - | 5 | 0", "3 | c | 3 | - | 5 | 0"]
    );
    assert_eq!(
        world.indexes("posts").await,
        ["posts_seen_index | plain | seen", "posts_title_index | plain | title", "primary | unique | id"]
    );
    world.rollback(&migrations, 1).await;
    let mut after = world.dump().await;
    // A column that comes back stands last.
    let mut sorted = before.clone();
    sorted.sort();
    after.sort();
    assert_eq!(after, sorted);
    assert_eq!(world.rows(ROWS).await, ["1 | a | - | 1", "2 | b | - | 2", "3 | c | - | 3"]);
    // The key goes on counting.
    world.execute("INSERT INTO posts (title) VALUES ('d')").await;
    assert_eq!(world.rows("SELECT max(id) FROM posts").await, ["4"]);
}

async fn a_change_keeps_what_it_does_not_mention(mut world: World) {
    fn change(schema: &mut Schema) {
        schema.table("posts", |table| {
            table.string_of("title", 500).change();
            table.big_integer("hits").change();
            table.text("body").not_null().default("-").change();
        });
    }
    fn back(schema: &mut Schema) {
        schema.table("posts", |table| {
            table.string("title").change();
            table.integer("hits").change();
            table.text("body").nullable().no_default().change();
        });
    }
    let migrations = [migration("1_create", create), both_ways("2_change", change, back)];
    world.migrate(&migrations[..1]).await;
    fill(&mut world).await;
    world.execute("UPDATE posts SET body = 'z' WHERE body IS NULL").await;
    let before = world.dump().await;
    world.migrate(&migrations).await;
    let expected = world.pick(
        ["varchar(500) | not null | -", "INTEGER | not null | 0"],
        ["character varying(500) | not null | -", "bigint | not null | 0"],
        ["varchar(500) | not null | -", "bigint(20) | not null | 0"],
    );
    let found = [world.column("posts", "title").await, world.column("posts", "hits").await];
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.eq_ignore_ascii_case(expected), "{found}, not {expected}");
    }
    assert_eq!(world.rows(ROWS).await, ["1 | a | z | 1", "2 | b | x | 2", "3 | c | y | 3"]);
    world.refuses("UPDATE posts SET body = NULL").await;
    world.execute("INSERT INTO posts (title) VALUES ('d')").await;
    assert_eq!(world.rows("SELECT body, hits FROM posts WHERE title = 'd'").await, ["- | 0"]);
    world.rollback(&migrations, 1).await;
    // On MariaDB a nullable column without a default shows the word NULL.
    let plain = |lines: Vec<String>| -> Vec<String> {
        lines.into_iter().map(|line| line.replace("| NULL", "| -")).collect()
    };
    assert_eq!(plain(world.dump().await), plain(before));
    assert_eq!(world.count("posts").await, 4);
}

async fn a_change_that_would_lose_values_is_refused(mut world: World) {
    fn change(schema: &mut Schema) {
        schema.table("posts", |table| {
            table.integer("hits").change();
            table.text("body").not_null().change();
        });
    }
    let migrations = [migration("1_create", create), migration("2_change", change)];
    world.migrate(&migrations[..1]).await;
    fill(&mut world).await;
    let before = world.dump().await;
    let error = world.try_migrate(&migrations).await.unwrap_err();
    assert_eq!(error.exit().0, 1, "{error}");
    assert_eq!(world.dump().await, before);
    assert_eq!(world.rows(ROWS).await, ["1 | a | - | 1", "2 | b | x | 2", "3 | c | y | 3"]);
}

async fn several_changes_at_once(mut world: World) {
    fn change(schema: &mut Schema) {
        schema.table("posts", |table| {
            table.drop_index("title");
            table.rename_column("title", "headline");
            table.string("headline2").nullable();
            table.unique(["headline", "hits"]);
        });
        schema.table("posts", |table| {
            table.rename_index("posts_headline_hits_unique", "one_of_each");
            table.drop_column("headline2");
        });
        schema.rename("posts", "articles");
        schema.table("articles", |table| {
            table.integer("year").default(2026);
        });
    }
    fn back(schema: &mut Schema) {
        schema.table("articles", |table| table.drop_column("year"));
        schema.rename("articles", "posts");
        schema.table("posts", |table| {
            table.drop_unique(named("one_of_each"));
            table.rename_column("headline", "title");
            table.index("title");
        });
    }
    let migrations = [migration("1_create", create), both_ways("2_change", change, back)];
    world.migrate(&migrations[..1]).await;
    fill(&mut world).await;
    let before = world.dump().await;
    world.migrate(&migrations).await;
    assert_eq!(world.tables().await, ["articles"]);
    assert_eq!(
        world.indexes("articles").await,
        ["one_of_each | unique | headline,hits", "primary | unique | id"]
    );
    let read = "SELECT id, headline, hits, year FROM articles ORDER BY id";
    assert_eq!(world.rows(read).await, ["1 | a | 1 | 2026", "2 | b | 2 | 2026", "3 | c | 3 | 2026"]);
    world.rollback(&migrations, 1).await;
    assert_eq!(world.dump().await, before);
    assert_eq!(world.count("posts").await, 3);
}

/// Kept where there is a place for them, and refused before anything runs where there is none.
async fn comments(mut world: World) {
    fn up(schema: &mut Schema) {
        schema.create("first", |table| {
            table.id();
        });
        schema.create("noted", |table| {
            table.id();
            table.string("name").comment("it's a \\ name");
            table.comment("it's a table");
        });
    }
    let migrations = [migration("1_create_noted", up)];
    let read = world.pick(
        None,
        Some(
            "SELECT obj_description('noted'::regclass), col_description('noted'::regclass, 2)",
        ),
        Some(
            "SELECT table_comment, (SELECT column_comment FROM information_schema.columns WHERE table_schema = \
             database() AND table_name = 'noted' AND column_name = 'name') FROM information_schema.tables WHERE \
             table_schema = database() AND table_name = 'noted'",
        ),
    );
    let Some(read) = read else {
        let error = world.try_migrate(&migrations).await.unwrap_err();
        assert_eq!((error.code(), error.exit().0), ("migration.unsupported", 1), "{error}");
        assert!(error.hint().is_some(), "{error}");
        assert_eq!(world.tables().await, [""; 0]);
        return;
    };
    world.migrate(&migrations).await;
    assert_eq!(world.rows(read).await, ["it's a table | it's a \\ name"]);
}
