//! Code and SQL as written, in the migration's own transaction where the engine has one for it.

use arvel_migrate::{
    Error,
    db::Db,
    dialect::Value,
    dsl::Schema,
    exec::{AfterFailure, RunError},
    operation::DataResult,
};

use crate::support::{World, both_ways, migration, on_every_engine, without_transaction};

on_every_engine!(
    code_works_on_rows,
    failing_code_leaves_what_the_engine_allows,
    sql_for_each_engine,
    sql_for_an_engine_that_is_not_named_is_refused,
    a_family_that_there_is_not_is_refused,
    outside_a_transaction,
    a_mended_step_outside_a_transaction_goes_on
);

fn create(schema: &mut Schema) {
    schema.create("posts", |table| {
        table.id();
        table.string("title");
        table.string("slug").nullable();
    });
}

async fn slugs(db: &mut Db) -> DataResult {
    let update = format!("UPDATE posts SET slug = {} WHERE id = {}", db.placeholder(1), db.placeholder(2));
    for row in db.fetch_all("SELECT id, title FROM posts", &[]).await? {
        let slug = row.text("title").unwrap_or_default().to_lowercase().replace(' ', "-");
        let id = row.integer("id").unwrap_or_default();
        db.execute(&update, &[Value::from(slug), Value::from(id)]).await?;
    }
    Ok(())
}

async fn code_works_on_rows(mut world: World) {
    fn backfill(schema: &mut Schema) {
        schema.run("backfill slugs", slugs);
        schema.table("posts", |table| {
            table.string("slug").not_null().change();
        });
        schema.run("look", async |db| {
            assert!(db.has_column("posts", "slug").await? && !db.has_column("posts", "none").await?);
            assert!(db.has_table("posts").await? && !db.has_table("nowhere").await?);
            Ok(())
        });
    }
    fn back(schema: &mut Schema) {
        schema.table("posts", |table| {
            table.string("slug").nullable().change();
        });
        schema.run("forget slugs", async |db| {
            db.execute("UPDATE posts SET slug = NULL", &[]).await?;
            Ok(())
        });
    }
    let migrations = [migration("1_create", create), both_ways("2_backfill", backfill, back)];
    world.migrate(&migrations[..1]).await;
    world.execute("INSERT INTO posts (title) VALUES ('A B'), ('It''s'), ('100 %')").await;
    world.migrate(&migrations).await;
    assert_eq!(world.rows("SELECT slug FROM posts ORDER BY id").await, ["a-b", "it's", "100-%"]);
    world.refuses("INSERT INTO posts (title) VALUES ('x')").await;
    world.rollback(&migrations, 1).await;
    assert_eq!(world.rows("SELECT slug FROM posts ORDER BY id").await, ["-", "-", "-"]);
}

async fn failing_code_leaves_what_the_engine_allows(mut world: World) {
    fn fails(schema: &mut Schema) {
        schema.create("extra", |table| {
            table.id();
        });
        schema.run("half", async |db| {
            db.execute("UPDATE posts SET slug = 'half' WHERE id = 1", &[]).await?;
            Err("the code gave up".into())
        });
        schema.create("never", |table| {
            table.id();
        });
    }
    fn mended(schema: &mut Schema) {
        schema.create("extra", |table| {
            table.id();
        });
        schema.run("half", async |db| {
            db.execute("UPDATE posts SET slug = 'whole' WHERE id = 1", &[]).await?;
            Ok(())
        });
        schema.create("never", |table| {
            table.id();
        });
    }
    let migrations = [migration("1_create", create), migration("2_fails", fails)];
    world.migrate(&migrations[..1]).await;
    world.execute("INSERT INTO posts (title) VALUES ('a')").await;
    let Err(Error::Run(RunError::Failed(failure))) = world.try_migrate(&migrations).await else {
        panic!("{}: it fails", world.engine.family)
    };
    assert_eq!((failure.code.as_deref(), failure.revision.as_str()), (Some("half"), "2_fails"));
    assert!(failure.error.message.contains("the code gave up"), "{failure:?}");
    // The rows of the step are as they were, everywhere.
    assert_eq!(world.rows("SELECT slug FROM posts").await, ["-"]);
    match (&failure.after, world.transactional) {
        (AfterFailure::RolledBack, true) => assert_eq!(world.tables().await, ["posts"]),
        (AfterFailure::Committed { statements }, false) => {
            assert_eq!(statements.len(), 1);
            assert_eq!(world.tables().await, ["extra", "posts"]);
        }
        (after, _) => panic!("{}: {after:?}", world.engine.family),
    }
    world.migrate(&[migration("1_create", create), migration("2_fails", mended)]).await;
    assert_eq!(world.tables().await, ["extra", "never", "posts"]);
    assert_eq!(world.rows("SELECT slug FROM posts").await, ["whole"]);
}

