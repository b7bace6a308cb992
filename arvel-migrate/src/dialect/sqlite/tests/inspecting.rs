//! Inspection and wipe.

use super::{Database, quoted};
use crate::{
    operation::{ForeignKeyAction, Generated, IndexColumn, IndexKind, Made},
    schema::{Check, Column, ForeignKey, Index, PrimaryKey, Table, Wanted},
};

#[tokio::test]
async fn every_field_is_read() {
    let sql = "CREATE TABLE \"Odd \"\"Näme\" (id INTEGER PRIMARY KEY AUTOINCREMENT, \
               \"a b\" VARCHAR(10) COLLATE NOCASE NOT NULL DEFAULT 'x', n INT DEFAULT (1 + 2), \
               g INT AS (n * 2) STORED, s TEXT CONSTRAINT e CHECK (s IN ('p', 'q')), \
               p INT CONSTRAINT up REFERENCES \"Odd \"\"Näme\" (id) ON DELETE SET NULL, q INT REFERENCES other, \
               CONSTRAINT pos CHECK (n > 0), CHECK (n < 9), UNIQUE (n, s))";
    let mut db = Database::with(&[
        "CREATE TABLE other (id INTEGER PRIMARY KEY)",
        sql,
        "CREATE UNIQUE INDEX \"I x\" ON \"Odd \"\"Näme\" (\"a b\" DESC, lower(s))",
        "CREATE TRIGGER tr AFTER INSERT ON \"odd \"\"Näme\" BEGIN SELECT 1; END",
        "CREATE VIEW v AS SELECT * FROM [ODD \"Näme]",
        "CREATE VIEW unrelated AS SELECT 'Odd \"Näme'",
    ])
    .await;
    let column = |name: &str, type_name: &str| Column {
        name: name.into(),
        type_name: type_name.into(),
        nullable: true,
        ..Column::default()
    };
    let key = |name: Option<&str>, column: &str, table: &str, to: &[&str], on_delete| ForeignKey {
        name: name.map(Into::into),
        columns: vec![column.into()],
        references: crate::operation::TableName { schema: None, name: table.into() },
        referenced_columns: to.iter().map(|to| (*to).to_owned()).collect(),
        on_delete,
        on_update: ForeignKeyAction::NoAction,
        ..ForeignKey::default()
    };
    let expected = Table {
        columns: vec![
            Column { nullable: false, auto_increment: true, ..column("id", "integer") },
            Column {
                nullable: false,
                default: Some("'x'".into()),
                collation: Some("NOCASE".into()),
                ..column("a b", "varchar(10)")
            },
            Column { default: Some("1 + 2".into()), ..column("n", "int") },
            Column {
                generated: Some(Generated { expression: "n * 2".into(), stored: true }),
                ..column("g", "int")
            },
            Column { extra: Some("check \"e\" in ('p', 'q')".into()), ..column("s", "text") },
            column("p", "int"),
            column("q", "int"),
        ],
        primary_key: Some(PrimaryKey { name: None, columns: vec!["id".into()] }),
        indexes: vec![
            Index {
                name: "I x".into(),
                columns: vec![
                    IndexColumn { descending: true, ..IndexColumn::column("a b") },
                    IndexColumn::expression("lower(s)"),
                ],
                kind: IndexKind::Unique,
                sql: Some("CREATE UNIQUE INDEX \"I x\" ON \"Odd \"\"Näme\" (\"a b\" DESC, lower(s))".into()),
                ..Index::default()
            },
            Index {
                name: "sqlite_autoindex_Odd \"Näme_1".into(),
                columns: vec!["n".into(), "s".into()],
                kind: IndexKind::Unique,
                sql: None,
                constraint: true,
                ..Index::default()
            },
        ],
        foreign_keys: vec![
            key(Some("up"), "p", "Odd \"Näme", &["id"], ForeignKeyAction::SetNull),
            key(None, "q", "other", &[], ForeignKeyAction::NoAction),
        ],
        checks: vec![
            Check { name: Some("pos".into()), expression: "n > 0".into(), ..Check::default() },
            Check { name: None, expression: "n < 9".into(), ..Check::default() },
        ],
        sql: Some(sql.into()),
        triggers: vec![(
            "tr".into(),
            "CREATE TRIGGER tr AFTER INSERT ON \"odd \"\"Näme\" BEGIN SELECT 1; END".into(),
        )],
        views: vec![("v".into(), "CREATE VIEW v AS SELECT * FROM [ODD \"Näme]".into())],
        ..Table::default()
    };
    assert_eq!(db.table("Odd \"Näme").await, expected);
}

#[tokio::test]
async fn only_the_named_tables_and_under_the_name_they_were_asked_for() {
    let mut db = Database::with(&["CREATE TABLE Users (a)", "CREATE TABLE b (a)"]).await;
    let asked = Wanted { tables: ["users".into(), "missing".into()].into(), ..Wanted::nothing() };
    let found = db.dialect.inspect(&mut *db.connection, Some(&asked)).await.unwrap();
    assert_eq!(found.tables.keys().cloned().collect::<Vec<_>>(), ["users".into()]);
    let none = db.dialect.inspect(&mut *db.connection, Some(&Wanted::nothing())).await.unwrap();
    assert!(none.tables.is_empty());
}

#[tokio::test]
async fn a_wipe_leaves_only_what_is_kept() {
    let mut db = Database::with(&[
        "CREATE TABLE arvel_meta (a)",
        "CREATE TABLE \"p q\" (id INTEGER PRIMARY KEY AUTOINCREMENT)",
        "CREATE TABLE c (p REFERENCES \"p q\" ON DELETE RESTRICT)",
        "INSERT INTO \"p q\" VALUES (4)",
        "INSERT INTO c VALUES (4)",
        "CREATE VIEW v AS SELECT * FROM c",
        "CREATE VIRTUAL TABLE words USING fts5 (body)",
        "CREATE TRIGGER t AFTER INSERT ON c BEGIN SELECT 1; END",
    ])
    .await;
    let keep = ["ARVEL_meta".to_owned()];
    let dialect = db.dialect.clone();
    let statements = dialect.wipe(&mut *db.connection, &keep, &Made::default()).await.unwrap().statements;
    let sql: Vec<&str> = statements.iter().map(|statement| statement.sql.as_str()).collect();
    let drop_odd = format!("DROP TABLE {}", quoted("p q"));
    assert_eq!(sql, ["DROP VIEW \"v\"", "DROP TABLE \"words\"", "DROP TABLE \"c\"", &drop_odd]);
    db.run_statements(statements).await.unwrap();
    let left = db.rows("SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite%'").await;
    assert_eq!(left, ["arvel_meta"]);
    assert_eq!(db.rows("SELECT count(*) FROM sqlite_sequence").await, ["0"]);
}
