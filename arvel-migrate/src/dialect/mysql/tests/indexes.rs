//! Indexes as text, and on a real server.

use crate::{
    dialect::{
        Dialect,
        server_tests::{MARIADB, Server},
    },
    dsl::{Schema, desc, expression, named, prefix},
    operation::IndexKind,
    schema::{DatabaseSchema, Table},
    undo,
};

use super::{MySql, driver, sql};

fn indexes(s: &mut Schema) {
    s.create("searched", |t| {
        t.id();
        t.string("title");
        t.string_of("short", 10).nullable();
        t.text("body").nullable();
        t.binary("bytes").nullable();
        t.geometry_of("place", "point");
        t.index([prefix("body", 20), prefix("bytes", 8)]).named("parts");
        t.index([desc("title"), "short".into()]).comment("it's");
        t.index([prefix("short", 10)]).named("whole").invisible();
        t.index("title").named("by_btree").method("btree");
        t.unique([prefix("title", 5).desc(), "id".into()]).named("start");
        t.full_text(["title", "body"]).comment("words");
        t.spatial_index("place");
    });
    s.table("searched", |t| {
        t.full_text("title").named("titles").invisible();
        t.index([prefix("title", 7)]).named("again");
        t.drop_index(named("by_btree"));
        t.drop_full_text(["title", "body"]);
        t.drop_spatial_index("place");
    });
}

const INDEXES: &str = r#"CREATE TABLE `searched` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `title` varchar(255) NOT NULL,
    `short` varchar(10) NULL,
    `body` text NULL,
    `bytes` blob NULL,
    `place` point NOT NULL,
    INDEX `parts` (`body`(20), `bytes`(8)),
    INDEX `searched_title_short_index` (`title` DESC, `short`) COMMENT 'it''s',
    INDEX `whole` (`short`(10)) IGNORED,
    INDEX `by_btree` USING BTREE (`title`),
    UNIQUE INDEX `start` (`title`(5) DESC, `id`),
    FULLTEXT INDEX `searched_title_body_fulltext` (`title`, `body`) COMMENT 'words',
    SPATIAL INDEX `searched_place_spatial_index` (`place`)
);
ALTER TABLE `searched`
    ADD FULLTEXT INDEX `titles` (`title`) IGNORED,
    ADD INDEX `again` (`title`(7)),
    DROP INDEX `by_btree`,
    DROP INDEX `searched_title_body_fulltext`,
    DROP INDEX `searched_place_spatial_index`;
"#;

#[test]
fn indexes_as_text() {
    assert_eq!(sql("", indexes), INDEXES);
    assert_eq!(sql("8.4.0", indexes), INDEXES.replace("IGNORED", "INVISIBLE"));
}

#[test]
fn what_only_mysql_has_is_rendered_for_it() {
    let text = sql("8.4.0", |s| {
        s.create("t", |t| {
            t.string("name");
            t.text("body");
            t.index([expression("lower(`name`)"), expression("length(`body`)").desc()]).named("by_words");
            t.unique([expression("(upper(`name`))")]).named("once");
            t.full_text("body").parameter("parser", "ngram");
        })
    });
    let text: Vec<&str> = text.lines().skip(3).map(str::trim).collect();
    assert_eq!(
        text,
        [
            "INDEX `by_words` ((lower(`name`)), (length(`body`)) DESC),",
            "UNIQUE INDEX `once` (((upper(`name`)))),",
            "FULLTEXT INDEX `t_body_fulltext` (`body`) WITH PARSER `ngram`",
            ");",
        ]
    );
}

#[test]
fn vectors_are_for_those_who_have_them() {
    let text = sql("11.8.2-MariaDB", |s| {
        s.create("t", |t| {
            t.vector_of("v", 3);
            t.vector_index("v").parameter("m", "8").parameter("distance", "cosine");
        })
    });
    assert_eq!(
        text,
        "CREATE TABLE `t` (\n    `v` vector(3) NOT NULL,\n    \
         VECTOR INDEX `t_v_vector_index` (`v`) M = 8 DISTANCE = cosine\n);\n"
    );
    let text = sql("9.1.0", |s| {
        s.create("t", |t| {
            t.vector("v").nullable();
        })
    });
    assert_eq!(text, "CREATE TABLE `t` (\n    `v` vector(2048) NULL\n);\n");
}

#[tokio::test]
async fn indexes_on_mariadb() {
    let Some(mut server) = Server::new(MARIADB).await else { return };
    server.apply(indexes).await;
    let table = server.table("searched").await;
    let index = |name: &str| table.indexes.iter().find(|index| index.name == name).unwrap();
    assert_eq!(index("titles").kind, IndexKind::FullText);
    assert!(index("titles").invisible && index("whole").invisible);
    assert_eq!(index("whole").columns[0].length, None);
    assert_eq!(index("parts").columns[1].length, Some(8));
    assert!(index("start").columns[0].descending);
    // Lengths go with the column that they are a part of.
    server
        .apply(|s| {
            s.table("searched", |t| {
                t.string_of("title", 6).change();
                t.string_of("short", 20).change();
                t.string_of("body", 20).nullable().change();
            })
        })
        .await;
    server
        .apply(|s| {
            s.table("searched", |t| {
                t.string_of("title", 3).change();
                t.drop_index(named("parts"));
                t.drop_column("bytes");
            })
        })
        .await;
    server.drop().await;
}

