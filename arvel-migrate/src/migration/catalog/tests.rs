//! The macros' own registrations, folders on a real disk, and what is refused.

use std::fs;

use super::*;
use crate::{
    dsl::Schema,
    migration::{Dependency, Label, Parents, Reads, Source, TransactionMode},
};

fn revision(name: &str) -> RevisionId {
    RevisionId::new(name).unwrap()
}

fn nothing(_: &mut Schema) {}

/// A Rust registration in a file of the line `default`.
fn rust(file: &'static str, stem: &'static str) -> Registration {
    Registration::new(file, stem, "default", "app", Source::Rust { up: nothing, down: None })
}

fn sql(stem: &'static str, text: &'static str) -> Registration {
    Registration::new("src/../migrations/mod.rs", stem, "default", "app", Source::Sql { text })
}

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn read(folder: &tempfile::TempDir) -> Result<Catalog, CatalogError> {
    Catalog::read_folder(folder.path(), &LineName::default_line())
}

fn revisions(catalog: &Catalog) -> Vec<&str> {
    catalog.migrations().iter().map(|migration| migration.revision.as_str()).collect()
}

fn up(catalog: &Catalog, name: &str) -> String {
    match &catalog.get(&revision(name)).unwrap().up {
        Body::Sql(section) => section.normalized().to_owned(),
        Body::Rust(_) => "rust".to_owned(),
    }
}

/// A message without the folder's own path.
fn told(error: &CatalogError, folder: &tempfile::TempDir) -> (String, String) {
    let here = format!("{}/", folder.path().display());
    (error.to_string().replace(&here, ""), error.hint().unwrap().replace(&here, ""))
}

#[test]
fn the_macros_register_what_their_files_say() {
    let compiled = Catalog::compiled().unwrap();
    let ours: Vec<_> =
        compiled.migrations().iter().filter(|m| m.line.as_str() == "database:fixtures").collect();
    let [create, add, fill] = ours[..] else { panic!("{ours:?}") };

    assert_eq!(create.revision.as_str(), "2026_01_02_030405_create_things");
    assert_eq!((create.slug(), create.stem.as_str()), ("create_things", create.revision.as_str()));
    assert_eq!(create.parents, Parents::Root);
    assert_eq!(create.labels, [Label::new("fixture_things").unwrap()]);
    assert_eq!(create.origin.as_ref().unwrap().to_string(), "arvel-migrate/create_things");
    assert_eq!(create.database.as_deref(), Some("fixtures"));
    assert_eq!(create.description.as_deref(), Some("The first of the fixtures"));
    assert_eq!(create.up_transaction, TransactionMode::None);
    assert!(matches!(create.up, Body::Rust(_)) && matches!(create.down, Some(Body::Rust(_))));
    assert!(create.path.as_ref().unwrap().ends_with("fixtures/2026_01_02_030405_create_things.rs"));

    assert_eq!((add.revision.as_str(), add.stem.as_str()), ("add_colour", "2026_01_03_000000_add_colour"));
    assert_eq!(add.parents, Parents::Of(vec![create.revision.clone()]));
    assert_eq!(add.depends_on, [Dependency::Origin("arvel-migrate/create_things".parse().unwrap())]);
    assert_eq!(
        (add.up_transaction, add.down_transaction),
        (TransactionMode::None, TransactionMode::PerMigration)
    );
    assert_eq!(up(&compiled, "add_colour"), "ALTER TABLE things ADD COLUMN colour text;");
    assert!(matches!(&add.down, Some(Body::Sql(down)) if down.first_line == 9));
    assert!(add.path.as_ref().unwrap().ends_with("fixtures/2026_01_03_000000_add_colour.sql"));

    // Their folder says it.
    assert_eq!((add.database_name(), fill.database_name()), ("fixtures", "fixtures"));
    assert_eq!(fill.parents, Parents::Previous);
    assert!(fill.path.as_ref().unwrap().ends_with("fixtures/2026_01_04_000000_fill_colour.up.sql"));
    assert!(matches!(&fill.down, Some(Body::Sql(down)) if down.first_line == 1));
}

#[test]
fn stubs_are_left_out_and_counted() {
    let stubs = Catalog::stubs();
    assert!(stubs.iter().any(|stub| stub.stem == "create_stub_things" && stub.line == "database:fixtures"));
    assert!(Catalog::compiled().unwrap().get(&revision("create_stub_things")).is_none());
    let counts = Catalog::counts_per_package();
    let ours = counts["arvel-migrate"];
    assert!(ours.migrations >= 3 && ours.stubs >= 1, "{ours:?}");
}

