//! Indexes: as text, as they are read back, and what becomes of them when their columns go.

use super::{Body, Database, compiled};
use crate::{
    dsl::{Blueprint, column, desc, expression},
    operation::{
        Deferrable, ForeignKeyDef, IndexColumn, IndexDef, IndexKey, IndexKind, Operation, TableChange,
        TableDef, TableName,
    },
};

fn index(name: &str, columns: Vec<IndexColumn>) -> IndexDef {
    IndexDef { name: name.into(), columns, ..IndexDef::default() }
}

fn all() -> Vec<IndexDef> {
    vec![
        index("down", vec!["a".into(), desc("b c")]),
        index("folded", vec![column("a").collation("nocase").desc()]),
        index("computed", vec![expression("lower(a)"), expression("a || \"b c\"").collation("rtrim").desc()]),
        IndexDef {
            predicate: Some("é IS NOT NULL AND a <> 'where x'".into()),
            ..index("some", vec!["a".into()])
        },
        IndexDef {
            kind: IndexKind::Unique,
            predicate: Some("\"b c\" > 1".into()),
            ..index("only \"one\"", vec![expression("upper(a)"), "é".into()])
        },
    ]
}

fn add(indexes: Vec<IndexDef>) -> Operation {
    Operation::AlterTable {
        table: "t".into(),
        changes: indexes.into_iter().map(TableChange::AddIndex).collect(),
    }
}

async fn table() -> Database {
    Database::with(&["CREATE TABLE t (a TEXT, \"b c\" INTEGER, é TEXT COLLATE NOCASE, d)"]).await
}

#[tokio::test]
async fn every_part_is_written_and_read_back() {
    let mut db = table().await;
    let sent = db.run(&add(all())).await;
    assert_eq!(
        sent,
        [
            r#"CREATE INDEX "down" ON "t" ("a", "b c" DESC)"#,
            r#"CREATE INDEX "folded" ON "t" ("a" COLLATE "nocase" DESC)"#,
            r#"CREATE INDEX "computed" ON "t" ((lower(a)), (a || "b c") COLLATE "rtrim" DESC)"#,
            r#"CREATE INDEX "some" ON "t" ("a") WHERE é IS NOT NULL AND a <> 'where x'"#,
            r#"CREATE UNIQUE INDEX "only ""one""" ON "t" ((upper(a)), "é") WHERE "b c" > 1"#,
        ]
    );
    let found = db.table("t").await.indexes;
    let mut expected = all();
    expected.sort_by(|a, b| a.name.cmp(&b.name));
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert_eq!(
            (&found.name, &found.columns, found.kind, &found.predicate),
            (&expected.name, &expected.columns, expected.kind, &expected.predicate)
        );
    }
    db.sql("INSERT INTO t (a, \"b c\", é) VALUES ('x', 2, 'q'), ('x', 1, 'q')").await;
    assert!(db.connection.execute("INSERT INTO t (a, \"b c\", é) VALUES ('X', 3, 'Q')").await.is_err());
}

#[tokio::test]
async fn a_rebuild_and_renames_keep_them() {
    let mut db = table().await;
    db.run(&add(all())).await;
    db.migrate(|schema| {
        schema.table("t", |t| {
            t.text("d").not_null().default("x").change();
            t.rename_index("folded", "Folded 2");
        });
        schema.table("t", |t| t.rename_column("b c", "n"));
        schema.rename("t", "T \"2\"");
        schema.table("T \"2\"", |t| {
            t.check("k", "d <> ''");
        });
    })
    .await;
    let indexes = db.table("T \"2\"").await.indexes;
    let one = indexes.iter().find(|index| index.name.starts_with("only")).unwrap();
    assert_eq!(one.predicate.as_deref(), Some("\"n\" > 1"));
    assert_eq!(indexes.len(), 5);
}

