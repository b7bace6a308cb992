//! New files: their kinds, names and texts.

use std::{io::Write as _, process::Command};

use super::*;

fn now() -> Stamp {
    Stamp::from_unix(1_795_185_002)
}

fn request(name: &str, fields: &[&str]) -> MakeRequest {
    MakeRequest {
        name: name.to_owned(),
        fields: fields.iter().map(|field| (*field).to_owned()).collect(),
        ..MakeRequest::default()
    }
}

fn make(request: &MakeRequest) -> MadeFile {
    make_migration(request, &[], now()).expect("made")
}

#[test]
fn the_name_says_the_kind() {
    use MigrationKind::{Add, Blank, Create, Remove};
    let table = |table: &str| table.to_owned();
    for (slug, kind) in [
        ("create_posts_table", Create { table: table("posts") }),
        ("create_create_table_table", Create { table: table("create_table") }),
        ("add_slug_to_posts_table", Add { table: table("posts") }),
        ("add_link_to_post_to_users_table", Add { table: table("users") }),
        ("remove_slug_from_posts_table", Remove { table: table("posts") }),
        ("create_table", Blank),
        ("add_to_posts_table", Blank),
        ("create_posts", Blank),
        ("backfill_slugs", Blank),
        ("drop_posts_table", Blank),
    ] {
        assert_eq!(migration_kind(slug), kind, "{slug}");
    }
    let given = MakeRequest { create: Some("audit.entries".into()), ..request("anything", &[]) };
    assert_eq!(make(&given).kind, Some(Create { table: table("audit.entries") }));
    let given = MakeRequest { table: Some("posts".into()), ..request("remove_it", &[]) };
    assert_eq!(make(&given).kind, Some(Remove { table: table("posts") }));
}

#[test]
fn a_new_table_reads_as_a_person_would_write_it() {
    let fields = ["title:string:unique", "body:text:null", "user:references", "price:decimal:10,2"];
    let made = make(&request("create posts table", &fields));
    assert_eq!(made.name, "2026_11_20_143002_create_posts_table.rs");
    assert_eq!(
        made.text,
        r#"use arvel_migrate::prelude::*;

migration! { up, down }

fn up(schema: &mut Schema) {
    schema.create("posts", |table| {
        table.id();
        table.string("title").unique();
        table.text("body").nullable();
        table.foreign_id("user_id").constrained("users");
        table.decimal("price", 10, 2);
        table.timestamps();
    });
}

fn down(schema: &mut Schema) {
    schema.drop("posts");
}
"#
    );
}

#[test]
fn more_and_fewer_columns_have_a_way_back() {
    let fields =
        ["slug:string:unique", "team:references:index:null:set_null", "commentable:morphs", "timestamps"];
    let made = make(&request("add_slug_to_posts_table", &fields));
    let expected = r#"fn up(schema: &mut Schema) {
    schema.table("posts", |table| {
        table.string("slug").unique();
        table
            .foreign_id("team_id")
            .nullable()
            .index()
            .constrained("teams")
            .null_on_delete();
        table.morphs("commentable");
        table.timestamps();
    });
}

fn down(schema: &mut Schema) {
    schema.table("posts", |table| {
        table.drop_timestamps();
        table.drop_morphs("commentable");
        table.drop_foreign("team_id");
        table.drop_index("team_id");
        table.drop_column("team_id");
        table.drop_unique("slug");
        table.drop_column("slug");
    });
}
"#;
    assert_eq!(
        made.text.split_once("\n\nfn up").map(|(_, body)| format!("fn up{body}")).as_deref(),
        Some(expected)
    );
    let removed = make(&request("remove_slug_from_posts_table", &["slug:string:null", "user:references"]));
    let up = "    schema.table(\"posts\", |table| {\n        table.drop_constrained_foreign_id(\"user_id\");\n        table.drop_column(\"slug\");\n    });\n";
    assert!(removed.text.contains(up), "{}", removed.text);
}