#[test]
fn registrations_are_sorted_by_line_and_key() {
    let other = Registration { line: "another", ..rust("b/3_c.rs", "3_c") };
    let registrations = [rust("a/10_b.rs", "10_b"), sql("2_x", "SELECT 1"), other, rust("a/2_a.rs", "2_a")];
    let catalog = Catalog::from_registrations(&registrations).unwrap();
    assert_eq!(revisions(&catalog), ["3_c", "2_a", "2_x", "10_b"]);
    assert_eq!(catalog.len(), 4);
    assert_eq!(catalog.get(&revision("2_x")).unwrap().path.as_deref(), Some(Path::new("migrations/2_x.sql")));
    let backwards = Catalog::from_registrations(registrations.iter().rev()).unwrap();
    assert_eq!(revisions(&backwards), revisions(&catalog));
    assert_eq!(backwards.digest(), catalog.digest());
    assert!(catalog.digest().text().starts_with("v1:"));
    assert!(Catalog::default().is_empty());
}

#[test]
fn what_a_registration_can_have_wrong() {
    let file = "migrations/1_a.rs";
    let case = |registration: Registration| Catalog::from_registrations(&[registration]).unwrap_err();
    for (error, code, message, hint) in [
        (
            case(Registration { parents: Some(&["p/s"]), ..rust(file, "1_a") }),
            "catalog.name",
            "`migrations/1_a.rs`: revision `p/s` contains '/'; letters, digits, `_` and `.` are allowed",
            "an origin goes to `depends_on`: `p/s`; `parents` takes revisions only",
        ),
        (
            case(Registration { labels: &["heads"], ..rust(file, "1_a") }),
            "catalog.name",
            "`migrations/1_a.rs`: label `heads` is a reserved word of the target language",
            "choose another name; `head`, `heads`, `base`, `current` and `all` are targets",
        ),
        (
            case(Registration { depends_on: &["P/s"], ..rust(file, "1_a") }),
            "catalog.origin",
            "`migrations/1_a.rs`: origin `P/s` is not `package/stub` with names of `a-z`, `0-9`, `_` and `-`",
            "write it as `package/stub`, such as `arvel-auth/create_users_table`",
        ),
        (
            case(Registration { origin: Some("users"), ..rust(file, "1_a") }),
            "catalog.origin",
            "`migrations/1_a.rs`: origin `users` is not `package/stub` with names of `a-z`, `0-9`, `_` and `-`",
            "write it as `package/stub`, such as `arvel-auth/create_users_table`",
        ),
        (
            case(sql("1_a", "-- migrate:up\n")),
            "catalog.sql_file",
            "`migrations/1_a.sql`, line 1: the way forward is empty",
            "write the SQL of the way forward, or a comment that says why there is none",
        ),
    ] {
        assert_eq!(
            (error.code(), error.to_string().as_str(), error.hint().unwrap().as_str()),
            (code, message, hint)
        );
    }
}

#[test]
fn one_revision_in_two_files_names_both() {
    let second = Registration { revision: Some("1_a"), ..rust("m/2_b.rs", "2_b") };
    let error = Catalog::from_registrations(&[second, rust("m/1_a.rs", "1_a")]).unwrap_err();
    assert_eq!(error.to_string(), "`m/1_a.rs` and `m/2_b.rs` have the same revision `1_a`");
    assert_eq!(error.code(), "catalog.duplicate_revision");
    assert_eq!(error.hint().unwrap(), "give `m/2_b.rs` another stamp, or another `revision` in its header");
}

#[test]
fn a_folder_is_read_with_what_is_in_it() {
    let folder = folder(&[
        ("2_b.sql", "-- migrate:up\nB\n"),
        ("1_a.up.sql", "A"),
        ("1_a.down.sql", "A back"),
        ("nested/deeper/10_d.sql", "D"),
        ("3_c.v2.sql", "C"),
        // Nobody's.
        ("4_e.rs", "fn up() {}"),
        ("mod.rs", ""),
        ("README.md", ""),
        ("5_f.sql.bak", ""),
        (".6_g.sql", ""),
        (".hidden/7_h.sql", ""),
    ]);
    let catalog = read(&folder).unwrap();
    assert_eq!(revisions(&catalog), ["1_a", "2_b", "3_c.v2", "10_d"]);
    assert!(catalog.migrations().iter().all(|migration| migration.line == LineName::default_line()));
    let nested = catalog.get(&revision("10_d")).unwrap();
    assert_eq!(nested.path.as_deref(), Some(&*folder.path().join("nested/deeper/10_d.sql")));
    assert_eq!(nested.text.as_deref(), Some("D"));
    assert!(matches!(&catalog.get(&revision("1_a")).unwrap().down, Some(Body::Sql(_))));
    assert!(catalog.get(&revision("2_b")).unwrap().down.is_none());
}

