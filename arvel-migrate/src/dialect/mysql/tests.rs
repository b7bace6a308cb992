//! MariaDB's and MySQL's SQL as text, and what only these servers do.

use crate::{
    dialect::{
        CompileError, Dialect,
        server_tests::{MARIADB, Server, changes, everything},
    },
    dsl::Schema,
    schema::DatabaseSchema,
};

use super::{MySql, driver};

fn sql(version: &str, body: fn(&mut Schema)) -> String {
    let dialect = MySql::new(driver::capability(version));
    let mut schema = DatabaseSchema::default();
    let mut out = String::new();
    for operation in Schema::record(body).operations {
        for statement in dialect.compile(&operation, &schema).unwrap() {
            out.push_str(&statement.sql);
            out.push_str(";\n");
        }
        dialect.fold(&operation, &mut schema);
    }
    out
}

#[test]
fn every_type_and_modifier() {
    assert_eq!(sql("", everything), EVERYTHING);
}

#[test]
fn changes_of_one_table() {
    assert_eq!(sql("", changes), CHANGES);
}

const EVERYTHING: &str = r#"CREATE TABLE `users` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `name` varchar(255) NOT NULL COMMENT 'the user''s name \\ "quoted"'
);
CREATE TABLE `all_types` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'the key',
    `tiny` tinyint NOT NULL DEFAULT 1,
    `small` smallint NOT NULL DEFAULT -3,
    `medium` mediumint unsigned NOT NULL DEFAULT 7,
    `plain` int NULL DEFAULT -1,
    `positive` int unsigned NOT NULL DEFAULT 5,
    `big` bigint NOT NULL DEFAULT 5000000000,
    `big_negative` bigint NOT NULL DEFAULT -5000000000,
    `price` decimal(8,2) NOT NULL DEFAULT 1.50,
    `loss` decimal(8,2) NOT NULL DEFAULT -1.25,
    `whole` decimal(8,2) NOT NULL DEFAULT 3.00,
    `ratio` float NOT NULL DEFAULT 0.5,
    `precise` double NULL DEFAULT -2,
    `active` tinyint(1) NOT NULL DEFAULT 1,
    `hidden` tinyint(1) NOT NULL DEFAULT 0,
    `code` char(3) NOT NULL DEFAULT 'abc',
    `title` varchar(255) NOT NULL DEFAULT 'it''s a \\ "title"',
    `short` varchar(20) NULL,
    `number_like` varchar(20) NOT NULL DEFAULT '5',
    `body` text NULL,
    `note` text NOT NULL DEFAULT 'x',
    `longer` mediumtext NULL,
    `longest` longtext NULL,
    `bytes` blob NULL,
    `day` date NOT NULL DEFAULT '2020-01-31',
    `today` date NOT NULL DEFAULT (CURRENT_DATE),
    `clock` time NOT NULL DEFAULT '12:30:00',
    `fine_clock` time(3) NULL DEFAULT (curtime(3)),
    `moment` datetime NOT NULL DEFAULT CURRENT_TIMESTAMP,
    `fine_moment` datetime(6) NULL,
    `fixed` datetime(3) NOT NULL DEFAULT '2020-01-01 10:00:00.000',
    `required_instant` timestamp NOT NULL,
    `instant` timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    `token` uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000001',
    `data` json NULL,
    `more` json NOT NULL DEFAULT '{}',
    `status` enum('draft','it''s','back\\slash') NOT NULL DEFAULT 'it''s',
    `single` enum('only') NULL,
    `author_id` bigint unsigned NOT NULL,
    `editor_id` bigint unsigned NULL,
    `created_at` timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    `updated_at` timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    `deleted_at` timestamp NULL,
    `owner_type` varchar(255) NOT NULL,
    `owner_id` bigint unsigned NOT NULL,
    INDEX `all_types_owner_type_owner_id_index` (`owner_type`, `owner_id`),
    INDEX `all_types_title_day_index` (`title`, `day`),
    UNIQUE INDEX `all_types_code_day_unique` (`code`, `day`),
    UNIQUE INDEX `all_types_short_unique` (`short`),
    INDEX `all_types_instant_index` (`instant`),
    INDEX `all_types_editor_id_index` (`editor_id`),
    CONSTRAINT `all_types_author_id_foreign` FOREIGN KEY (`author_id`) REFERENCES `users` (`id`) ON DELETE CASCADE,
    CONSTRAINT `all_types_editor_id_foreign` FOREIGN KEY (`editor_id`) REFERENCES `users` (`id`) ON DELETE SET NULL
) COMMENT = 'the table''s comment';
CREATE TABLE `pairs` (
    `left_id` bigint NOT NULL,
    `right_id` bigint NOT NULL,
    PRIMARY KEY (`left_id`, `right_id`)
);
"#;