#[test]
fn the_key_and_the_times_are_left_to_fields_that_name_them() {
    let text = |fields: &[&str]| make(&request("create_posts_table", fields)).text;
    assert!(!text(&["id:uuid:primary"]).contains("table.id()"));
    assert!(!text(&["code:char:2:primary"]).contains("table.id()"));
    assert_eq!(text(&["id", "timestamps"]), text(&[]));
    assert!(!text(&["created_at:date"]).contains("timestamps"));
}

#[test]
fn a_header_and_sql() {
    let header = FileHeader {
        revision: Some("ab12".into()),
        parents: Some(vec!["1_a".into(), "2_b".into()]),
        depends_on: vec!["arvel-auth/create_users_table".into()],
        labels: vec!["billing".into()],
        description: Some("say \"so\"".into()),
        transaction: false,
        ..FileHeader::default()
    };
    let rust = make(&MakeRequest { header: header.clone(), ..request("x", &[]) });
    let declaration = "migration! {\n    up,\n    down,\n    revision: \"ab12\",\n    parents: [\"1_a\", \"2_b\"],\n    depends_on: [\"arvel-auth/create_users_table\"],\n    labels: [\"billing\"],\n    description: \"say \\\"so\\\"\",\n    transaction: false,\n}\n";
    assert!(rust.text.contains(declaration), "{}", rust.text);
    let sql = make(&MakeRequest { header, sql: true, ..request("create_posts_table", &[]) });
    assert_eq!(sql.name, "2026_11_20_143002_create_posts_table.sql");
    assert_eq!(
        sql.text,
        "-- revision: ab12\n-- parents: 1_a, 2_b\n-- depends_on: arvel-auth/create_users_table\n-- labels: billing\n\
         -- description: say \"so\"\n-- migrate:up transaction:false\n-- the way forward, such as: CREATE TABLE posts (…);\n\n\
         -- migrate:down transaction:false\n-- the way back, such as: DROP TABLE posts;\n"
    );
    let root = FileHeader { parents: Some(Vec::new()), ..FileHeader::default() };
    assert!(
        make(&MakeRequest { header: root, sql: true, ..request("x", &[]) })
            .text
            .starts_with("-- parents: none\n")
    );
}

#[test]
fn stamps_are_free_and_names_are_used_once() {
    let existing = ["2026_11_20_143002_a.rs", "2026_11_20_143003_b.sql", "3_create_posts_table.up.sql"];
    let existing: Vec<String> = existing.iter().map(|name| (*name).to_owned()).collect();
    let made = make_migration(&request("c", &[]), &existing, now()).expect("made");
    assert_eq!((made.name.as_str(), made.stem.as_str()), ("2026_11_20_143004_c.rs", "2026_11_20_143004_c"));
    let taken = make_migration(&request("create_posts_table", &[]), &existing, now());
    assert_eq!(taken, Err(MakeError::Taken { file: "3_create_posts_table.up.sql".into() }));
}

#[test]
fn what_can_not_be_made_is_refused() {
    let bad_label = FileHeader { labels: vec!["a-b".into()], ..FileHeader::default() };
    let lines = FileHeader { description: Some("a\nb".into()), ..FileHeader::default() };
    let cases = [
        (request("Bad Name", &[]), "`Bad_Name` contains 'B'; lower-case letters, digits and `_` are allowed"),
        (request("x", &["a"]), "fields need a table, and `x` names none"),
        (request("remove_a_from_b_table", &["a"]), "the type of `a` is needed: the way back adds it again"),
        (
            MakeRequest { sql: true, ..request("create_a_table", &["a"]) },
            "fields describe Rust migrations; the statements of a SQL one are written by hand",
        ),
        (
            MakeRequest { create: Some("a".into()), table: Some("b".into()), ..request("x", &[]) },
            "`--create` and `--table` exclude each other",
        ),
        (
            MakeRequest { create: Some("a b".into()), ..request("x", &[]) },
            "`a b` is no table name; letters, digits and `_` are allowed, and `schema.table`",
        ),
        (
            MakeRequest { header: bad_label, ..request("x", &[]) },
            "label `a-b` contains '-'; letters, digits, `_` and `.` are allowed",
        ),
        (
            MakeRequest { header: lines, ..request("x", &[]) },
            "a description and a database's name are one line",
        ),
    ];
    for (request, message) in cases {
        let error = make_migration(&request, &[], now()).expect_err(message);
        assert_eq!(error.to_string(), message);
        assert!(!error.hint().is_empty());
    }
}