#[test]
fn what_a_folder_can_have_wrong() {
    let name_hint = "name it `<stamp>_<slug>.sql`, such as `2026_11_20_143000_create_posts_table.sql` (the stamp may \
                     also be 1 to 18 digits; letters, digits, `_` and `.` follow), or move it out of the folder";
    for (files, code, message, hint) in [
        (
            &[("schema.sql", "x")][..],
            "catalog.file_name",
            "`schema.sql` is not the name of a SQL migration",
            name_hint,
        ),
        (
            &[("1_a-b.sql", "x")],
            "catalog.file_name",
            "`1_a-b.sql` is not the name of a SQL migration",
            name_hint,
        ),
        (
            &[("1_a.up.sql", "x")],
            "catalog.half_pair",
            "`1_a.up.sql` has no `1_a.down.sql` beside it",
            "write `1_a.down.sql`, or make it one `.sql` file with `-- migrate:up` and no way back",
        ),
        (
            &[("n/1_a.down.sql", "x"), ("1_a.up.sql", "x")],
            "catalog.half_pair",
            "`1_a.up.sql` has no `1_a.down.sql` beside it",
            "write `1_a.down.sql`, or make it one `.sql` file with `-- migrate:up` and no way back",
        ),
        (
            &[("1_a.sql", "x"), ("1_a.up.sql", "x"), ("1_a.down.sql", "x")],
            "catalog.stem_twice",
            "`1_a.sql` and `1_a.up.sql` are the same migration",
            "remove one of them, or give `1_a.up.sql` another stamp",
        ),
        (
            &[("1_a.sql", "x"), ("1_a.down.sql", "x")],
            "catalog.stem_twice",
            "`1_a.sql` and `1_a.down.sql` are the same migration",
            "remove one of them, or give `1_a.down.sql` another stamp",
        ),
        (
            &[("1_a.sql", "x"), ("nested/1_a.sql", "x")],
            "catalog.duplicate_revision",
            "`1_a.sql` and `nested/1_a.sql` have the same revision `1_a`",
            "give `nested/1_a.sql` another stamp, or another `revision` in its header",
        ),
        (
            &[("1_a.up.sql", "x"), ("1_a.down.sql", "-- revision: r\nx")],
            "catalog.sql_file",
            "`1_a.down.sql`, line 1: `-- revision:` in a `.down.sql` file",
            "move it to the `.up.sql` file",
        ),
        (
            &[("1_a.sql", "-- labels: a b\nx")],
            "catalog.name",
            "`1_a.sql`: label `a b` contains ' '; letters, digits, `_` and `.` are allowed",
            "use letters, digits, `_` and `.`, at most 190 of them; several names are separated by commas in SQL and \
             are several strings in Rust",
        ),
    ] {
        let folder = folder(files);
        let error = read(&folder).unwrap_err();
        assert_eq!(error.code(), code);
        assert_eq!(told(&error, &folder), (message.to_owned(), hint.to_owned()));
    }
}

#[test]
fn files_that_can_not_be_read() {
    let folder = folder(&[]);
    fs::write(folder.path().join("1_a.sql"), b"SELECT '\xff'").unwrap();
    assert_eq!(told(&read(&folder).unwrap_err(), &folder).0, "`1_a.sql` is not UTF-8 text");
    let error = Catalog::read_folder(&folder.path().join("none"), &LineName::default_line()).unwrap_err();
    assert_eq!(error.code(), "catalog.unreadable");
    assert_eq!(error.hint().unwrap(), "check `migrations.path` in `arvel.toml`, or `--path`");
}

#[test]
fn the_disk_and_the_program() {
    let compiled = || {
        Catalog::from_registrations(&[
            rust("migrations/1_a.rs", "1_a"),
            Registration { line: "other", ..sql("2_b", "old B") },
            sql("3_c", "old C"),
            sql("4_d", "old D"),
        ])
        .unwrap()
    };
    // `3_c` has another revision since, `4_d` is gone, `5_e` is not listed.
    let folder = folder(&[("2_b.sql", "new B"), ("3_c.sql", "-- revision: c\nnew C"), ("5_e.sql", "new E")]);

    let disk = compiled().merge(read(&folder).unwrap(), Precedence::Disk).unwrap();
    assert_eq!(revisions(&disk), ["1_a", "c", "4_d", "5_e", "2_b"]);
    assert_eq!(disk.get(&revision("2_b")).unwrap().line.as_str(), "other");
    let texts = ["1_a", "2_b", "c", "4_d", "5_e"].map(|name| up(&disk, name));
    assert_eq!(texts, ["rust", "new B", "new C", "old D", "new E"]);
    assert_eq!(
        disk.migrations()
            .iter()
            .filter(|of| disk.is_unlisted(of))
            .map(|of| of.revision.as_str())
            .collect::<Vec<_>>(),
        ["5_e"]
    );

    let program = compiled().merge(read(&folder).unwrap(), Precedence::Compiled).unwrap();
    assert_eq!(revisions(&program), ["1_a", "3_c", "4_d", "5_e", "2_b"]);
    assert_eq!(["2_b", "3_c", "5_e"].map(|name| up(&program, name)), ["old B", "old C", "new E"]);
}

