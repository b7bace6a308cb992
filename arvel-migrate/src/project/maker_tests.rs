//! New files: their kinds, names and texts.

use std::{io::Write as _, process::Command};

use super::*;
use crate::project::OwnTemplate;

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
    let made = make_seeder("users", &[], &Templates::default()).expect("made");
    assert_eq!(made.name, "users.rs");
    assert!(
        made.text.contains("seeder! { name: \"users\", run }\n\nasync fn run(db: &mut Db) -> DataResult {\n")
    );
    assert_eq!(
        make_seeder("users", &["users.rs".into()], &Templates::default()),
        Err(MakeError::Taken { file: "users.rs".into() })
    );
    assert!(matches!(make_seeder("mod", &[], &Templates::default()), Err(MakeError::Reserved { .. })));
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
    texts.push(make_seeder("users", &[], &Templates::default()).expect("made").text);
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

fn own(name: &str, kind: FileKind, text: &str) -> OwnTemplate {
    let path = std::path::PathBuf::from(format!("database/templates/{name}.{}", kind.ending()));
    OwnTemplate { name: name.to_owned(), kind, text: text.to_owned(), path }
}

fn with(own: Vec<OwnTemplate>) -> Making {
    let values = BTreeMap::from([("team".to_owned(), "billing".to_owned())]);
    Making { templates: Templates { own, values }, ..Making::from(now()) }
}

const OWN: &str = "//! {{ name }} of {{ team }}\nuse arvel_migrate::prelude::*;\n\n{{ declaration }}\n\n\
                   fn up(schema: &mut Schema) {\n    {{ up }}\n}\n\nfn down(schema: &mut Schema) {\n    {{ down }}\n}\n";

#[test]
fn an_own_template_of_the_kind_counts() {
    let making = with(vec![own("create", FileKind::Rust, OWN)]);
    let built_in = make(&request("create_posts_table", &["title:string"]));
    let made =
        make_migration(&request("create_posts_table", &["title:string"]), &[], making.clone()).unwrap();
    assert_eq!(made.text, format!("//! create_posts_table of billing\n{}", built_in.text));
    let blank = make_migration(&request("tidy_up", &[]), &[], making.clone()).unwrap();
    assert_eq!(blank.text, make(&request("tidy_up", &[])).text, "another kind is as it was");
    let header = FileHeader { parents: Some(vec!["1_a".to_owned()]), ..FileHeader::default() };
    let placed = MakeRequest { header, ..request("create_tags_table", &[]) };
    let made = make_migration(&placed, &[], making).unwrap();
    assert!(
        made.text.contains("migration! {\n    up,\n    down,\n    parents: [\"1_a\"],\n}"),
        "{}",
        made.text
    );
}

#[test]
fn a_template_is_asked_for_by_its_name() {
    let audit = own("audit", FileKind::Sql, "{{ header }}\n-- migrate:up\nSELECT '{{ name }}';\n");
    let making =
        with(vec![audit, own("plain", FileKind::Rust, "migration! { up }\nfn up(schema: &mut Schema) {}\n")]);
    let wanted = |name: &str, template: &str| MakeRequest {
        template: Some(template.to_owned()),
        ..request(name, &[])
    };
    let made = make_migration(&wanted("look", "audit"), &[], making.clone()).unwrap();
    assert_eq!(
        (made.name.as_str(), made.text.as_str()),
        ("2026_11_20_143002_look.sql", "-- migrate:up\nSELECT 'look';\n")
    );
    assert!(make_migration(&wanted("create_posts_table", "plain"), &[], making.clone()).is_ok());
    assert!(make_migration(&wanted("look", "sql"), &[], making.clone()).unwrap().name.ends_with(".sql"));
    assert!(make_migration(&wanted("create_posts_table", "create"), &[], making.clone()).is_ok());
    for (name, template, message, exit) in [
        ("look", "adit", "no template is called `adit`", 2),
        ("look", "create", "the template `create` makes another kind of file than this", 2),
    ] {
        let error = make_migration(&wanted(name, template), &[], making.clone()).unwrap_err();
        assert_eq!(
            (error.to_string().as_str(), error.code(), error.exit().0),
            (message, "make.template", exit)
        );
    }
}

#[test]
fn what_would_be_no_migration_is_refused_with_its_line() {
    let labels = FileHeader { labels: vec!["shop".to_owned()], ..FileHeader::default() };
    let plain = FileHeader::default();
    let table = [
        (OWN.replace("{{ team }}", "{{ taem }}"), &plain, "blank.rs:1`: nothing is known for `{{ taem }}`"),
        (OWN.replace("fn up(schema", "fn up(schema: \""), &plain, "is no Rust"),
        (format!("{OWN}\n}}\n"), &plain, "blank.rs:14` makes a file that is no Rust"),
        (OWN.replace("{{ declaration }}", ""), &plain, "without `migration! { … }`"),
        (OWN.replace("fn down", "fn back"), &plain, "blank.rs:4` declares `down`, and makes no `fn down`"),
        (
            OWN.replace("{{ declaration }}", "migration! { up, down }"),
            &labels,
            "has no place for `labels: [\"shop\"]`",
        ),
    ];
    for (text, header, part) in table {
        let making = with(vec![own("blank", FileKind::Rust, &text)]);
        let asked = MakeRequest { header: header.clone(), ..request("tidy_up", &[]) };
        let error = make_migration(&asked, &[], making).expect_err(part);
        assert!(error.to_string().contains(part), "{error}");
        assert_eq!(error.exit().0, 3);
        assert!(!error.hint().is_empty());
    }
    let making = with(vec![own("sql", FileKind::Sql, "-- labels: a\n-- migrate:upp\nSELECT 1;\n")]);
    let error = make_migration(&MakeRequest { sql: true, ..request("x", &[]) }, &[], making).unwrap_err();
    assert!(error.to_string().contains("sql.sql:2` makes a file that is no migration"), "{error}");
    let templates = with(vec![own("seeder", FileKind::Rust, "fn run() {}")]).templates;
    assert!(
        make_seeder("users", &[], &templates).unwrap_err().to_string().contains("without `seeder! { … }`")
    );
}

#[test]
fn names_are_by_the_projects_own_template() {
    let named = |template: &str| Making {
        naming: Naming::new(Some(template), None).unwrap(),
        elsewhere: vec!["2026_11_20_143002_there.rs".to_owned()],
        ..Making::from(now())
    };
    let made = make_migration(&request("add_x", &[]), &[], named("{year}/{stamp}_{slug}")).unwrap();
    assert_eq!(
        (made.name.as_str(), made.stem.as_str()),
        ("2026/2026_11_20_143003_add_x.rs", "2026_11_20_143003_add_x")
    );
    let made = make_migration(
        &request("add_x", &[]),
        &["1795185002_a.rs".to_owned()],
        named("{epoch}_{rev}_{slug}"),
    );
    let made = made.unwrap();
    let revision = made.header.revision.clone().expect("a revision");
    assert_eq!((made.stem.as_str(), revision.len()), (format!("1795185003_{revision}_add_x").as_str(), 12));
    assert!(made.text.contains(&format!("revision: \"{revision}\"")), "{}", made.text);
    let existing = ["2026_11_20_143002_a.rs".to_owned()];
    let error = make_migration(&request("add_x", &[]), &existing, named("{epoch}_{slug}")).unwrap_err();
    assert_eq!((error.code(), error.exit().0), ("make.naming", 3));
}