#[tokio::test]
async fn hashes_are_where_the_engine_keeps_them() {
    let Some(mut server) = Server::new(MARIADB).await else { return };
    server
        .apply(|s| {
            s.create("quick", |t| {
                t.integer("a");
                t.integer("b");
                t.index("a").named("by_hash").method("hash");
                t.index("a").named("by_tree").method("BTREE");
                t.unique("b").named("plain");
                t.engine("memory");
            });
            s.create("long", |t| {
                t.text("body");
                t.unique("body").method("hash");
            })
        })
        .await;
    let table = server.table("quick").await;
    let method = |name: &str| table.indexes.iter().find(|index| index.name == name).unwrap().method.clone();
    assert_eq!((method("by_hash"), method("plain")), (None, None));
    assert_eq!(method("by_tree").as_deref(), Some("btree"));
    assert_eq!(table.options.engine.as_deref(), Some("MEMORY"));
    assert_eq!(server.table("long").await.indexes[0].method.as_deref(), Some("hash"));
    server
        .apply(|s| {
            s.table("quick", |t| {
                t.index("b").named("tree").method("btree");
            })
        })
        .await;
    server.drop().await;
}

#[test]
fn the_index_that_the_server_makes_for_a_key_goes_with_it() {
    let sent = sql("10.11.6-MariaDB", |s| {
        s.create("t", |t| {
            t.id();
            t.foreign_id("a").constrained("t");
            t.foreign_id("b").index().constrained("t");
        });
        s.table("t", |t| {
            t.drop_foreign("a");
            t.drop_foreign("b");
        });
    });
    // The other key was served by the index that was asked for, which stays.
    let after = "ALTER TABLE `t`\n    DROP FOREIGN KEY `t_a_foreign`,\n    DROP INDEX `t_a_foreign`,\n    \
                 DROP FOREIGN KEY `t_b_foreign`;\n";
    assert!(sent.ends_with(after), "{sent}");
}

#[tokio::test]
async fn a_key_gets_its_own_index_back_when_the_one_goes_that_served_it() {
    let Some(mut server) = Server::new(MARIADB).await else { return };
    // Each step holds what is folded against what is inspected.
    server
        .apply(|s| {
            s.create("t", |t| {
                t.id();
                t.foreign_id("a").constrained("t").named("first");
            });
            s.table("t", |t| {
                t.index(["a", "id"]).named("wide");
            });
            s.table("t", |t| {
                t.drop_index(named("wide"));
            });
        })
        .await;
    let names = |table: Table| table.indexes.into_iter().map(|index| index.name).collect::<Vec<_>>();
    assert_eq!(names(server.table("t").await), ["first"]);
    server.drop().await;
}

#[test]
fn a_second_key_leaves_the_index_of_the_first() {
    let sent = sql("10.11.6-MariaDB", |s| {
        s.create("t", |t| {
            t.id();
            t.foreign_id("a").constrained("t").named("first");
        });
        s.table("t", |t| {
            t.foreign("a").references("id").on("t").named("second");
        });
        s.table("t", |t| {
            t.drop_foreign(named("first"));
        });
    });
    let after = "ALTER TABLE `t`\n    DROP INDEX `first`,\n    ADD INDEX `first` (`a`),\n    \
                 ADD CONSTRAINT `second` FOREIGN KEY (`a`) REFERENCES `t` (`id`);\n\
                 ALTER TABLE `t`\n    DROP FOREIGN KEY `first`,\n    DROP INDEX `first`,\n    ADD INDEX `second` (`a`);\n";
    assert!(sent.ends_with(after), "{sent}");
}

#[test]
fn a_column_takes_its_place_before_the_one_beside_it_gets_another_name() {
    let sent = sql("10.11.6-MariaDB", |s| {
        s.table("t", |t| {
            t.integer("b").nullable().after("a");
            t.rename_column("a", "c");
        });
    });
    assert_eq!(
        sent,
        "ALTER TABLE `t` ADD COLUMN `b` int NULL AFTER `a`;\nALTER TABLE `t` RENAME COLUMN `a` TO `c`;\n"
    );
}

#[test]
fn an_index_that_served_a_key_comes_back_in_the_place_of_the_made_one() {
    let up = Schema::record(|s| {
        s.create("t", |t| {
            t.id();
            t.foreign_id("a").index().constrained("t").named("key");
        });
        s.table("t", |t| {
            t.drop_index("a").online();
        });
    })
    .operations;
    let dialect = MySql::new(driver::capability("10.11.6-MariaDB"));
    let mut schema = DatabaseSchema::default();
    dialect.fold(&up[0], &mut schema);
    let back = undo::resolve(&dialect, &up[1..], schema.clone()).unwrap();
    dialect.fold(&up[1], &mut schema);
    let sent: Vec<String> =
        dialect.compile(&back[0], &schema).unwrap().into_iter().map(|one| one.sql).collect();
    assert_eq!(
        sent,
        ["ALTER TABLE `t`\n    DROP INDEX `key`,\n    ADD INDEX `t_a_index` (`a`),\n    \
             ALGORITHM = NOCOPY,\n    LOCK = NONE"]
    );
}
