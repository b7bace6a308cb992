//! What every server dialect is asked for, as text, and where MySQL's text is another one.

use crate::dialect::{
    Dialect,
    server_tests::{changes, everything},
};

use super::{
    super::{MySql, driver},
    sql,
};

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
fn double_quotes_are_read_as_the_session_reads_them() {
    let pieces = |mode: &str| {
        let dialect = MySql::new(driver::capability("")).in_mode(mode);
        crate::dialect::split(r#"SELECT "a\"; SELECT "b" "#, dialect.sql_rules()).map(|pieces| pieces.len())
    };
    assert_eq!(pieces("STRICT_ALL_TABLES,ANSI_QUOTES"), Ok(2));
    assert!(pieces("STRICT_ALL_TABLES").is_err());
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
    DROP CONSTRAINT `posts_words_check`;
ALTER TABLE `posts` RENAME COLUMN `slug` TO `address`;
ALTER TABLE `posts`
    RENAME INDEX `posts_subtitle_unique` TO `by_subtitle`,
    COMMENT = 'all of them';
ALTER TABLE `posts`
    MODIFY COLUMN `status` varchar(255) NOT NULL,
    DROP FOREIGN KEY `posts_user_id_foreign`,
    DROP INDEX `posts_user_id_foreign`,
    DROP COLUMN `user_id`;
RENAME TABLE `posts` TO `articles`;
DROP TABLE `articles`;
DROP TABLE IF EXISTS `users`;
"#;
