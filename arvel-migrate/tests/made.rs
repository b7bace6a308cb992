//! What `make migration` writes, as files: they compile, and record without a mistake both ways.
//!
//! After a change of the texts, `ARVEL_BLESS=1 cargo test -p arvel-migrate --test made` writes them anew; look at them.

use arvel_migrate::{
    dsl::Schema,
    graph::Graph,
    migration::{Catalog, LineName, Migration, Registration, RevisionId, Source, SqlFile, TransactionMode},
    operation::{Operation, reverse},
    project::{
        FileHeader, FolderKind, MadeFile, MakeRequest, Stamp, Templates, make_migration, make_seeder,
        render_module,
    },
};

#[rustfmt::skip]
#[path = "made/migrations/mod.rs"]
mod migrations;
#[rustfmt::skip]
#[path = "made/seeders/mod.rs"]
mod seeders;

const FIELDS: [&str; 17] = [
    "title:string:100:unique",
    "code:char:2:index",
    "body:text?",
    "price:decimal(10,2)?:default=1.5:comment=a \"comment\"",
    "hits:big_integer:unsigned:default=9999999999",
    "rank:integer:default=-1",
    "status:enumeration:draft,published:default=draft",
    "seen_at:timestamp:6:use_current",
    "opens:time:default='10:00'",
    "subject:morphs:null",
    "user:references:index:cascade",
    "category:references:null:set_null",
    "parent_id:foreign_uuid:nodes",
    "active:boolean:default=true",
    "data:json",
    "soft_deletes",
    "remember_token",
];

/// The made file and the folder's `mod.rs` are those on disk.
#[expect(clippy::expect_used, reason = "only tests call it")]
fn check(folder: &str, kind: &FolderKind, made: &[MadeFile]) {
    let path = |name: &str| format!("{}/tests/made/{folder}/{name}", env!("CARGO_MANIFEST_DIR"));
    let names: Vec<String> = made.iter().map(|file| file.name.clone()).collect();
    let module = render_module(None, &names, kind).expect("rendered").text;
    let texts = made.iter().map(|file| (file.name.as_str(), &file.text)).chain([("mod.rs", &module)]);
    for (name, text) in texts {
        if std::env::var_os("ARVEL_BLESS").is_some() {
            std::fs::write(path(name), text).expect("written");
        }
        assert_eq!(&std::fs::read_to_string(path(name)).expect("read"), text, "{folder}/{name}");
    }
}

/// A file with parents; a merge has neither label nor dependency.
#[expect(clippy::expect_used, reason = "only tests call it")]
fn placed(made: &[MadeFile], name: &str, merge: bool, parents: &[&str]) -> MadeFile {
    let header = FileHeader {
        parents: Some(parents.iter().map(|parent| (*parent).to_owned()).collect()),
        labels: if merge { Vec::new() } else { vec!["search".to_owned()] },
        depends_on: if merge { Vec::new() } else { vec!["2026_11_20_143005_tidy_up".to_owned()] },
        ..FileHeader::default()
    };
    let existing: Vec<String> = made.iter().map(|file| file.name.clone()).collect();
    let request = MakeRequest { name: name.to_owned(), merge, header, ..MakeRequest::default() };
    make_migration(&request, &existing, Stamp::from_unix(1_795_185_002)).expect("made")
}

#[test]
fn the_place_of_made_files_is_the_same_read_and_compiled() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/made/migrations");
    let read = Catalog::read_files(std::path::Path::new(folder), &LineName::default_line()).expect("read");
    let compiled = Catalog::compiled().expect("compiled");
    let place = |catalog: &Catalog| -> Vec<String> {
        let place = |of: &std::sync::Arc<Migration>| {
            format!("{} {} {:?} {:?} {:?}", of.revision, of.line, of.parents, of.depends_on, of.labels)
        };
        catalog.migrations().iter().map(place).collect()
    };
    assert_eq!(place(&read), place(&compiled));
    let graph = Graph::build(compiled.into_migrations()).expect("a graph");
    let names = |revisions: Vec<RevisionId>| revisions.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(names(graph.heads()), ["2026_11_20_143008_join_search"]);
}

#[test]
fn made_files_are_these() {
    let names = [
        "create_posts_table",
        "add_extras_to_posts_table",
        "remove_extras_from_posts_table",
        "tidy_up",
        "by_hand",
    ];
    let mut made: Vec<MadeFile> = Vec::new();
    for name in names {
        let fields = if name.ends_with("_table") { &FIELDS[..] } else { &[] };
        let fields = fields.iter().map(|field| (*field).to_owned()).collect();
        let request =
            MakeRequest { name: name.to_owned(), fields, sql: name == "by_hand", ..MakeRequest::default() };
        let existing: Vec<String> = made.iter().map(|file| file.name.clone()).collect();
        made.push(make_migration(&request, &existing, Stamp::from_unix(1_795_185_002)).expect("made"));
    }
    made.push(placed(&made, "begin_search", false, &["2026_11_20_143002_create_posts_table"]));
    let heads = ["2026_11_20_143006_by_hand", "2026_11_20_143007_begin_search"];
    made.push(placed(&made, "join_search", true, &heads));
    check("migrations", &FolderKind::migrations(), &made);
    check(
        "seeders",
        &FolderKind::Seeders,
        &[make_seeder("users", &[], &Templates::default()).expect("made")],
    );
}

#[test]
fn a_made_sql_file_is_read() {
    let header = FileHeader {
        revision: Some("ab12".into()),
        parents: Some(Vec::new()),
        depends_on: vec!["arvel-auth/create_users_table".into()],
        labels: vec!["billing".into()],
        description: Some("by hand".into()),
        transaction: false,
        ..FileHeader::default()
    };
    let request = MakeRequest { name: "by_hand".into(), sql: true, header, ..MakeRequest::default() };
    let made = make_migration(&request, &[], Stamp::from_unix(0)).expect("made");
    let file = SqlFile::parse(&made.text).expect("read");
    assert_eq!((file.revision.as_deref(), file.parents), (Some("ab12"), Some(Vec::new())));
    assert_eq!(file.depends_on, ["arvel-auth/create_users_table"]);
    assert_eq!((file.labels, file.description.as_deref()), (vec!["billing".to_owned()], Some("by hand")));
    assert_eq!((file.up_transaction, file.down_transaction), (TransactionMode::None, TransactionMode::None));
    assert!(file.down.is_some());
}

#[test]
fn made_files_record_both_ways_and_the_way_back_is_the_reverse() {
    let mut count = 0;
    for registration in arvel_migrate::inventory::iter::<Registration> {
        count += 1;
        let Source::Rust { up, down: Some(down) } = registration.source else { continue };
        let (up, down) = (Schema::record(up), Schema::record(down));
        assert_eq!((up.errors, down.errors), (Vec::new(), Vec::new()), "{}", registration.stem);
        if registration.stem.ends_with("create_posts_table") {
            let described = |operations: &[Operation]| -> Vec<String> {
                operations.iter().map(Operation::describe).collect()
            };
            assert_eq!(described(&reverse(&up.operations).expect("reversible")), described(&down.operations));
        }
    }
    assert_eq!(count, 7);
}
