//! What `make migration` writes, as files: they compile, and record without a mistake both ways.
//!
//! After a change of the texts, `ARVEL_BLESS=1 cargo test -p arvel-migrate --test made` writes them anew; look at them.

use arvel_migrate::{
    dsl::Schema,
    migration::{Registration, Source},
    operation::{Operation, reverse},
    project::{MakeRequest, Stamp, make_migration},
};

arvel_migrate::line!("made");

#[rustfmt::skip]
#[path = "made/2026_11_20_143002_add_extras_to_posts_table.rs"]
mod add;
#[rustfmt::skip]
#[path = "made/2026_11_20_143002_create_posts_table.rs"]
mod create;
#[rustfmt::skip]
#[path = "made/2026_11_20_143002_remove_extras_from_posts_table.rs"]
mod remove;
#[rustfmt::skip]
#[path = "made/2026_11_20_143002_tidy_up.rs"]
mod tidy;

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

#[test]
fn made_files_are_these() {
    for name in
        ["create_posts_table", "add_extras_to_posts_table", "remove_extras_from_posts_table", "tidy_up"]
    {
        let fields = if name == "tidy_up" { &[][..] } else { &FIELDS[..] };
        let fields = fields.iter().map(|field| (*field).to_owned()).collect();
        let request = MakeRequest { name: name.to_owned(), fields, ..MakeRequest::default() };
        let made = make_migration(&request, &[], Stamp::from_unix(1_795_185_002)).expect("made");
        let path = format!("{}/tests/made/{}", env!("CARGO_MANIFEST_DIR"), made.name);
        if std::env::var_os("ARVEL_BLESS").is_some() {
            std::fs::write(&path, &made.text).expect("written");
        }
        assert_eq!(std::fs::read_to_string(&path).expect("read"), made.text, "{path}");
    }
}

#[test]
fn made_files_record_both_ways_and_the_way_back_is_the_reverse() {
    let mut count = 0;
    for registration in arvel_migrate::inventory::iter::<Registration> {
        let Source::Rust { up, down: Some(down) } = registration.source else {
            panic!("{}", registration.stem)
        };
        let (up, down) = (Schema::record(up), Schema::record(down));
        assert_eq!((up.errors, down.errors), (Vec::new(), Vec::new()), "{}", registration.stem);
        if registration.stem.ends_with("create_posts_table") {
            let described = |operations: &[Operation]| -> Vec<String> {
                operations.iter().map(Operation::describe).collect()
            };
            assert_eq!(described(&reverse(&up.operations).expect("reversible")), described(&down.operations));
        }
        count += 1;
    }
    assert_eq!(count, 4);
}
