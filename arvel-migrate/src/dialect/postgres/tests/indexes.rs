//! Indexes and unique keys with all that they can say, as they are written and as the server keeps them.

use super::{Body, refused, sql};
use crate::{
    dialect::server_tests::{POSTGRES, Server},
    dsl::{Schema, column, desc, expression, named},
    operation::IndexKind,
};

fn table(s: &mut Schema) {
    s.create("posts", |t| {
        t.id();
        t.string("title");
        t.text("body").nullable();
        t.char("code", 3);
        t.string("lang").collation("C");
        t.jsonb("data");
        t.ts_vector("search").nullable();
        t.point("spot").nullable();
        t.integer("n").nullable();
        t.integer("m").nullable();
        t.integer("numbers").array();
        t.string("Odd \"name");
    });
}

fn indexes(s: &mut Schema) {
    s.table("posts", |t| {
        t.index([desc("n"), column("m").nulls_first()]).named("ordered");
        t.index([desc("n").nulls_first(), column("m").nulls_last()]).named("usual_order");
        t.index(desc("m").nulls_last()).named("other_order").comment("it's \"the\" one");
        t.index("title").where_("n > 0").named("partial");
        t.unique("title").where_("n > 0").named("partial_unique");
        t.index(expression("lower(body)")).named("expressed");
        t.index([expression("n + 1"), column("m"), expression("n * m").desc()]).named("sums");
        t.unique(expression("upper(body)")).named("expressed_unique");
        t.index(column("body").operator_class("text_pattern_ops")).named("classed");
        t.index(column("title").operator_class("text_ops")).named("own_class");
        t.index([column("title").collation("C"), column("lang").collation("POSIX")]).named("collated");
        t.index(column("lang").collation("C")).named("own_collation");
        t.index("n").method("hash").named("hashed");
        t.index("n").method("btree").named("own_method");
        t.index("n")
            .method("brin")
            .parameter("pages_per_range", "16")
            .parameter("autosummarize", "on")
            .named("brin");
        t.index("data").method("gin").named("documents");
        t.index(column("data").operator_class("jsonb_path_ops")).method("gin").named("paths");
        t.index("numbers").method("gin").parameter("fastupdate", "off").named("elements");
        t.index("n").include(["m", "Odd \"name"]).named("covering");
        t.index("Odd \"name").parameter("fillfactor", "70");
        t.unique(["n", "m"]).nulls_not_distinct().named("nulls").comment("one NULL only");
        t.unique("n").deferrable().named("later");
        t.unique("m").initially_deferred().include("n").parameter("fillfactor", "80").named("at_the_end");
        t.unique(["n", "code"]).nulls_not_distinct().where_("m IS NULL").named("nulls_in_part");
        t.full_text("title");
        t.full_text("body").language("german").named("words");
        t.full_text(["title", "body", "code", "Odd \"name"]).named("all_words");
        t.full_text("data").method("gist").named("json_words");
        t.full_text("search");
        t.index("search").method("gist").named("search_by_gist");
        t.spatial_index("spot");
        t.index("spot").method("gist").named("also_spatial");
        t.index("spot").method("spgist").named("by_quadrants");
    });
}

#[tokio::test]
async fn every_index_is_read_back_as_it_was_written() {
    let Some(mut server) = Server::new(POSTGRES).await else { return };
    server.apply(table).await;
    server.apply(indexes).await;
    let posts = server.table("posts").await;
    let kind = |name: &str| posts.indexes.iter().find(|index| index.name == name).map(|index| index.kind);
    assert_eq!(kind("also_spatial"), Some(IndexKind::Spatial));
    assert_eq!(kind("posts_search_fulltext"), Some(IndexKind::FullText));
    assert_eq!(kind("by_quadrants"), Some(IndexKind::Index));
    assert!(posts.indexes.iter().all(|index| index.sql.is_none() && !index.invalid));
    let steps: [Body; 5] = [
        |s| {
            s.table("posts", |t| {
                t.rename_column("n", "Amount of");
                t.rename_column("body", "text");
            })
        },
        |s| s.table("posts", |t| t.rename_index("all_words", "Every word")),
        |s| {
            s.table("posts", |t| {
                t.drop_unique(named("nulls"));
                t.drop_unique(named("partial_unique"));
                t.drop_full_text(named("Every word"));
                t.drop_spatial_index("spot");
                t.drop_index(named("hashed"));
            })
        },
        |s| s.table("posts", |t| t.drop_columns(["m", "text", "lang"])),
        |s| s.rename("posts", "articles"),
    ];
    for step in steps {
        server.apply(step).await;
    }
    server.drop().await;
}

