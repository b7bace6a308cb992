//! The server dialects against real servers: what is folded is what is inspected, after each operation; a changed
//! column keeps what is not mentioned.

use super::{CompileError, Connection, Probe, SharedDialect, Statement, driver_for};
use crate::{
    dsl::{Schema, named},
    operation::{Object, Operation},
    schema::{DatabaseSchema, Table, Wanted},
    testing::{Engine, TestDatabase},
};

pub(super) const POSTGRES: Engine = Engine::POSTGRES;
pub(super) const MARIADB: Engine = Engine::MYSQL;

/// A database of its own, dropped by [`Server::drop`].
pub(super) struct Server {
    pub(super) database: TestDatabase,
    pub(super) connection: Box<dyn Connection>,
    pub(super) dialect: SharedDialect,
}

impl Server {
    /// `None` where the server can not be reached and is not required.
    pub(super) async fn new(engine: Engine) -> Option<Self> {
        let database = TestDatabase::create(engine).await.unwrap()?;
        let driver = driver_for(database.url().scheme()).unwrap();
        let (connection, dialect) = driver.connect(database.url(), false).await.unwrap();
        Some(Self { database, connection, dialect })
    }

    pub(super) async fn run(&mut self, sql: &str) {
        self.connection.execute(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    pub(super) async fn inspect(&mut self) -> DatabaseSchema {
        self.dialect.inspect(&mut *self.connection, None).await.unwrap()
    }

    pub(super) async fn table(&mut self, name: &str) -> Table {
        self.inspect().await.table(&name.into()).cloned().unwrap_or_else(|| panic!("no table {name}"))
    }

    /// Compiles against what is there.
    pub(super) async fn compile(&mut self, operation: &Operation) -> Vec<Statement> {
        let needs = self.dialect.needs(operation);
        let before = self.dialect.inspect(&mut *self.connection, Some(&needs)).await.unwrap();
        self.dialect.compile(operation, &before).unwrap()
    }

    /// Applies each operation of a body.
    pub(super) async fn apply(&mut self, body: fn(&mut Schema)) -> Vec<Statement> {
        let recorded = Schema::record(body);
        assert!(recorded.errors.is_empty(), "{:?}", recorded.errors);
        let mut all = Vec::new();
        for operation in &recorded.operations {
            all.extend(self.apply_one(operation).await);
        }
        all
    }

    /// Compiles against what is there, runs, and holds fold against inspection.
    pub(super) async fn apply_one(&mut self, operation: &Operation) -> Vec<Statement> {
        let mut expected = self.inspect().await;
        let statements = self.compile(operation).await;
        for statement in &statements {
            self.run(&statement.sql).await;
            self.holds(statement).await;
        }
        assert!(self.dialect.fold(operation, &mut expected));
        let mut found = self.inspect().await;
        // MariaDB quotes the names in the checks that it shows.
        for check in found.tables.values_mut().flat_map(|table| &mut table.checks) {
            check.expression = check.expression.replace('`', "");
        }
        for check in expected.tables.values_mut().flat_map(|table| &mut table.checks) {
            check.expression = check.expression.replace('`', "");
        }
        same_texts(&mut expected, &found);
        let sql: Vec<&str> = statements.iter().map(|statement| statement.sql.as_str()).collect();
        for (name, table) in &found.tables {
            let folded = expected.table(name).cloned().unwrap_or_default();
            for (one, other) in folded.columns.iter().zip(&table.columns) {
                assert_eq!(one, other, "{name} after {sql:#?}");
            }
            for (one, other) in folded.indexes.iter().zip(&table.indexes) {
                assert_eq!(one, other, "{name} after {sql:#?}");
            }
            assert_eq!(folded.exclusions, table.exclusions, "{name} after {sql:#?}");
            assert_eq!(&folded, table, "{name} after {sql:#?}");
        }
        assert_eq!(expected, found);
        statements
    }

    /// After a statement its probe answers yes.
    async fn holds(&mut self, statement: &Statement) {
        let Some(probe) = &statement.probe else { return };
        let yes = match probe {
            Probe::Repeatable => {
                self.run(&statement.sql).await;
                true
            }
            _ => probe.holds(&self.inspect().await),
        };
        assert!(yes, "{probe:?} after {}", statement.sql);
    }

    pub(super) async fn refusal(&mut self, body: fn(&mut Schema)) -> CompileError {
        let operation = Schema::record(body).operations.remove(0);
        let needs = self.dialect.needs(&operation);
        let before = self.dialect.inspect(&mut *self.connection, Some(&needs)).await.unwrap();
        self.dialect.compile(&operation, &before).unwrap_err()
    }

    pub(super) async fn drop(self) {
        self.connection.close().await.unwrap();
        self.database.drop_now().await.unwrap();
    }
}

/// Texts of objects in the server's spelling, where only that differs.
fn same_texts(expected: &mut DatabaseSchema, found: &DatabaseSchema) {
    for (id, object) in &mut expected.objects {
        match (object, found.object(id)) {
            (Object::View(view), Some(Object::View(shown))) => view.query.clone_from(&shown.query),
            (Object::Routine(routine), Some(Object::Routine(shown))) => routine.sql.clone_from(&shown.sql),
            (Object::Trigger(trigger), Some(Object::Trigger(shown))) => trigger.sql.clone_from(&shown.sql),
            _ => {}
        }
    }
    for (name, table) in &mut expected.tables {
        let shown = found.table(name).map(|table| table.triggers.clone()).unwrap_or_default();
        for (trigger, (_, sql)) in table.triggers.iter_mut().zip(shown) {
            trigger.1 = sql;
        }
    }
}

/// Every type and every modifier.
pub(super) fn everything(s: &mut Schema) {
    s.create("users", |t| {
        t.id();
        t.string("name").comment("the user's name \\ \"quoted\"");
    });
    s.create("all_types", |t| {
        t.id().comment("the key");
        t.tiny_integer("tiny").default(1);
        t.small_integer("small").default(-3);
        t.medium_integer("medium").unsigned().default(7);
        t.integer("plain").nullable().default(-1);
        t.unsigned_integer("positive").default(5);
        t.big_integer("big").default(5_000_000_000_i64);
        t.big_integer("big_negative").default(-5_000_000_000_i64);
        t.decimal("price", 8, 2).default(1.5);
        t.decimal("loss", 8, 2).default(-1.25);
        t.decimal("whole", 8, 2).default(3);
        t.float("ratio").default(0.5);
        t.double("precise").nullable().default(-2.0);
        t.boolean("active").default(true);
        t.boolean("hidden").default(0);
        t.char("code", 3).default("abc");
        t.string("title").default("it's a \\ \"title\"");
        t.string_of("short", 20).nullable().unique();
        t.string_of("number_like", 20).default("5");
        t.text("body").nullable();
        t.text("note").default("x");
        t.medium_text("longer").nullable();
        t.long_text("longest").nullable();
        t.binary("bytes").nullable();
        t.date("day").default("2020-01-31");
        t.date("today").use_current();
        t.time("clock").default("12:30:00");
        t.time_of("fine_clock", 3).nullable().use_current();
        t.date_time("moment").use_current();
        t.date_time_of("fine_moment", 6).nullable();
        t.date_time_of("fixed", 3).default("2020-01-01 10:00:00");
        t.timestamp("required_instant");
        t.timestamp_of("instant", 3).use_current().index();
        t.uuid("token").default("00000000-0000-0000-0000-000000000001");
        t.json("data").nullable();
        t.jsonb("more").default("{}");
        t.enumeration("status", &["draft", "it's", "back\\slash"]).default("it's");
        t.enumeration("single", &["only"]).nullable();
        t.foreign_id("author_id").constrained("users").cascade_on_delete();
        t.foreign_id("editor_id").nullable().index().constrained("users").null_on_delete();
        t.timestamps();
        t.soft_deletes();
        t.morphs("owner");
        t.index(["title", "day"]);
        t.unique(["code", "day"]);
        t.comment("the table's comment");
    });
    s.create("pairs", |t| {
        t.big_integer("left_id");
        t.big_integer("right_id");
        t.primary(["left_id", "right_id"]);
    });
}

/// Changes of one table, as few statements as the order allows.
pub(super) fn changes(s: &mut Schema) {
    s.create("users", |t| {
        t.id();
    });
    s.create("posts", |t| {
        t.id();
        t.string("title").nullable().default("x").comment("shown");
        t.enumeration("status", &["draft", "live"]);
        t.integer("words").index();
        t.foreign_id("user_id").constrained("users");
        t.string("slug").unique();
        t.check("posts_words_check", "words >= 0");
    });
    s.table("posts", |t| {
        t.string("subtitle").unique().comment("below");
        t.foreign_id("editor_id").nullable().constrained("users").null_on_delete();
        t.string_of("title", 500).change();
        t.enumeration("status", &["draft", "live", "gone"]).change();
    });
    s.table("posts", |t| {
        t.big_integer("words").nullable().default(0).change();
        t.drop_index("words");
        t.drop_unique("slug");
        t.drop_check("posts_words_check");
        t.rename_column("slug", "address");
        t.rename_index("posts_subtitle_unique", "by_subtitle");
        t.comment("all of them");
    });
    s.table("posts", |t| {
        t.string("status").change();
        t.drop_constrained_foreign_id("user_id");
    });
    s.rename("posts", "articles");
    s.drop("articles");
    s.drop_if_exists("users");
}

fn evolve() -> Vec<fn(&mut Schema)> {
    vec![
        everything,
        |s| {
            s.create_if_not_exists("users", |t| {
                t.id();
                t.string("other").index();
            })
        },
        |s| {
            s.create_if_not_exists("tags", |t| {
                t.increments("id");
                t.string("label").index();
            })
        },
        |s| {
            s.table("tags", |t| {
                t.string("slug").nullable().unique().comment("for addresses");
                t.foreign_id("user_id").nullable().constrained("users");
                t.enumeration("kind", &["a", "b"]).default("a");
                t.comment("labels");
            })
        },
        |s| {
            s.table("tags", |t| {
                t.string_of("label", 500).change();
                t.enumeration("kind", &["b", "c"]).default("c").change();
                t.rename_column("slug", "address");
                t.rename_index("tags_label_index", "by_label");
            })
        },
        |s| s.table("tags", |t| t.rename_column("kind", "sort")),
        |s| {
            s.table("tags", |t| {
                t.string("sort").change();
            })
        },
        |s| {
            s.table("tags", |t| {
                t.text("sort").nullable().no_default().change();
            })
        },
        |s| {
            s.table("all_types", |t| {
                t.big_integer("plain").change();
                t.integer("tiny").not_null().change();
                t.string("code").change();
                t.medium_text("note").change();
                t.decimal("price", 10, 3).default(2.5).change();
                t.timestamp_of("instant", 6).use_current().change();
                t.text("number_like").comment("now said").change();
                t.boolean("active").default(false).change();
            })
        },
        |s| {
            s.table("all_types", |t| {
                t.drop_index(["title", "day"]);
                t.drop_unique(["code", "day"]);
                t.drop_constrained_foreign_id("author_id");
                t.drop_column("bytes");
                t.drop_soft_deletes();
            })
        },
        |s| {
            s.table("pairs", |t| {
                t.drop_primary(["left_id", "right_id"]);
                t.primary("right_id");
                t.rename_column("left_id", "first_id");
            })
        },
        |s| {
            s.table("pairs", |t| {
                t.foreign("first_id").references("right_id").on("pairs").cascade_on_update();
            })
        },
        |s| s.table("pairs", |t| t.rename_column("right_id", "second_id")),
        |s| s.rename("pairs", "couples"),
        |s| {
            s.table("couples", |t| {
                t.drop_foreign(named("pairs_first_id_foreign"));
                t.comment("");
            })
        },
        |s| s.drop("couples"),
        |s| s.drop_if_exists("nothing"),
        |s| s.drop("all_types"),
    ]
}

#[tokio::test]
async fn what_is_folded_is_what_is_inspected() {
    for engine in [POSTGRES, MARIADB] {
        let Some(mut server) = Server::new(engine).await else { continue };
        for step in evolve() {
            server.apply(step).await;
        }
        let names = Wanted { tables: ["tags".into(), "nowhere".into()].into(), ..Wanted::nothing() };
        let some = server.dialect.inspect(&mut *server.connection, Some(&names)).await.unwrap();
        assert_eq!(some.tables.keys().map(ToString::to_string).collect::<Vec<_>>(), ["tags"]);
        server.drop().await;
    }
}

#[tokio::test]
async fn the_statements_of_the_goldens_run() {
    for engine in [POSTGRES, MARIADB] {
        let Some(mut server) = Server::new(engine).await else { continue };
        server.apply(changes).await;
        server.drop().await;
    }
}

#[tokio::test]
async fn what_is_not_there_is_named() {
    for engine in [POSTGRES, MARIADB] {
        let Some(mut server) = Server::new(engine).await else { continue };
        let missing = server
            .refusal(|s| {
                s.table("posts", |t| {
                    t.string("a").change();
                })
            })
            .await;
        assert!(matches!(missing, CompileError::MissingTable { .. }), "{missing}");
        server
            .apply(|s| {
                s.create("posts", |t| {
                    t.id();
                })
            })
            .await;
        let missing = server
            .refusal(|s| {
                s.table("posts", |t| {
                    t.string("a").change();
                })
            })
            .await;
        let text = "`alter table posts: change column a`: table `posts` has no column `a`";
        assert_eq!(missing.to_string(), text);
        let refused = server
            .refusal(|s| {
                s.table("posts", |t| {
                    t.string("a").unsigned();
                })
            })
            .await;
        assert!(matches!(refused, CompileError::Unsupported { .. }), "{refused}");
        let long = "x".repeat(65);
        let operation = Operation::DropTable { table: long.as_str().into(), if_exists: false };
        let refused = server.dialect.compile(&operation, &DatabaseSchema::default()).unwrap_err();
        assert!(matches!(refused, CompileError::NameTooLong { length: 65, .. }), "{refused}");
        server.drop().await;
    }
}

#[tokio::test]
async fn checks_and_their_columns_on_postgres() {
    let Some(mut server) = Server::new(POSTGRES).await else { return };
    server
        .apply(|s| {
            s.create("t", |t| {
                t.integer("price");
                t.integer("stock");
                t.check("t_price_check", "price > 0");
                t.check("t_both_check", "price > stock");
            })
        })
        .await;
    server.apply(|s| s.table("t", |t| t.rename_column("price", "cost"))).await;
    server
        .apply(|s| {
            s.table("t", |t| {
                t.check("t_stock_check", "stock >= 0");
                t.drop_check("t_price_check");
            })
        })
        .await;
    server.apply(|s| s.table("t", |t| t.drop_column("cost"))).await;
    server.drop().await;
}

#[tokio::test]
async fn checks_and_their_columns_on_mariadb() {
    let Some(mut server) = Server::new(MARIADB).await else { return };
    server
        .apply(|s| {
            s.create("t", |t| {
                t.integer("price");
                t.integer("stock");
                t.check("t_price_check", "`price` > 0");
                t.check("t_stock_check", "`stock` >= 0");
            })
        })
        .await;
    server.apply(|s| s.table("t", |t| t.rename_column("price", "cost"))).await;
    server.apply(|s| s.table("t", |t| t.drop_check("t_price_check"))).await;
    server.apply(|s| s.table("t", |t| t.drop_column("cost"))).await;
    server.drop().await;
}
