//! Types and modifiers beyond those that every database has: as text, and on a real server, where what is folded is
//! what is inspected.

use crate::{
    dialect::server_tests::{MARIADB, Server},
    dsl::Schema,
};

use super::sql;

fn types(s: &mut Schema) {
    s.create("kinds", |t| {
        t.id().starting_value(100);
        t.tiny_text("tiny").nullable();
        t.binary_of("bytes", 20).default("ab");
        t.fixed_binary("digest", 4).default("ab");
        t.medium_binary("larger").nullable();
        t.long_binary("largest").nullable();
        t.year("made").default(2020);
        t.ulid("ulid");
        t.ip_address("ip").nullable();
        t.mac_address("mac").nullable();
        t.set("flags", &["a", "it's", "x\\y", "z"]).default("z,a");
        t.enumeration("mood", &["good", "new\nline"]).of_type("moods").default("good");
        t.bit("bits", 8).default("00000101");
        t.bit("one", 1).default("1");
        t.geometry("any").nullable();
        t.geometry_of("place", "point").srid(4326);
        t.geography_of("area", "polygon").nullable();
        t.point("spot").nullable();
        t.polygon("field").nullable();
        t.raw_column("address", "INET6").nullable();
        t.text("lines").default("a\nb\t'c' \\ \r");
    });
}

fn modifiers(s: &mut Schema) {
    s.create("modified", |t| {
        t.id();
        t.integer("a").unsigned();
        t.integer("twice").virtual_as("`a` * 2").comment("of `a`");
        t.integer("thrice").stored_as("`a` * 3").invisible();
        t.timestamp_of("seen", 3).use_current().use_current_on_update().invisible();
        t.date_time("changed").nullable().use_current_on_update();
        t.string("latin").charset("latin1").nullable();
        t.string("binary").collation("utf8mb4_bin").default("x");
        t.text("both").charset("latin1").collation("latin1_bin").nullable();
        t.enumeration("letters", &["a"]).collation("utf8mb4_bin");
        t.string("hidden").invisible().default("x");
    });
    s.table("modified", |t| {
        t.string("first").first();
        t.string("second").after("first").collation("utf8mb4_bin").nullable();
        t.integer("a").after("changed").change();
    });
}

const TYPES: &str = r#"CREATE TABLE `kinds` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `tiny` tinytext NULL,
    `bytes` varbinary(20) NOT NULL DEFAULT 'ab',
    `digest` binary(4) NOT NULL DEFAULT 'ab\0\0',
    `larger` mediumblob NULL,
    `largest` longblob NULL,
    `made` year NOT NULL DEFAULT 2020,
    `ulid` char(26) NOT NULL,
    `ip` varchar(45) NULL,
    `mac` varchar(17) NULL,
    `flags` set('a','it''s','x\\y','z') NOT NULL DEFAULT 'a,z',
    `mood` enum('good','new\nline') NOT NULL DEFAULT 'good',
    `bits` bit(8) NOT NULL DEFAULT b'101',
    `one` bit(1) NOT NULL DEFAULT b'1',
    `any` geometry NULL,
    `place` point ref_system_id=4326 NOT NULL,
    `area` polygon ref_system_id=4326 NULL,
    `spot` point NULL,
    `field` polygon NULL,
    `address` INET6 NULL,
    `lines` text NOT NULL DEFAULT 'a\nb	''c'' \\ \r'
) AUTO_INCREMENT = 100;
"#;

#[test]
fn types_as_text() {
    assert_eq!(sql("", types), TYPES);
    let (maria, mysql) = (sql("", types), sql("8.4.0", types));
    let differs: Vec<&str> =
        maria.lines().zip(mysql.lines()).filter(|(a, b)| a != b).map(|(_, b)| b.trim()).collect();
    assert_eq!(
        differs,
        [
            "`place` point srid 4326 NOT NULL,",
            "`area` polygon srid 4326 NULL,",
            "`lines` text NOT NULL DEFAULT ('a\\nb\t''c'' \\\\ \\r')",
        ]
    );
}

const MODIFIERS: &str = r#"CREATE TABLE `modified` (
    `id` bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `a` int unsigned NOT NULL,
    `twice` int GENERATED ALWAYS AS (`a` * 2) VIRTUAL COMMENT 'of `a`',
    `thrice` int GENERATED ALWAYS AS (`a` * 3) STORED INVISIBLE,
    `seen` timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3) INVISIBLE,
    `changed` datetime NULL ON UPDATE CURRENT_TIMESTAMP,
    `latin` varchar(255) CHARACTER SET latin1 NULL,
    `binary` varchar(255) COLLATE utf8mb4_bin NOT NULL DEFAULT 'x',
    `both` text CHARACTER SET latin1 COLLATE latin1_bin NULL,
    `letters` enum('a') COLLATE utf8mb4_bin NOT NULL,
    `hidden` varchar(255) NOT NULL DEFAULT 'x' INVISIBLE
);
ALTER TABLE `modified`
    ADD COLUMN `first` varchar(255) NOT NULL FIRST,
    ADD COLUMN `second` varchar(255) COLLATE utf8mb4_bin NULL AFTER `first`,
    MODIFY COLUMN `a` int NOT NULL AFTER `changed`;
"#;

#[test]
fn modifiers_as_text() {
    assert_eq!(sql("", modifiers), MODIFIERS);
    assert_eq!(sql("8.4.0", modifiers), MODIFIERS);
}

#[tokio::test]
async fn types_and_modifiers_on_mariadb() {
    let Some(mut server) = Server::new(MARIADB).await else { return };
    server.apply(types).await;
    server.apply(modifiers).await;
    let columns = server.table("modified").await.columns;
    let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(&names[..5], ["first", "second", "id", "twice", "thrice"]);
    let latin = columns.iter().find(|column| column.name == "latin").unwrap();
    assert_eq!(latin.charset.as_deref(), Some("latin1"));
    assert_eq!(latin.collation.as_deref(), Some("latin1_swedish_ci"));
    // A change keeps all of it.
    server
        .apply(|s| {
            s.table("modified", |t| {
                t.text("latin").change();
                t.string_of("binary", 100).change();
                t.timestamp_of("seen", 6).change();
                t.big_integer("twice").change();
                t.big_integer("thrice").stored_as("`a` * 4").change();
                t.string_of("hidden", 10).change();
                t.string_of("second", 20).charset("ascii").first().change();
            })
        })
        .await;
    server
        .apply(|s| {
            s.table("modified", |t| {
                t.string("hidden").visible().no_default().change();
                t.date_time("seen").change();
                t.integer("binary").no_default().change();
            })
        })
        .await;
    server
        .apply(|s| {
            s.table("kinds", |t| {
                t.geometry_of("place", "point").nullable().change();
                t.big_integer("id").unsigned().auto_increment().starting_value(500).change();
                t.set("flags", &["a", "it's"]).default("a").change();
                t.string("bits").change();
            })
        })
        .await;
    let place = server.table("kinds").await.column("place").cloned().unwrap();
    assert_eq!(place.type_name, "point ref_system_id=4326");
    server
        .apply(|s| {
            s.table("kinds", |t| {
                t.geometry("place").srid(0).nullable().change();
            })
        })
        .await;
    server.drop().await;
}