#[tokio::test]
async fn indexes_of_a_new_table_are_read_back_too() {
    let Some(mut server) = Server::new(POSTGRES).await else { return };
    server
        .apply(|s| {
            s.create("posts", |t| {
                t.string("title").unique().full_text();
                t.ts_vector("search").full_text();
                t.point("spot").spatial_index();
                t.integer("n");
                t.unique("n").where_("n > 0").comment("the positive ones");
                t.unique(["n", "title"]).initially_deferred().comment("checked late");
                t.index("n").where_("n > 0").comment("some");
                t.index(desc("title")).parameter("fillfactor", "50").named("down");
            })
        })
        .await;
    server.drop().await;
}

#[tokio::test]
async fn a_row_with_a_null_is_found_by_its_other_words() {
    let Some(mut server) = Server::new(POSTGRES).await else { return };
    server
        .apply(|s| {
            s.create("posts", |t| {
                t.string("title");
                t.text("body").nullable();
                t.full_text(["title", "body"]);
            })
        })
        .await;
    server.run("INSERT INTO posts VALUES ('running fast', NULL)").await;
    server.run("SET enable_seqscan = off").await;
    let search = "(to_tsvector('english', coalesce(title, '')) || to_tsvector('english', coalesce(body, ''))) \
                  @@ plainto_tsquery('english', 'run')";
    let rows = server.connection.query(&format!("SELECT title FROM posts WHERE {search}")).await.unwrap();
    assert_eq!(rows.len(), 1);
    let plan = server.connection.query(&format!("EXPLAIN SELECT * FROM posts WHERE {search}")).await.unwrap();
    let plan: Vec<&str> = plan.iter().filter_map(|row| row.at(0)).collect();
    assert!(plan.iter().any(|line| line.contains("posts_title_body_fulltext")), "{plan:?}");
    server.drop().await;
}

#[tokio::test]
async fn what_no_field_says_is_kept_as_text() {
    let Some(mut server) = Server::new(POSTGRES).await else { return };
    server.run("CREATE EXTENSION pg_trgm").await;
    server.run("CREATE TABLE t (a text, b text)").await;
    server.run("CREATE INDEX signed ON t USING gist (a gist_trgm_ops (siglen='32'))").await;
    server.run("CREATE INDEX words ON t USING gin (to_tsvector('english', a || ' ' || b))").await;
    let table = server.table("t").await;
    let (signed, words) = (&table.indexes[0], &table.indexes[1]);
    assert!(signed.sql.as_deref().is_some_and(|sql| sql.contains("siglen")), "{signed:?}");
    assert_eq!(signed.columns[0].operator_class.as_deref(), Some("gist_trgm_ops"));
    assert_eq!((words.kind, words.method.as_deref()), (IndexKind::Index, Some("gin")));
    assert_eq!(words.texts(), ["to_tsvector('english'::regconfig, (a || ' '::text) || b)"]);
    server.drop().await;
}