async fn sql_for_each_engine(mut world: World) {
    fn up(schema: &mut Schema) {
        schema.sql("CREATE TABLE said (who varchar(20)); INSERT INTO said VALUES ('all; of \"them\"')");
        schema.sql_for("sqlite", "INSERT INTO said VALUES (iif(sqlite_version() > '3', 'sqlite', ''))");
        schema.sql_for("postgres", "INSERT INTO said SELECT 'postgres' FROM pg_backend_pid()");
        schema.sql_for("mysql", "INSERT INTO said SELECT 'mysql' FROM dual WHERE connection_id() > 0");
    }
    fn down(schema: &mut Schema) {
        schema.sql("DROP TABLE said");
    }
    let migrations = [both_ways("1_said", up, down)];
    world.migrate(&migrations).await;
    let family = world.engine.family;
    assert_eq!(world.rows("SELECT who FROM said ORDER BY who").await, ["all; of \"them\"", family]);
    world.rollback(&migrations, 1).await;
    assert_eq!(world.tables().await, [""; 0]);
}

async fn sql_for_an_engine_that_is_not_named_is_refused(mut world: World) {
    fn first(schema: &mut Schema) {
        schema.create("first", |table| {
            table.id();
        });
    }
    fn for_postgres(schema: &mut Schema) {
        first(schema);
        schema.sql_for("postgres", "SELECT 1");
    }
    fn for_sqlite(schema: &mut Schema) {
        first(schema);
        schema.sql_for("sqlite", "SELECT 1");
    }
    let up = if world.engine.family == "sqlite" { for_postgres } else { for_sqlite };
    let error = world.try_migrate(&[migration("1_other", up)]).await.unwrap_err();
    assert_eq!((error.code(), error.exit().0), ("migration.unsupported", 1), "{error}");
    let tables = world.tables().await;
    assert!(tables.is_empty(), "{}: {tables:?} although nothing of it may run", world.engine.family);
}

async fn a_family_that_there_is_not_is_refused(world: World) {
    fn up(schema: &mut Schema) {
        schema.sql_for("oracle", "SELECT 1 FROM dual");
    }
    let error = world.try_migrate(&[migration("1_other", up)]).await.unwrap_err();
    assert_eq!((error.code(), error.exit().0), ("plan.recording", 1), "{error}");
}

async fn outside_a_transaction(mut world: World) {
    fn index(schema: &mut Schema) {
        schema.sql_for("sqlite", "CREATE INDEX posts_title ON posts (title)");
        schema.sql_for("postgres", "CREATE INDEX CONCURRENTLY posts_title ON posts (title)");
        schema.sql_for("mysql", "CREATE INDEX posts_title ON posts (title)");
    }
    fn back(schema: &mut Schema) {
        schema.sql_for("sqlite", "DROP INDEX posts_title");
        schema.sql_for("postgres", "DROP INDEX CONCURRENTLY posts_title");
        schema.sql_for("mysql", "DROP INDEX posts_title ON posts");
    }
    let migrations = [migration("1_create", create), without_transaction(both_ways("2_index", index, back))];
    world.migrate(&migrations).await;
    let with = ["posts_title | plain | title", "primary | unique | id"];
    assert_eq!(world.indexes("posts").await, with);
    world.rollback(&migrations, 1).await;
    assert_eq!(world.indexes("posts").await, with[1..]);
    world.migrate(&migrations).await;
    assert_eq!(world.indexes("posts").await, with);
    assert_eq!(world.count("arvel_migration_steps").await, 0);
}

async fn a_mended_step_outside_a_transaction_goes_on(mut world: World) {
    fn fails(schema: &mut Schema) {
        schema.sql("INSERT INTO posts (title) VALUES ('once')");
        schema.sql("INSERT INTO nowhere VALUES (1)");
    }
    fn mended(schema: &mut Schema) {
        schema.sql("INSERT INTO posts (title) VALUES ('once')");
        schema.sql("INSERT INTO posts (title) VALUES ('then')");
    }
    let step = |up| [migration("1_create", create), without_transaction(migration("2_step", up))];
    let Err(Error::Run(RunError::Failed(failure))) = world.try_migrate(&step(fails)).await else {
        panic!("it fails")
    };
    let statements = vec!["INSERT INTO posts (title) VALUES ('once')".to_owned()];
    assert_eq!(failure.after, AfterFailure::Committed { statements });
    world.migrate(&step(mended)).await;
    assert_eq!(world.rows("SELECT title FROM posts ORDER BY id").await, ["once", "then"]);
    assert_eq!(world.count("arvel_migration_steps").await, 0);
}