const CHANGES: &str = r#"CREATE TABLE `users` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY
);
CREATE TABLE `posts` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `title` varchar(255) NULL DEFAULT 'x' COMMENT 'shown',
    `status` enum('draft','live') NOT NULL,
    `words` int NOT NULL,
    `user_id` bigint unsigned NOT NULL,
    `slug` varchar(255) NOT NULL,
    INDEX `posts_words_index` (`words`),
    UNIQUE INDEX `posts_slug_unique` (`slug`),
    CONSTRAINT `posts_user_id_foreign` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`),
    CONSTRAINT `posts_words_check` CHECK (words >= 0)
);
ALTER TABLE `posts`
    ADD COLUMN `subtitle` varchar(255) NOT NULL COMMENT 'below',
    ADD COLUMN `editor_id` bigint unsigned NULL,
    MODIFY COLUMN `title` varchar(500) NULL DEFAULT 'x' COMMENT 'shown',
    MODIFY COLUMN `status` enum('draft','live','gone') NOT NULL,
    ADD UNIQUE INDEX `posts_subtitle_unique` (`subtitle`),
    ADD CONSTRAINT `posts_editor_id_foreign` FOREIGN KEY (`editor_id`) REFERENCES `users` (`id`) ON DELETE SET NULL;
ALTER TABLE `posts`
    MODIFY COLUMN `words` bigint NULL DEFAULT 0,
    DROP INDEX `posts_words_index`,
    DROP INDEX `posts_slug_unique`,
    DROP CONSTRAINT `posts_words_check`,
    RENAME COLUMN `slug` TO `address`,
    RENAME INDEX `posts_subtitle_unique` TO `by_subtitle`,
    COMMENT = 'all of them';
ALTER TABLE `posts`
    MODIFY COLUMN `status` varchar(255) NOT NULL,
    DROP FOREIGN KEY `posts_user_id_foreign`,
    DROP COLUMN `user_id`;
RENAME TABLE `posts` TO `articles`;
DROP TABLE `articles`;
DROP TABLE IF EXISTS `users`;
"#;

#[test]
fn mysql_differs_in_defaults_of_texts_and_in_uuid() {
    let (maria, mysql) = (sql("", everything), sql("8.4.0", everything));
    let differs: Vec<(&str, &str)> = maria.lines().zip(mysql.lines()).filter(|(a, b)| a != b).collect();
    assert_eq!(
        differs,
        [
            ("    `note` text NOT NULL DEFAULT 'x',", "    `note` text NOT NULL DEFAULT ('x'),"),
            (
                "    `token` uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000001',",
                "    `token` char(36) NOT NULL DEFAULT '00000000-0000-0000-0000-000000000001',"
            ),
            ("    `more` json NOT NULL DEFAULT '{}',", "    `more` json NOT NULL DEFAULT ('{}'),"),
        ]
    );
}

#[test]
fn what_an_old_server_would_do_in_silence_is_refused() {
    let operation = Schema::record(|s| {
        s.create("t", |t| {
            t.timestamp("at");
        })
    })
    .operations
    .remove(0);
    for (version, works) in
        [("10.6.1-MariaDB", false), ("5.7.44", false), ("10.11.2-MariaDB", true), ("8.0.36", true)]
    {
        let dialect = MySql::new(driver::capability(version));
        let compiled = dialect.compile(&operation, &DatabaseSchema::default());
        assert_eq!(compiled.is_ok(), works, "{version}: {compiled:?}");
    }
    let operation = Schema::record(|s| {
        s.table("t", |t| {
            t.foreign("a").references("id").on("p").on_delete(crate::operation::ForeignKeyAction::SetDefault);
        })
    })
    .operations
    .remove(0);
    let refused =
        MySql::new(driver::capability("")).compile(&operation, &DatabaseSchema::default()).unwrap_err();
    assert!(matches!(refused, CompileError::Unsupported { .. }), "{refused}");
}

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