#[test]
fn how_indexes_are_written() {
    let written = sql(|s| {
        table(s);
        indexes(s);
    });
    for part in [
        r#"CREATE INDEX "ordered" ON "posts" ("n" DESC, "m" NULLS FIRST);"#,
        r#"CREATE UNIQUE INDEX "partial_unique" ON "posts" ("title") WHERE n > 0;"#,
        r#"CREATE UNIQUE INDEX "expressed_unique" ON "posts" ((upper(body)));"#,
        r#"CREATE INDEX "collated" ON "posts" ("title" COLLATE "C", "lang" COLLATE "POSIX");"#,
        r#"CREATE INDEX "brin" ON "posts" USING "brin" ("n") WITH ("pages_per_range" = '16', "autosummarize" = 'on');"#,
        r#"CREATE INDEX "paths" ON "posts" USING "gin" ("data" "jsonb_path_ops");"#,
        r#"CREATE INDEX "covering" ON "posts" ("n") INCLUDE ("m", "Odd ""name");"#,
        r#"ADD CONSTRAINT "nulls" UNIQUE NULLS NOT DISTINCT ("n", "m")"#,
        r#"ADD CONSTRAINT "at_the_end" UNIQUE ("m") INCLUDE ("n") WITH ("fillfactor" = '80') DEFERRABLE INITIALLY DEFERRED"#,
        r#"COMMENT ON INDEX "other_order" IS 'it''s "the" one';"#,
        r#"CREATE INDEX "words" ON "posts" USING "gin" (to_tsvector('german', "body"));"#,
        r#"CREATE INDEX "posts_search_fulltext" ON "posts" USING "gin" ("search");"#,
        r#"CREATE INDEX "posts_spot_spatial_index" ON "posts" USING "gist" ("spot");"#,
    ] {
        assert!(written.contains(part), "{part} in {written}");
    }
}

/// An extension that is not here: rendered, not run.
#[test]
fn how_a_vector_index_is_written() {
    let written = sql(|s| {
        s.create("docs", |t| {
            t.vector_of("embedding", 3).vector_index();
            t.vector_index(column("embedding").operator_class("vector_l2_ops"))
                .parameter("m", "16")
                .named("by_l2");
            t.vector_index("embedding").method("ivfflat").parameter("lists", "100").named("flat");
        });
    });
    let expected = r#"CREATE INDEX "by_l2" ON "docs" USING "hnsw" ("embedding" "vector_l2_ops") WITH ("m" = '16');
CREATE INDEX "flat" ON "docs" USING "ivfflat" ("embedding" "vector_cosine_ops") WITH ("lists" = '100');
CREATE INDEX "docs_embedding_vector_index" ON "docs" USING "hnsw" ("embedding" "vector_cosine_ops");
"#;
    assert!(written.ends_with(expected), "{written}");
}

#[test]
fn what_no_index_can_say_is_refused() {
    let cases: [(&str, Body, &str); 7] = [
        (
            "150000",
            |s| {
                s.table("t", |t| {
                    t.index(crate::dsl::prefix("a", 5));
                })
            },
            "`prefix`: an index holds whole values; use an index over the expression `left(column, length)`",
        ),
        (
            "140000",
            |s| {
                s.table("t", |t| {
                    t.unique("a").nulls_not_distinct();
                })
            },
            "`nulls_not_distinct`: NULLs are the same value for a unique key from PostgreSQL 15 on; use a unique index \
             over `coalesce(…)`, with a value that is not used otherwise",
        ),
        (
            "",
            |s| {
                s.table("t", |t| {
                    t.unique("a").where_("a > 0").deferrable();
                })
            },
            "`t_a_unique` can not wait for the end of the transaction: only a unique key over whole columns can; take \
             `deferrable()` away, or what makes it more than a unique key",
        ),
        (
            "",
            |s| {
                s.table("t", |t| {
                    t.index("a").nulls_not_distinct();
                })
            },
            "`t_a_index` is not unique, so that NULLs do not collide; make it unique",
        ),
        (
            "",
            |s| {
                s.table("t", |t| {
                    t.index("a").language("german");
                })
            },
            "`t_a_index` is no full text index, and has no language; use `full_text(…)`",
        ),
        (
            "",
            |s| {
                s.create("t", |t| {
                    t.json("a");
                    t.text("b");
                    t.full_text(["a", "b"]);
                })
            },
            "column `a` is no text, and can not be a part of one document with others; make an index for it alone",
        ),
        (
            "",
            |s| {
                s.table("t", |t| {
                    t.index("a").invisible();
                })
            },
            "`index invisible`: the planner may use every index; drop the index, inside a transaction that can be rolled \
             back to see what happens without it",
        ),
    ];
    for (version, body, expected) in cases {
        let found = refused(version, body);
        assert!(found.ends_with(expected), "{found}");
    }
}