#[tokio::test]
async fn indexes_of_other_hands_are_read_as_sqlite_means_them() {
    let mut db = Database::with(&[
        "CREATE TABLE t (Name TEXT COLLATE nocase, b INT, UNIQUE (b DESC, NAME COLLATE binary), UNIQUE (name COLLATE NOCASE), UNIQUE (name))",
        "CREATE INDEX i ON t(NAME COLLATE NoCase ASC, ((b))) WHERE(b>0) -- end",
        "CREATE INDEX j ON t ((name COLLATE binary) DESC, 'b')",
    ])
    .await;
    // Read from the pragmas in an inspection, and from the text in a fold.
    let sent = db
        .migrate(|s| {
            s.table("t", |t| {
                t.check("k", "b > 0");
            })
        })
        .await;
    assert!(sent.iter().any(|sql| sql == "DROP TABLE \"t\""));
    let indexes = db.table("t").await.indexes;
    let read: Vec<String> = indexes
        .iter()
        .map(|index| {
            let part = |part: &IndexColumn| {
                let collation = part.collation.as_deref().unwrap_or("own");
                format!("{} {collation}{}", part.text(), if part.descending { " desc" } else { "" })
            };
            let parts: Vec<String> = index.columns.iter().map(part).collect();
            format!("{}: {} where {:?}", index.name, parts.join(", "), index.predicate)
        })
        .collect();
    assert_eq!(
        read,
        [
            "i: Name own, b own where Some(\"(b>0)\")",
            "j: Name binary desc, b own where None",
            "sqlite_autoindex_t_1: b own desc, Name binary where None",
            "sqlite_autoindex_t_2: Name own where None",
        ]
    );
    assert!(matches!(indexes[0].columns[1].key, IndexKey::Column(_)));
}

fn indexed(t: &mut Blueprint) {
    t.string("a").index();
    t.string("b").nullable();
    t.string("c").nullable().unique();
    t.index(["b", "c"]);
}

