//! Changes on a real server: what is not mentioned stays, and what the server does by itself is foreseen.

use super::sql;
use crate::dialect::server_tests::{MARIADB, Server};

#[tokio::test]
async fn a_changed_column_keeps_what_is_not_mentioned_on_mariadb() {
    let Some(mut server) = Server::new(MARIADB).await else { return };
    server
        .run(
            "CREATE TABLE kept (id bigint unsigned NOT NULL, a varchar(10) COLLATE utf8mb4_bin NULL DEFAULT 'it''s' \
             COMMENT 'about ''a''', b timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(), \
             c int NOT NULL DEFAULT 5 CHECK (c > 1), d varchar(36) DEFAULT uuid(), e int DEFAULT (1 + 2), \
             f varchar(9) CHARACTER SET latin1 NOT NULL DEFAULT '', g int AS (`c` * 2) STORED)",
        )
        .await;
    let before = server.table("kept").await;
    server
        .apply(|s| {
            s.table("kept", |t| {
                t.string_of("a", 20).change();
                t.timestamp_of("b", 3).comment("when").change();
                t.big_integer("c").change();
                t.string_of("d", 40).change();
                t.big_integer("e").change();
                t.big_integer("g").change();
                t.text("f").change();
                t.big_integer("id").unsigned().auto_increment().change();
            })
        })
        .await;
    let after = server.table("kept").await;
    let types = [
        "bigint(20) unsigned",
        "varchar(20)",
        "timestamp(3)",
        "bigint(20)",
        "varchar(40)",
        "bigint(20)",
        "text",
        "bigint(20)",
    ];
    let mut expected = before.columns.clone();
    for (column, type_name) in expected.iter_mut().zip(types) {
        column.type_name = type_name.to_owned();
    }
    expected[0].auto_increment = true;
    expected[2].comment = Some("when".to_owned());
    expected[2].default = Some("current_timestamp(3)".to_owned());
    expected[2].extra = Some("on update current_timestamp(3)".to_owned());
    assert_eq!(after.columns, expected);
    assert_eq!(after.columns[1].collation.as_deref(), Some("utf8mb4_bin"));
    assert_eq!(after.columns[2].extra.as_deref(), Some("on update current_timestamp(3)"));
    assert_eq!(after.columns[3].extra.as_deref(), Some("check (`c` > 1)"));
    server.drop().await;
}

