//! The server dialects against real servers: what is folded is what is inspected, after each operation; a changed
//! column keeps what is not mentioned; a wipe leaves what is kept.

use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicUsize, Ordering},
};

use super::{CompileError, Connection, Probe, SharedDialect, Statement, driver_for};
use crate::{
    dsl::Schema,
    operation::{Operation, TableName},
    schema::{DatabaseSchema, Table},
    url::DatabaseUrl,
};

pub(super) const POSTGRES: &str = "postgres://postgres@127.0.0.1:5432/";
pub(super) const MARIADB: &str = "mysql://root@127.0.0.1:3306/";

/// A database of its own, dropped by [`Server::drop`].
pub(super) struct Server {
    pub(super) url: DatabaseUrl,
    pub(super) connection: Box<dyn Connection>,
    pub(super) dialect: SharedDialect,
}

impl Server {
    pub(super) async fn new(base: &str) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("arvel_server_{}_{number}", std::process::id());
        let url = DatabaseUrl::parse(&format!("{base}{name}")).unwrap();
        let driver = driver_for(url.scheme()).unwrap();
        if driver.database_exists(&url).await.unwrap() {
            driver.drop_database(&url).await.unwrap();
        }
        driver.create_database(&url).await.unwrap();
        let (connection, dialect) = driver.connect(&url, false).await.unwrap();
        Self { url, connection, dialect }
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

    /// Compiles against what is there, runs, and holds fold against inspection.
    pub(super) async fn apply(&mut self, body: fn(&mut Schema)) -> Vec<Statement> {
        let recorded = Schema::record(body);
        assert!(recorded.errors.is_empty(), "{:?}", recorded.errors);
        let mut all = Vec::new();
        for operation in &recorded.operations {
            let mut expected = self.inspect().await;
            let needs = self.dialect.needs(operation);
            let before = self.dialect.inspect(&mut *self.connection, Some(&needs)).await.unwrap();
            let statements = self.dialect.compile(operation, &before).unwrap();
            for statement in &statements {
                self.run(&statement.sql).await;
                self.holds(statement).await;
            }
            assert!(self.dialect.fold(operation, &mut expected));
            let found = self.inspect().await;
            for (name, table) in &found.tables {
                let sql: Vec<&str> = statements.iter().map(|statement| statement.sql.as_str()).collect();
                let folded = expected.table(name).cloned().unwrap_or_default();
                for (one, other) in folded.columns.iter().zip(&table.columns) {
                    assert_eq!(one, other, "{name} after {sql:#?}");
                }
                assert_eq!(&folded, table, "{name} after {sql:#?}");
            }
            assert_eq!(expected, found);
            all.extend(statements);
        }
        all
    }

