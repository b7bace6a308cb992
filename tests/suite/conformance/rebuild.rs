//! Where a change of a column is a new table and a copy, nothing that hangs on the old one is lost: children under
//! ON DELETE CASCADE, indexes, triggers, views, the counter of the key.

use arvel_migrate::{db::Db, dsl::Schema, exec::RunError, operation::DataResult};

use crate::support::{World, both_ways, migration, on_every_engine};

on_every_engine!(
    children_stay_when_their_parent_changes,
    children_stay_when_the_change_fails,
    orphans_stop_a_rebuild,
    triggers_views_and_counters_stay
);

fn create(schema: &mut Schema) {
    schema.create("parents", |table| {
        table.id();
        table.string("name").unique();
        table.integer("size").nullable();
    });
    schema.create("children", |table| {
        table.id();
        table.foreign_id("parent_id").index().constrained("parents").cascade_on_delete();
    });
    schema.create("grandchildren", |table| {
        table.id();
        table.foreign_id("child_id").index().constrained("children").cascade_on_delete();
    });
}

fn change(schema: &mut Schema) {
    schema.table("parents", |table| {
        table.text("size").not_null().default("none").change();
        table.drop_unique("name");
        table.rename_column("name", "label");
    });
    schema.table("children", |table| {
        table.integer("rank").default(1).index();
    });
}

fn back(schema: &mut Schema) {
    schema.table("children", |table| {
        table.drop_index("rank");
        table.drop_column("rank");
    });
    schema.table("parents", |table| {
        table.rename_column("label", "name");
        table.unique("name");
    });
}

async fn fill(world: &mut World) {
    world.execute("INSERT INTO parents (name, size) VALUES ('a', 1), ('b', 2)").await;
    for _ in 0..50 {
        world.execute("INSERT INTO children (parent_id) VALUES (1), (2)").await;
    }
    world.execute("INSERT INTO grandchildren (child_id) SELECT id FROM children").await;
}

async fn counted(world: &mut World) -> [i64; 3] {
    [world.count("parents").await, world.count("children").await, world.count("grandchildren").await]
}

async fn children_stay_when_their_parent_changes(mut world: World) {
    let migrations = [migration("1_create", create), both_ways("2_change", change, back)];
    world.migrate(&migrations[..1]).await;
    fill(&mut world).await;
    if world.engine.family == "sqlite" {
        assert_eq!(world.rows("PRAGMA foreign_keys").await, ["1"]);
    }
    world.migrate(&migrations).await;
    assert_eq!(counted(&mut world).await, [2, 100, 100]);
    let key = world.foreign_keys("children").await;
    assert!(key.len() == 1 && key[0].starts_with("parent_id | parents | id | CASCADE"), "{key:?}");
    world.rollback(&migrations, 1).await;
    assert_eq!(counted(&mut world).await, [2, 100, 100]);
    // The key still holds.
    world.execute("DELETE FROM parents WHERE id = 1").await;
    assert_eq!(counted(&mut world).await, [1, 50, 50]);
    world.refuses("INSERT INTO children (parent_id) VALUES (1)").await;
}

async fn children_stay_when_the_change_fails(mut world: World) {
    fn fails(schema: &mut Schema) {
        change(schema);
        schema.sql("INSERT INTO nowhere VALUES (1)");
    }
    let migrations = [migration("1_create", create), migration("2_change", fails)];
    world.migrate(&migrations[..1]).await;
    fill(&mut world).await;
    let before = world.dump().await;
    assert!(matches!(
        world.try_migrate(&migrations).await,
        Err(arvel_migrate::Error::Run(RunError::Failed(_)))
    ));
    assert_eq!(counted(&mut world).await, [2, 100, 100]);
    if world.transactional {
        assert_eq!(world.dump().await, before);
    }
}

/// A row that lost its parent while nobody looked is not made lawful by a rebuild.
async fn orphans_stop_a_rebuild(mut world: World) {
    async fn orphan(db: &mut Db) -> DataResult {
        db.execute("INSERT INTO children (parent_id) VALUES (99)", &[]).await?;
        Ok(())
    }
    fn leaves_one(schema: &mut Schema) {
        change(schema);
        schema.run("an orphan", orphan);
    }
    let migrations = [migration("1_create", create), migration("2_change", leaves_one)];
    world.migrate(&migrations[..1]).await;
    fill(&mut world).await;
    let error = world.try_migrate(&migrations).await.unwrap_err();
    let expected = world.pick("migration.foreign_keys", "migration.failed", "migration.failed");
    assert_eq!((error.code(), error.exit().0), (expected, 1), "{error}");
    assert_eq!(counted(&mut world).await, [2, 100, 100]);
}

async fn triggers_views_and_counters_stay(mut world: World) {
    fn extras(schema: &mut Schema) {
        schema.create("log", |table| {
            table.string("name");
        });
        schema.sql("CREATE VIEW big AS SELECT id, name FROM parents WHERE size > 1");
        schema.sql_for(
            "sqlite",
            "CREATE TRIGGER noted AFTER INSERT ON parents BEGIN INSERT INTO log (name) VALUES (new.name); END",
        );
        schema.sql_for(
            "postgres",
            "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO log (name) VALUES \
             (new.name); RETURN new; END $$; CREATE TRIGGER noted AFTER INSERT ON parents FOR EACH ROW EXECUTE \
             FUNCTION note()",
        );
        schema.sql_for(
            "mysql",
            "CREATE TRIGGER noted AFTER INSERT ON parents FOR EACH ROW BEGIN INSERT INTO log (name) VALUES (new.name); \
             END",
        );
    }
    fn grown(schema: &mut Schema) {
        schema.table("parents", |table| {
            table.string("note").default("-");
            table.boolean("seen").nullable();
        });
        schema.table("children", |table| {
            table.text("remark").nullable();
        });
        schema.table("log", |table| {
            table.string_of("name", 300).change();
        });
    }
    let migrations =
        [migration("1_create", create), migration("2_extras", extras), migration("3_grown", grown)];
    world.migrate(&migrations[..2]).await;
    fill(&mut world).await;
    world.execute("INSERT INTO parents (name, size) VALUES ('c', 3)").await;
    world.execute("DELETE FROM parents WHERE name = 'c'").await;
    world.migrate(&migrations).await;
    world.execute("INSERT INTO parents (name, size) VALUES ('d', 4)").await;
    // The number of the deleted row is not given again.
    assert_eq!(world.rows("SELECT id, name FROM big ORDER BY id").await, ["2 | b", "4 | d"]);
    assert_eq!(world.rows("SELECT name FROM log ORDER BY name").await, ["a", "b", "c", "d"]);
}
