//! A foreign key without a unique parent is stopped before anything runs, wherever the parent is known.

use crate::{
    Error, UpgradeRequest,
    dialect::CompileError,
    dsl::{Blueprint, Schema},
    exec::{RunError, fold_forward},
    graph::testing::bodies,
    schema::DatabaseSchema,
    testing::{Engine, TestDatabase, dialects},
};

type Up = fn(&mut Schema);

/// `users` with an address, and what else is said of it; then `posts` with a key to the address.
fn users_and_posts(schema: &mut Schema, build: impl FnOnce(&mut Blueprint)) {
    schema.create("users", |table| {
        table.id();
        table.string("email");
        build(table);
    });
    schema.create("posts", keyed);
}

fn keyed(table: &mut Blueprint) {
    table.id();
    table.string("author").references_column("users", "email");
}

const PLAIN: Up = |schema| {
    users_and_posts(schema, |table| {
        table.index("email");
    });
};

fn compiled(body: Up) -> Vec<Option<CompileError>> {
    let recorded = Schema::record(body);
    assert_eq!(recorded.errors, []);
    let one = |dialect| {
        fold_forward(dialect, &recorded.operations, &mut DatabaseSchema::default(), &mut true).err()
    };
    dialects().iter().map(|(_, dialect)| one(dialect)).collect()
}

#[test]
fn a_parent_of_the_same_migration_must_be_unique() {
    let refused: Vec<(Up, &str)> = vec![
        (
            PLAIN,
            "`create table posts`: foreign key `posts_author_foreign` references `users` (email), which is neither its primary key nor has a unique key",
        ),
        (
            |schema| {
                users_and_posts(schema, |table| {
                    table.unique(["email", "id"]);
                });
            },
            "`create table posts`: foreign key `posts_author_foreign` references `users` (email), which is neither its primary key nor has a unique key",
        ),
        (
            |schema| {
                schema.create("tree", |table| {
                    table.id();
                    table.foreign_id("parent").references_column("tree", "key");
                });
            },
            "`create table tree`: table `tree` has no column `key`",
        ),
        (
            |schema| {
                users_and_posts(schema, |table| {
                    table.unique("email");
                });
                schema.table("users", |table| {
                    table.drop_unique("email");
                });
                schema.table("posts", |table| {
                    table.foreign("author").references("email").on("users").named("again");
                });
            },
            "`alter table posts: add foreign key again`: foreign key `again` references `users` (email), which is neither its primary key nor has a unique key",
        ),
    ];
    for (body, said) in refused {
        for error in compiled(body) {
            assert_eq!(error.map(|error| error.to_string()).as_deref(), Some(said));
        }
    }
}

#[test]
fn a_unique_parent_is_fine_and_an_unknown_one_is_for_the_database() {
    let fine: [Up; 5] = [
        |schema| {
            users_and_posts(schema, |table| {
                table.unique("email");
            });
        },
        |schema| {
            schema.create("pairs", |table| {
                table.integer("a");
                table.integer("b");
                table.primary(["a", "b"]);
            });
            schema.create("halves", |table| {
                table.id();
                table.integer("a");
                table.integer("b");
                table.foreign(["b", "a"]).references(["b", "a"]).on("pairs");
            });
        },
        |schema| {
            schema.create("tree", |table| {
                table.id();
                table.foreign_id("parent").nullable().constrained("tree");
            });
        },
        |schema| schema.create("posts", keyed),
        // What SQL as written leaves is not known.
        |schema| {
            schema.create("users", |table| {
                table.id();
                table.string("email");
            });
            schema.sql("CREATE UNIQUE INDEX one_address ON users (email)");
            schema.create("posts", keyed);
        },
    ];
    for body in fine {
        for error in compiled(body) {
            assert_eq!(error, None);
        }
    }
}

#[tokio::test]
async fn a_parent_that_is_there_is_looked_at_and_nothing_runs() {
    let first: Up = |schema| {
        schema.create("users", |table| {
            table.id();
            table.string("email");
        });
    };
    let second: Up = |schema| {
        schema.create("before", |table| {
            table.id();
        });
        schema.create("posts", keyed);
    };
    for engine in Engine::ALL {
        let Some(database) = TestDatabase::create(engine).await.unwrap() else { continue };
        let migrator = database.migrator(bodies(&[first, second])).unwrap();
        let error = migrator.migrate(&UpgradeRequest::default()).await.unwrap_err();
        let Error::Run(RunError::Compile { error, .. }) = &error else { panic!("{engine:?}: {error:?}") };
        assert!(matches!(error, CompileError::NoUniqueParent { .. }), "{engine:?}: {error}");
        assert_eq!(
            error.hint().unwrap(),
            "make it one first: `schema.table(\"users\", |table| { table.unique([\"email\"]); })`"
        );
        let mut db = database.connect().await.unwrap();
        assert!(db.has_table("users").await.unwrap() && !db.has_table("before").await.unwrap(), "{engine:?}");
    }
}