    /// After a statement its probe answers yes.
    async fn holds(&mut self, statement: &Statement) {
        let Some(probe) = &statement.probe else { return };
        let schema = self.inspect().await;
        let table = |name: &TableName| schema.table(name).cloned().unwrap_or_default();
        let yes = match probe {
            Probe::TableExists(name) => schema.table(name).is_some(),
            Probe::TableMissing(name) => schema.table(name).is_none(),
            Probe::ColumnExists(name, column) => table(name).column(column).is_some(),
            Probe::ColumnMissing(name, column) => table(name).column(column).is_none(),
            Probe::IndexExists(name, index) => table(name).indexes.iter().any(|i| &i.name == index),
            Probe::IndexMissing(name, index) => !table(name).indexes.iter().any(|i| &i.name == index),
            Probe::ForeignKeyExists(name, key) => {
                table(name).foreign_keys.iter().any(|k| k.name.as_ref() == Some(key))
            }
            Probe::ForeignKeyMissing(name, key) => {
                !table(name).foreign_keys.iter().any(|k| k.name.as_ref() == Some(key))
            }
            Probe::Repeatable => {
                self.run(&statement.sql).await;
                true
            }
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
        driver_for(self.url.scheme()).unwrap().drop_database(&self.url).await.unwrap();
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
        t.unsigned_integer("positive").default("5");
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
        t.string_of("number_like", 20).default(5);
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
                t.drop_foreign_named("pairs_first_id_foreign");
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
    for base in [POSTGRES, MARIADB] {
        let mut server = Server::new(base).await;
        for step in evolve() {
            server.apply(step).await;
        }
        let names: BTreeSet<TableName> = ["tags".into(), "nowhere".into()].into();
        let some = server.dialect.inspect(&mut *server.connection, Some(&names)).await.unwrap();
        assert_eq!(some.tables.keys().map(ToString::to_string).collect::<Vec<_>>(), ["tags"]);
        server.drop().await;
    }
}

#[tokio::test]
async fn what_is_not_there_is_named() {
    for base in [POSTGRES, MARIADB] {
        let mut server = Server::new(base).await;
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
async fn a_changed_column_keeps_what_is_not_mentioned_on_postgres() {
    let mut server = Server::new(POSTGRES).await;
    server
        .run(
            "CREATE TABLE kept (id bigint PRIMARY KEY, a varchar(10) COLLATE \"C\" DEFAULT 'x', b text NOT NULL \
             DEFAULT '12', c boolean DEFAULT true, d integer DEFAULT 1, e integer, f integer, g json, \
             h varchar(40) DEFAULT lower('X'))",
        )
        .await;
    server.run("COMMENT ON COLUMN kept.a IS 'about a'").await;
    server.run("INSERT INTO kept VALUES (41, 'ab', '34', true, 5, 1, 2, '{}')").await;
    let before = server.table("kept").await;
    server
        .apply(|s| {
            s.table("kept", |t| {
                t.string_of("a", 20).change();
            })
        })
        .await;
    let after = server.table("kept").await;
    let mut expected = before.columns[1].clone();
    expected.type_name = "character varying(20)".to_owned();
    assert_eq!(after.columns[1], expected);
    assert_eq!(expected.collation.as_deref(), Some("C"));
    assert_eq!(expected.comment.as_deref(), Some("about a"));

    // Across families: rows and defaults are converted, not lost.
    server
        .apply(|s| {
            s.table("kept", |t| {
                t.integer("b").change();
                t.integer("c").change();
                t.boolean("d").change();
                t.string("e").change();
                t.jsonb("g").change();
            })
        })
        .await;
    let table = server.table("kept").await;
    let defaults: Vec<Option<&str>> = table.columns.iter().map(|column| column.default.as_deref()).collect();
    assert_eq!(defaults[2..5], [Some("12"), Some("1"), Some("true")]);
    let row =
        server.connection.query("SELECT a, b::text, c::text, d::text, e FROM kept").await.unwrap().remove(0);
    let cells: Vec<Option<&str>> = (0..5).map(|at| row.at(at)).collect();
    assert_eq!(cells, [Some("ab"), Some("34"), Some("1"), Some("true"), Some("1")]);

    // A text that does not fit is refused, never cut.
    let narrow = Schema::record(|s| {
        s.table("kept", |t| {
            t.string_of("a", 1).change();
        })
    })
    .operations
    .remove(0);
    let before = server.inspect().await;
    let statement = server.dialect.compile(&narrow, &before).unwrap().remove(0);
    let error = server.connection.execute(&statement.sql).await.unwrap_err();
    assert_eq!(error.code.as_deref(), Some("22001"));

    // Counting goes on behind the rows that are there.
    server
        .apply(|s| {
            s.table("kept", |t| {
                t.big_integer("id").auto_increment().change();
            })
        })
        .await;
    server.run("INSERT INTO kept (a, b, c, e, f) VALUES ('n', 1, 0, 'x', 3)").await;
    let row = server.connection.query("SELECT max(id)::text AS id FROM kept").await.unwrap().remove(0);
    assert_eq!(row.text("id"), Some("42"));
    server.drop().await;
}

#[tokio::test]
async fn a_changed_column_keeps_what_is_not_mentioned_on_mariadb() {
    let mut server = Server::new(MARIADB).await;
    server
        .run(
            "CREATE TABLE kept (id bigint unsigned NOT NULL, a varchar(10) COLLATE utf8mb4_bin NULL DEFAULT 'it''s' \
             COMMENT 'about ''a''', b timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(), \
             c int NOT NULL DEFAULT 5 CHECK (c > 1), d varchar(36) DEFAULT uuid(), e int DEFAULT (1 + 2), \
             f varchar(9) CHARACTER SET latin1 NOT NULL DEFAULT '')",
        )
        .await;
    let before = server.table("kept").await;
    server
        .apply(|s| {
            s.table("kept", |t| {
                t.string_of("a", 20).change();
                t.timestamp("b").comment("when").change();
                t.big_integer("c").change();
                t.string_of("d", 40).change();
                t.big_integer("e").change();
                t.text("f").change();
                t.big_integer("id").unsigned().auto_increment().change();
            })
        })
        .await;
    let after = server.table("kept").await;
    let types = [
        "bigint(20) unsigned",
        "varchar(20)",
        "timestamp",
        "bigint(20)",
        "varchar(40)",
        "bigint(20)",
        "text",
    ];
    let mut expected = before.columns.clone();
    for (column, type_name) in expected.iter_mut().zip(types) {
        column.type_name = type_name.to_owned();
    }
    expected[0].auto_increment = true;
    expected[2].comment = Some("when".to_owned());
    assert_eq!(after.columns, expected);
    assert_eq!(after.columns[1].collation.as_deref(), Some("utf8mb4_bin"));
    assert_eq!(after.columns[2].extra.as_deref(), Some("on update current_timestamp()"));
    assert_eq!(after.columns[3].extra.as_deref(), Some("check (`c` > 1)"));
    server.drop().await;
}

#[tokio::test]
async fn a_required_timestamp_stays_as_it_is_asked_for() {
    let mut server = Server::new(MARIADB).await;
    server
        .apply(|s| {
            s.create("t", |t| {
                t.timestamp("at");
                t.timestamp_of("fine", 3).use_current();
                t.timestamp("later").nullable();
            })
        })
        .await;
    let table = server.table("t").await;
    for column in &table.columns {
        assert_eq!(column.extra, None, "{}", column.name);
    }
    assert_eq!(table.columns[0].default, None);
    server.drop().await;
}

#[tokio::test]
async fn checks_and_their_columns() {
    let mut server = Server::new(POSTGRES).await;
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

    let mut server = Server::new(MARIADB).await;
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

#[tokio::test]
async fn indexes_of_foreign_keys_come_and_go_as_the_server_does_it() {
    let mut server = Server::new(MARIADB).await;
    server
        .apply(|s| {
            s.create("p", |t| {
                t.id();
            });
            s.create("c", |t| {
                t.foreign_id("p_id").constrained("p");
                t.integer("n");
                t.integer("m");
            });
        })
        .await;
    assert_eq!(server.table("c").await.indexes[0].name, "c_p_id_foreign");
    server.apply(|s| s.table("c", |t| t.index(["p_id", "n"]))).await;
    assert_eq!(server.table("c").await.indexes.len(), 1);
    server
        .apply(|s| {
            s.table("c", |t| {
                t.index(["m", "n"]);
                t.drop_column("n");
            })
        })
        .await;
    server.apply(|s| s.table("c", |t| t.drop_constrained_foreign_id("p_id"))).await;
    server.drop().await;
}

#[tokio::test]
async fn a_key_that_others_made_is_found_and_dropped() {
    let mut server = Server::new(POSTGRES).await;
    server.run("CREATE TABLE t (id bigint PRIMARY KEY, a integer, b integer)").await;
    server.run("CREATE UNIQUE INDEX t_a_unique ON t (a)").await;
    server.run("CREATE INDEX partial ON t (lower(a::text), b DESC) WHERE b > 0").await;
    server.run("CREATE INDEX hashed ON t USING hash (b)").await;
    let table = server.table("t").await;
    assert_eq!(table.indexes[1].columns, ["lower(a::text)", "b"]);
    assert!(table.indexes[1].sql.as_deref().is_some_and(|sql| sql.contains("WHERE")), "{table:?}");
    assert!(table.indexes[0].sql.is_some() && table.indexes[2].sql.is_none());
    server
        .apply(|s| {
            s.table("t", |t| {
                t.drop_unique("a");
                t.drop_primary("id");
            })
        })
        .await;
    server.drop().await;
}

#[tokio::test]
async fn schemas_and_strangers() {
    let mut server = Server::new(POSTGRES).await;
    server.run("CREATE SCHEMA audit").await;
    server
        .apply(|s| {
            s.create("users", |t| {
                t.id();
            })
        })
        .await;
    let create = Schema::record(|s| {
        s.create("audit.entries", |t| {
            t.id();
            t.foreign_id("user_id").index().constrained("users");
            t.enumeration("kind", &["a"]).comment("c");
        })
    })
    .operations
    .remove(0);
    for statement in server.dialect.compile(&create, &DatabaseSchema::default()).unwrap() {
        server.run(&statement.sql).await;
    }
    assert_eq!(server.inspect().await.tables.len(), 1);
    let names = BTreeSet::from([TableName::parse("audit.entries")]);
    let role = format!("arvel_reader_{}", std::process::id());
    server.run(&format!("CREATE ROLE {role}")).await;
    server.run(&format!("SET ROLE {role}")).await;
    let found = server.dialect.inspect(&mut *server.connection, Some(&names)).await.unwrap();
    server.run("RESET ROLE").await;
    server.run(&format!("DROP ROLE {role}")).await;
    let mut folded = DatabaseSchema::default();
    server.dialect.fold(&create, &mut folded);
    assert_eq!(found, folded);
    let moved = Schema::record(|s| s.rename("audit.entries", "public.log")).operations.remove(0);
    for statement in server.dialect.compile(&moved, &found).unwrap() {
        server.run(&statement.sql).await;
    }
    assert_eq!(server.inspect().await.tables.len(), 2);
    let refused = server.refusal(|s| s.rename("audit.entries", "log")).await;
    assert!(matches!(refused, CompileError::Unsupported { .. }));
    server.drop().await;
}

#[tokio::test]
async fn a_wipe_leaves_what_is_kept_and_what_is_elsewhere() {
    let cases: [(&str, &[&str], &str); 2] = [
        (
            POSTGRES,
            &[
                "CREATE SCHEMA other",
                "CREATE TABLE other.stays (id integer)",
                "CREATE TABLE arvel_migrations (id bigint GENERATED BY DEFAULT AS IDENTITY)",
                "CREATE TYPE mood AS ENUM ('a')",
                "CREATE DOMAIN positive AS integer CHECK (VALUE > 0)",
                "CREATE TYPE pair AS (one mood, two positive)",
                "CREATE SEQUENCE loose",
                "CREATE TABLE a (id bigserial PRIMARY KEY, m mood, b bigint)",
                "CREATE TABLE b (id bigint PRIMARY KEY REFERENCES a (id), n integer DEFAULT nextval('loose'))",
                "ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b (id)",
                "CREATE TABLE parts (day date) PARTITION BY RANGE (day)",
                "CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM ('2020-01-01') TO ('2021-01-01')",
                "CREATE VIEW base AS SELECT id FROM a",
                "CREATE MATERIALIZED VIEW above AS SELECT id FROM base",
                "CREATE VIEW top AS SELECT id FROM above",
                "CREATE FUNCTION all_of_a() RETURNS SETOF a LANGUAGE sql AS 'SELECT * FROM a'",
            ],
            "SELECT count(*)::text AS n FROM pg_class c WHERE relnamespace = 'public'::regnamespace \
             OR relnamespace = 'other'::regnamespace",
        ),
        (
            MARIADB,
            &[
                "CREATE TABLE arvel_migrations (id bigint)",
                "CREATE TABLE a (id bigint PRIMARY KEY, b bigint)",
                "CREATE TABLE b (id bigint PRIMARY KEY, FOREIGN KEY (id) REFERENCES a (id))",
                "ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b (id)",
                "CREATE VIEW base AS SELECT id FROM a",
                "CREATE VIEW top AS SELECT id FROM base",
                "CREATE SEQUENCE loose",
            ],
            "SELECT count(*) AS n FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()",
        ),
    ];
    for (base, setup, count) in cases {
        let mut server = Server::new(base).await;
        for sql in setup {
            server.run(sql).await;
        }
        let keep = ["arvel_migrations".to_owned()];
        let statements = server.dialect.wipe(&mut *server.connection, &keep).await.unwrap();
        for statement in &statements {
            server.run(&statement.sql).await;
        }
        let left: Vec<String> = server.inspect().await.tables.keys().map(ToString::to_string).collect();
        assert_eq!(left, keep);
        // The kept table with its sequence, and on PostgreSQL the table elsewhere.
        let row = server.connection.query(count).await.unwrap().remove(0);
        assert_eq!(row.integer("n"), Some(if base == POSTGRES { 3 } else { 1 }), "{statements:#?}");
        assert!(server.dialect.wipe(&mut *server.connection, &keep).await.unwrap().is_empty());
        server.drop().await;
    }
}