#[tokio::test]
async fn a_required_timestamp_stays_as_it_is_asked_for() {
    let Some(mut server) = Server::new(MARIADB).await else { return };
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
async fn indexes_of_foreign_keys_come_and_go_as_the_server_does_it() {
    let Some(mut server) = Server::new(MARIADB).await else { return };
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
    server
        .apply(|s| {
            s.table("c", |t| {
                t.index(["p_id", "n"]);
            })
        })
        .await;
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
async fn a_table_comes_back_as_it_was() {
    let Some(mut server) = Server::new(MARIADB).await else { return };
    let tables = [
        "(id int AUTO_INCREMENT, n int, KEY own (id), PRIMARY KEY (n))",
        "(id int AUTO_INCREMENT, n int, PRIMARY KEY (id, n))",
        "(id int AUTO_INCREMENT, n int, UNIQUE KEY own (id))",
        "(a int, d date) PARTITION BY LINEAR HASH (a) PARTITIONS 3",
        "(a int, d date) PARTITION BY RANGE COLUMNS (d, a) (PARTITION `p 1` VALUES LESS THAN ('2020-01-01', 5))",
        "(a int, d date) PARTITION BY LIST (year(d)) (PARTITION p VALUES IN (2020, 2021))",
        "(a int, b text COLLATE latin1_bin) ENGINE=Aria COLLATE latin1_swedish_ci ROW_FORMAT=PAGE MAX_ROWS=9",
        "(a int, g point REF_SYSTEM_ID=4326 NOT NULL, SPATIAL KEY s (g), c int AS (a + 1) VIRTUAL INVISIBLE)",
        "(a timestamp NULL ON UPDATE now(), b bit(3) DEFAULT b'101', c set('x','y') DEFAULT 'x' COMMENT 'it''s')",
        "(a varchar(20), b text, KEY k (a DESC, b(5)) COMMENT 'c' IGNORED, UNIQUE KEY h (b) USING HASH)",
        "(a int CHECK (a > 1), b json DEFAULT '{}', c varchar(9) DEFAULT concat('a', 'b'), CONSTRAINT x CHECK (a < 9))",
    ];
    for definition in tables {
        server.run(&format!("CREATE TABLE t {definition}")).await;
        let before = server.table("t").await;
        let operations = server.dialect.restore(&"t".into(), &before);
        server.run("DROP TABLE t").await;
        for operation in &operations {
            for statement in server.compile(operation).await {
                server.run(&statement.sql).await;
            }
        }
        assert_eq!(server.table("t").await, before, "{definition}");
        server.run("DROP TABLE t").await;
    }
    server.drop().await;
}

#[test]
fn a_computed_column_changes_before_the_column_that_it_reads_gets_another_name() {
    // In one ALTER the expression would be read with the new name.
    let sent = sql("10.11.6-MariaDB", |s| {
        s.create("t", |t| {
            t.integer("n");
            t.integer("twice").virtual_as("n * 2");
        });
        s.table("t", |t| {
            t.big_integer("twice").change();
            t.rename_column("n", "m");
        });
    });
    let after = "ALTER TABLE `t` MODIFY COLUMN `twice` bigint GENERATED ALWAYS AS (n * 2) VIRTUAL;\n\
                 ALTER TABLE `t` RENAME COLUMN `n` TO `m`;\n";
    assert!(sent.ends_with(after), "{sent}");
}

#[tokio::test]
async fn a_foreign_key_that_used_a_dropped_index_gets_one_of_its_own() {
    let Some(mut server) = Server::new(MARIADB).await else { return };
    server
        .apply(|s| {
            s.create("p", |t| {
                t.id();
            });
            s.create("c", |t| {
                t.foreign_id("p_id").constrained("p");
                t.foreign_id("q_id").constrained("p");
                t.integer("n");
                t.primary(["q_id", "n"]);
            });
            s.table("c", |t| {
                t.unique(["p_id", "n"]);
            });
        })
        .await;
    let names = |table: &crate::schema::Table| -> Vec<String> {
        table.indexes.iter().map(|index| index.name.clone()).collect()
    };
    assert_eq!(names(&server.table("c").await), ["c_p_id_n_unique"]);
    let statements = server
        .apply(|s| {
            s.table("c", |t| {
                t.drop_unique(["p_id", "n"]);
                t.drop_primary(["q_id", "n"]);
            })
        })
        .await;
    assert_eq!(statements.len(), 1, "{statements:#?}");
    assert_eq!(names(&server.table("c").await), ["c_p_id_foreign", "c_q_id_foreign"]);
    // A key that goes with its index, or finds another one, needs none.
    server
        .apply(|s| {
            s.create("d", |t| {
                t.foreign_id("p_id").index().constrained("p");
                t.integer("n");
            });
            s.table("d", |t| {
                t.drop_index("p_id");
                t.unique(["p_id", "n"]);
            });
        })
        .await;
    assert_eq!(names(&server.table("d").await), ["d_p_id_n_unique"]);
    server
        .apply(|s| {
            s.table("d", |t| {
                t.drop_unique(["p_id", "n"]);
                t.drop_foreign("p_id");
            })
        })
        .await;
    assert!(names(&server.table("d").await).is_empty());
    server.drop().await;
}

#[tokio::test]
async fn a_column_that_a_foreign_key_references_is_renamed_beside_a_change_that_copies() {
    let Some(mut server) = Server::new(MARIADB).await else { return };
    server
        .apply(|s| {
            s.create("p", |t| {
                t.id();
                t.string("x").nullable();
            });
            s.create("c", |t| {
                t.foreign_id("p_id").constrained("p");
            });
        })
        .await;
    server
        .apply(|s| {
            s.table("p", |t| {
                t.rename_column("id", "number");
                t.string_of("x", 10).nullable().change();
            })
        })
        .await;
    server.drop().await;
}

#[tokio::test]
async fn a_column_of_a_key_over_several_is_not_dropped_without_the_key() {
    let Some(mut server) = Server::new(MARIADB).await else { return };
    server
        .apply(|s| {
            s.create("t", |t| {
                t.integer("a");
                t.integer("b");
                t.integer("c");
                t.primary(["a", "b"]);
                t.unique(["b", "c"]);
            })
        })
        .await;
    let before = server.inspect().await;
    for (column, key) in [("a", "the primary key"), ("c", "the unique key `t_b_c_unique`")] {
        let change = crate::operation::TableChange::DropColumn { name: column.to_owned() };
        let drop = crate::operation::Operation::AlterTable { table: "t".into(), changes: vec![change] };
        let refused = server.dialect.compile(&drop, &before).unwrap_err().to_string();
        assert!(refused.contains(key), "{refused}");
    }
    server
        .apply(|s| {
            s.table("t", |t| {
                t.drop_column("c");
                t.drop_unique(["b", "c"]);
            })
        })
        .await;
    server.drop().await;
}

#[tokio::test]
async fn a_column_of_a_key_is_renamed_beside_a_change_that_copies_the_table() {
    let Some(mut server) = Server::new(MARIADB).await else { return };
    // "Columns participating in a foreign key are renamed" (1846), in one ALTER.
    let sent = server
        .apply(|s| {
            s.create("t", |t| {
                t.id();
                t.foreign_id("parent").constrained("t");
                t.integer("n");
                t.integer("twice").virtual_as("`n` * 2");
            });
            s.table("t", |t| {
                t.rename_column("parent", "above");
                t.drop_column("twice");
            });
        })
        .await;
    let sent: Vec<&str> = sent.iter().skip(1).map(|statement| statement.sql.as_str()).collect();
    assert_eq!(
        sent,
        ["ALTER TABLE `t` RENAME COLUMN `parent` TO `above`", "ALTER TABLE `t` DROP COLUMN `twice`"]
    );
    server.drop().await;
}

#[test]
fn a_new_column_has_the_collation_that_the_table_had_when_it_came() {
    let sent = sql("10.11.6-MariaDB", |s| {
        s.table("t", |t| {
            t.string("a").nullable();
            t.collation("utf8mb4_bin");
        });
    });
    let after = "ALTER TABLE `t` ADD COLUMN `a` varchar(255) NULL;\nALTER TABLE `t` COLLATE = utf8mb4_bin;\n";
    assert_eq!(sent, after);
}