#[test]
fn two_files_of_one_stem_are_both_kept() {
    let compiled = Catalog::from_registrations(&[sql("1_a", "old")]).unwrap();
    let folder = folder(&[("x/1_a.sql", "-- revision: x\nX"), ("y/1_a.sql", "-- revision: y\nY")]);
    let merged = compiled.merge(read(&folder).unwrap(), Precedence::Disk).unwrap();
    assert_eq!(revisions(&merged), ["1_a", "x", "y"]);
}

#[test]
fn a_file_of_the_folder_never_replaces_a_rust_migration() {
    let compiled = Catalog::from_registrations(&[rust("m/1_a.rs", "1_a")]).unwrap();
    let folder = folder(&[("1_a.sql", "x")]);
    let error = compiled.clone().merge(read(&folder).unwrap(), Precedence::Disk).unwrap_err();
    assert_eq!(error.code(), "catalog.duplicate_revision");

    let in_place = Migration::from_registration(&rust("stubs/s.rs", "s")).unwrap();
    assert_eq!(revisions(&compiled.with(vec![in_place]).unwrap()), ["1_a", "s"]);
}

#[test]
fn the_place_of_rust_files_is_read_without_compiling_them() {
    let folder = folder(&[
        ("mod.rs", "arvel_migrate::line!(\"default\");\n"),
        ("1_a.sql", "-- labels: first\n-- migrate:up\nSELECT 1;\n"),
        (
            "2_b.rs",
            "migration! { up, down, parents: [\"1_a\"], labels: [\"b\"], depends_on: [\"p/s\", \"0_z\"] }",
        ),
        ("3_c.rs", "migration! { up, revision: \"ab12\", parents: [], origin: \"p/s\" }"),
        ("nested/4_d.rs", "migration! { up }"),
        ("helper.rs", "pub fn help() {}"),
    ]);
    let catalog = Catalog::read_files(folder.path(), &LineName::default_line()).unwrap();
    assert_eq!(revisions(&catalog), ["1_a", "2_b", "ab12", "4_d"]);
    let found = catalog.get(&revision("2_b")).unwrap();
    assert_eq!(found.parents, Parents::Of(vec![revision("1_a")]));
    assert_eq!(found.labels, [Label::new("b").unwrap()]);
    assert_eq!(found.depends_on.iter().map(ToString::to_string).collect::<Vec<_>>(), ["p/s", "0_z"]);
    let root = catalog.get(&revision("ab12")).unwrap();
    assert_eq!((&root.parents, root.stem.as_str()), (&Parents::Root, "3_c"));
    assert_eq!(root.origin.as_ref().map(ToString::to_string).as_deref(), Some("p/s"));
    assert!(
        Catalog::read_files(&folder.path().join("nowhere"), &LineName::default_line()).unwrap().is_empty()
    );
}

#[test]
fn a_rust_file_that_can_not_be_read_is_named() {
    let cases = [
        ("migration! { up", "catalog.not_rust"),
        ("migration! { up, parents: [FIRST] }", "catalog.not_plain"),
        ("migration! { up, revision: concat!(\"a\") }", "catalog.not_plain"),
        ("migration! { up, labels: [\"a-b\"] }", "catalog.name"),
    ];
    for (text, code) in cases {
        let folder = folder(&[("1_a.rs", text)]);
        let error = Catalog::read_files(folder.path(), &LineName::default_line()).unwrap_err();
        assert_eq!(error.code(), code, "{text}: {error}");
        assert!(error.hint().is_some());
    }
}

#[test]
fn what_reads_the_command_line_has_its_text() {
    let reads = |entries: &'static [&'static str], text: &'static str| {
        let read = Registration { reads: Some(Reads { entries, text }), ..rust("a/1_a.rs", "1_a") };
        Catalog::from_registrations([&read]).map(|catalog| Checksum::of(&catalog.migrations()[0]))
    };
    let (one, other) =
        (reads(&["tenant"], "fn up() {}").unwrap(), reads(&["tenant"], "fn up() { 1 }").unwrap());
    assert_ne!(one, other);
    assert_eq!(one, reads(&["tenant", "--tag"], "// formatted\r\nfn up( ) { }").unwrap());
    assert_eq!(reads(&["tenant"], "").unwrap_err().code(), "catalog.no_text");
    assert_eq!(reads(&["ten ant"], "x").unwrap_err().code(), "catalog.reads");
}
