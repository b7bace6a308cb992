//! Options and partitions of tables as text, and on a real server.

use crate::{
    dialect::server_tests::{MARIADB, Server},
    dsl::Schema,
    operation::{ColumnDef, ColumnType, Operation, PartitionBy, PartitionStrategy, TableDef},
};

use super::sql;

fn options(s: &mut Schema) {
    s.create("opted", |t| {
        t.id();
        t.string("name");
        t.string("own").collation("latin1_bin");
        t.engine("innodb");
        t.charset("latin1");
        t.option("row_format", "compressed");
        t.option("KEY_BLOCK_SIZE", "8");
        t.comment("it's");
    });
    s.table("opted", |t| {
        t.collation("utf8mb4_unicode_ci");
        t.option("key_block_size", "4");
        t.option("stats_persistent", "1");
    });
    s.table("opted", |t| {
        t.string("later");
        t.string("name").charset("utf8mb4").collation("utf8mb4_unicode_ci").change();
        t.engine("Aria");
        t.option("row_format", "default");
        t.option("key_block_size", "default");
    });
}

const OPTIONS: &str = r#"CREATE TABLE `opted` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `name` varchar(255) NOT NULL,
    `own` varchar(255) COLLATE latin1_bin NOT NULL
) ENGINE = innodb DEFAULT CHARACTER SET = latin1 ROW_FORMAT = COMPRESSED KEY_BLOCK_SIZE = 8 COMMENT = 'it''s';
ALTER TABLE `opted`
    COLLATE = utf8mb4_unicode_ci,
    KEY_BLOCK_SIZE = 4,
    STATS_PERSISTENT = 1;
ALTER TABLE `opted`
    ADD COLUMN `later` varchar(255) NOT NULL,
    MODIFY COLUMN `name` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci NOT NULL,
    ENGINE = Aria,
    ROW_FORMAT = DEFAULT,
    KEY_BLOCK_SIZE = 0;
"#;

#[test]
fn options_as_text() {
    assert_eq!(sql("", options), OPTIONS);
}

#[tokio::test]
async fn options_on_mariadb() {
    let Some(mut server) = Server::new(MARIADB).await else { return };
    server.apply(options).await;
    let table = server.table("opted").await;
    assert_eq!(table.options.engine.as_deref(), Some("Aria"));
    assert_eq!(table.options.parameters, [("stats_persistent".to_owned(), "1".to_owned())]);
    assert_eq!(table.column("name").unwrap().collation, None);
    assert_eq!(table.column("own").unwrap().collation.as_deref(), Some("latin1_bin"));
    server.drop().await;
}

#[tokio::test]
async fn a_database_of_another_collation_is_the_plain_one_there() {
    let Some(mut server) = Server::new(MARIADB).await else { return };
    server.run("SET default_storage_engine = Aria").await;
    server.run("CREATE TABLE a (t text) ENGINE = InnoDB COLLATE latin1_swedish_ci").await;
    let table = server.table("a").await;
    assert_eq!(table.options.engine.as_deref(), Some("InnoDB"));
    assert_eq!(table.options.collation.as_deref(), Some("latin1_swedish_ci"));
    assert_eq!(table.column("t").unwrap().collation, None);
    server.run("ALTER DATABASE COLLATE latin1_swedish_ci").await;
    assert_eq!(server.table("a").await.options.collation, None);
    server.drop().await;
}

#[tokio::test]
async fn a_temporary_table_is_not_in_the_schema() {
    let Some(mut server) = Server::new(MARIADB).await else { return };
    let operation = Schema::record(|s| {
        s.create("passing", |t| {
            t.id();
            t.temporary();
        })
    })
    .operations
    .remove(0);
    let statements = server.compile(&operation).await;
    assert!(statements[0].sql.starts_with("CREATE TEMPORARY TABLE `passing` ("));
    server.run(&statements[0].sql).await;
    server.run("INSERT INTO passing VALUES (1)").await;
    assert_eq!(server.inspect().await.tables.len(), 0);
    server.drop().await;
}

fn parts(strategy: PartitionStrategy, keys: &[&str], partitions: &[(&str, &str)]) -> Operation {
    let owned = |text: &&str| (*text).to_owned();
    let columns = ["id", "day", "name"].into_iter().map(|name| match name {
        "id" => ColumnDef::new(name, ColumnType::Integer),
        "day" => ColumnDef::new(name, ColumnType::Date),
        _ => ColumnDef::new(name, ColumnType::String { length: 5 }),
    });
    Operation::CreateTable(TableDef {
        name: "split".into(),
        columns: columns.collect(),
        partition_by: Some(PartitionBy {
            strategy,
            keys: keys.iter().map(owned).collect(),
            partitions: partitions.iter().map(|(name, bounds)| (owned(name), owned(bounds))).collect(),
        }),
        ..TableDef::default()
    })
}

#[tokio::test]
async fn partitions_on_mariadb() {
    let Some(mut server) = Server::new(MARIADB).await else { return };
    use PartitionStrategy as P;
    let cases = [
        (
            parts(
                P::Range,
                &["day", "id"],
                &[
                    ("p0", "VALUES LESS THAN ('2020-01-01',5)"),
                    ("the rest", "VALUES LESS THAN (MAXVALUE,MAXVALUE)"),
                ],
            ),
            "\nPARTITION BY RANGE COLUMNS (`day`,`id`) (\n    \
             PARTITION `p0` VALUES LESS THAN ('2020-01-01',5),\n    \
             PARTITION `the rest` VALUES LESS THAN (MAXVALUE,MAXVALUE)\n)",
        ),
        (
            parts(
                P::Range,
                &["year(`day`)"],
                &[("p0", "VALUES LESS THAN (2020)"), ("p1", "VALUES LESS THAN MAXVALUE")],
            ),
            "\nPARTITION BY RANGE (year(`day`)) (\n    PARTITION `p0` VALUES LESS THAN (2020),\n    \
             PARTITION `p1` VALUES LESS THAN MAXVALUE\n)",
        ),
        (
            parts(P::List, &["name"], &[("a", "VALUES IN ('a','it''s')")]),
            "\nPARTITION BY LIST COLUMNS (`name`) (\n    PARTITION `a` VALUES IN ('a','it''s')\n)",
        ),
        (parts(P::Hash, &["id"], &[]), "\nPARTITION BY HASH (`id`)"),
        (
            parts(P::Key, &["id", "name"], &[("x", ""), ("y", "")]),
            "\nPARTITION BY KEY (`id`,`name`) (\n    PARTITION `x`,\n    PARTITION `y`\n)",
        ),
    ];
    for (operation, expected) in cases {
        let statements = server.apply_one(&operation).await;
        let (_, clause) = statements[0].sql.split_once("\n)").unwrap();
        assert_eq!(clause, expected);
        server.apply(|s| s.drop("split")).await;
    }
    server.drop().await;
}