#[test]
fn a_seeder() {
    let made = make_seeder("users", &[]).expect("made");
    assert_eq!(made.name, "users.rs");
    assert!(
        made.text.contains("seeder! { name: \"users\", run }\n\nasync fn run(db: &mut Db) -> DataResult {\n")
    );
    assert_eq!(make_seeder("users", &["users.rs".into()]), Err(MakeError::Taken { file: "users.rs".into() }));
    assert!(matches!(make_seeder("mod", &[]), Err(MakeError::Reserved { .. })));
}

/// One text of every shape.
fn every_text() -> Vec<String> {
    let every_field = [
        "a:string:100:null:unique:index",
        "b:char:2",
        "c:text",
        "d:decimal(10,2)?:default=1.5:comment=a \"comment\"",
        "e:big_integer:unsigned:default=9999999999",
        "f:enumeration:draft,published,archived:default=draft",
        "g:timestamp:6:use_current",
        "h:morphs:null",
        "i:references:things:index:cascade",
        "j:boolean:default=false",
        "k:binary",
        "l:json",
        "m:time:3",
        "n:foreign_uuid:others",
        "o:enum:draft,published,archived,deleted,forgotten,remembered",
        "p:enum:draft,published,archived,deleted,forgotten,remembered:null",
        "q:enum:a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s",
        "r:enum:a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s:null",
        "a_rather_long_name:enum:draft,published,archived,gone:null",
        "another_rather_long_name:enum:draft,published,archived,gone",
        "s:string:unique:index:default=x",
        "soft_deletes",
        "remember_token",
    ];
    let mut texts = Vec::new();
    for name in ["create_posts_table", "add_x_to_posts_table", "remove_x_from_posts_table"] {
        texts.push(make(&request(name, &every_field)).text);
        texts.push(make(&request(name, &[])).text);
    }
    texts.push(make(&request("blank", &[])).text);
    texts.push(make_seeder("users", &[]).expect("made").text);
    texts
}

#[test]
fn every_text_is_rust_with_a_way_up_and_a_way_down() {
    for text in every_text().iter().filter(|text| !text.contains("seeder!")) {
        let tokens: proc_macro2::TokenStream = text.parse().expect("tokens");
        let words: Vec<String> = tokens.into_iter().map(|token| token.to_string()).collect();
        for function in ["up", "down"] {
            assert!(words.windows(2).any(|pair| pair[0] == "fn" && pair[1] == function), "{text}");
        }
        assert!(crate::publish::ExistingFile::read("1_a.rs", text).is_some_and(|file| file.origin.is_none()));
    }
}

/// A text as rustfmt leaves it; `None` where there is no rustfmt.
fn formatted(text: &str, config: &str) -> Option<String> {
    let mut rustfmt = Command::new("rustfmt")
        .args(["--edition", "2024", "--emit", "stdout", "--config", config])
        .current_dir(std::env::temp_dir())
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .ok()?;
    rustfmt.stdin.take()?.write_all(text.as_bytes()).ok()?;
    let output = rustfmt.wait_with_output().ok()?;
    assert!(output.status.success(), "{text}");
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn rustfmt_leaves_every_text_as_it_is() {
    for text in every_text() {
        let Some(formatted) = formatted(&text, "max_width=100") else { return };
        assert_eq!(formatted, text);
    }
}

#[test]
fn no_formatting_looks_like_an_edit() {
    use crate::publish::{FileKind, digest};
    let mut changed = false;
    for text in every_text() {
        for config in
            ["use_small_heuristics=Max,max_width=160", "hard_tabs=true,max_width=40,newline_style=Windows"]
        {
            let Some(formatted) = formatted(&text, config) else { return };
            changed |= formatted != text;
            assert_eq!(digest(FileKind::Rust, &formatted), digest(FileKind::Rust, &text), "{formatted}");
        }
    }
    assert!(changed, "the formats differ");
}