#[test]
fn an_index_goes_with_its_only_column() {
    let sql = compiled(|schema| {
        schema.create("t", indexed);
        schema.table("t", |t| t.drop_column("a"));
    });
    assert_eq!(sql.unwrap()[4..], [r#"DROP INDEX "t_a_index""#, r#"ALTER TABLE "t" DROP COLUMN "a""#]);
    let refused = compiled(|schema| {
        schema.create("t", indexed);
        schema.table("t", |t| t.drop_column("c"));
    });
    let refused = refused.unwrap_err();
    assert!(refused.to_string().contains("the index `t_b_c_index` uses the column `c`"), "{refused}");
    assert!(refused.hint().unwrap().contains("drop the index first"));
    let sql = compiled(|schema| {
        schema.create("t", indexed);
        schema.table("t", |t| {
            t.drop_column("c");
            t.drop_index(["b", "c"]);
            t.text("b").not_null().change();
        });
    });
    let sql = sql.unwrap();
    let drops: Vec<&String> = sql.iter().filter(|sql| sql.starts_with("DROP INDEX")).collect();
    assert_eq!(drops, [r#"DROP INDEX "t_c_unique""#], "{sql:#?}");
}

#[tokio::test]
async fn every_shape_of_index_goes_or_stays() {
    let cases: &[(&str, bool)] = &[
        ("CREATE INDEX i ON t (lower(a) DESC)", true),
        ("CREATE INDEX i ON t (A) WHERE b > 1", true),
        ("CREATE INDEX i ON t (b) WHERE a > 1", false),
        ("CREATE INDEX i ON t (a || b)", false),
        ("CREATE INDEX i ON t (b)", true),
    ];
    for (sql, goes) in cases {
        for native in [true, false] {
            let mut db = Database::with(&["CREATE TABLE t (a TEXT, b INT, c TEXT)", sql]).await;
            let body: Body = if native {
                |s| s.table("t", |t| t.drop_column("a"))
            } else {
                |s| {
                    s.table("t", |t| {
                        t.drop_column("a");
                        t.check("k", "c <> ''");
                    })
                }
            };
            if *goes {
                db.migrate(body).await;
            } else {
                let refusal = db.refused(body).await;
                assert!(refusal.contains("the index `i` uses the column `a`"), "{sql}: {refusal}");
            }
        }
    }
    let mut db = Database::with(&["CREATE TABLE t (a TEXT UNIQUE, b INT, UNIQUE (a))"]).await;
    db.migrate(|s| s.table("t", |t| t.drop_column("a"))).await;
    assert_eq!(db.table("t").await.indexes, []);
}

#[tokio::test]
async fn a_name_that_is_no_column_is_not_taken_for_a_text() {
    let mut db = table().await;
    let part = expression("lower(\"nope\")");
    let cases = [
        index("i", vec!["nope".into()]),
        index("i", vec![part]),
        IndexDef { predicate: Some("\"nope\" > 1".into()), ..index("i", vec!["a".into()]) },
    ];
    for case in cases {
        let refused = db.try_run(&add(vec![case.clone()])).await.unwrap_err();
        assert!(refused.contains("has no column `nope`"), "{refused}");
        let created = Operation::CreateTable(TableDef {
            name: "u".into(),
            columns: vec![crate::operation::ColumnDef::new("a", crate::operation::ColumnType::Text)],
            indexes: vec![case],
            ..TableDef::default()
        });
        let refused = db.try_run(&created).await.unwrap_err();
        assert!(refused.contains("table `u` has no column `nope`"), "{refused}");
    }
}

#[tokio::test]
async fn a_deferred_key_waits_for_the_commit() {
    let mut db =
        Database::with(&["CREATE TABLE p (id INTEGER PRIMARY KEY)", "CREATE TABLE c (p INT, q INT)"]).await;
    let key = |name: &str, column: &str, deferrable| {
        TableChange::AddForeignKey(ForeignKeyDef {
            name: name.into(),
            columns: vec![column.into()],
            references: TableName::from("p"),
            referenced_columns: vec!["id".into()],
            deferrable,
            ..ForeignKeyDef::default()
        })
    };
    let changes =
        vec![key("late", "p", Some(Deferrable::Deferred)), key("soon", "q", Some(Deferrable::Immediate))];
    db.run(&Operation::AlterTable { table: "c".into(), changes }).await;
    db.migrate(|s| {
        s.table("c", |t| {
            t.check("k", "p > 0");
        })
    })
    .await;
    let found: Vec<_> = db.table("c").await.foreign_keys.into_iter().map(|key| key.deferrable).collect();
    assert_eq!(found, [Some(Deferrable::Deferred), Some(Deferrable::Immediate)]);
    db.sql("BEGIN").await;
    db.sql("INSERT INTO c (p) VALUES (5)").await;
    assert!(db.connection.execute("INSERT INTO c (q) VALUES (5)").await.is_err());
    db.sql("INSERT INTO p VALUES (5)").await;
    db.sql("COMMIT").await;
}

#[tokio::test]
async fn the_index_of_an_integer_key_without_a_rowid_comes_behind_the_others() {
    let mut db = Database::with(&["CREATE TABLE t (id INTEGER PRIMARY KEY, n, UNIQUE (n))"]).await;
    // The run holds what is folded against what is inspected.
    db.migrate(|s| s.table("t", |t| t.without_rowid())).await;
    let names: Vec<String> = db.table("t").await.indexes.into_iter().map(|index| index.name).collect();
    assert_eq!(names, ["sqlite_autoindex_t_1"]);
}

#[tokio::test]
async fn a_rebuild_makes_no_second_index_of_a_name() {
    let mut db = table().await;
    db.migrate(|s| {
        s.table("t", |t| {
            t.index("d").named("taken");
        })
    })
    .await;
    let refusal = db
        .refused(|s| {
            s.table("t", |t| {
                t.string("d").nullable().change();
                t.index("a").named("taken");
                t.rename_index("taken", "free");
            })
        })
        .await;
    assert!(refusal.contains("taken"), "{refusal}");
    assert_eq!(db.table("t").await.indexes.len(), 1);
}
