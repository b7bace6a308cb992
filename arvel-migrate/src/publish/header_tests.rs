//! What a published file looks like.

use super::*;

/// A stub for tests: `stub("arvel-auth/create_users_table", FileKind::Rust, "…")`.
pub(crate) fn stub(origin: &str, kind: FileKind, text: &str) -> BundledStub {
    let stub = BundledStub {
        digest: digest(kind, text),
        origin: origin.parse().expect(origin),
        version: semver::Version::new(0, 3, 0),
        kind,
        text: text.to_owned(),
        after: Vec::new(),
        depends_on: Vec::new(),
        creates: Vec::new(),
        follows: None,
        former: Vec::new(),
    };
    after(stub, &[])
}

/// The stub behind others.
pub(crate) fn after(mut stub: BundledStub, origins: &[&str]) -> BundledStub {
    stub.after.extend(origins.iter().map(|origin| origin.parse::<Origin>().expect(origin)));
    stub.depends_on = stub.after.clone();
    if let Ok(text) = published_text(&stub, &OwnPlace::default()) {
        stub.digest = digest(stub.kind, &text);
    }
    stub
}

fn place(revision: Option<&str>, parents: Option<&[&str]>) -> OwnPlace {
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    OwnPlace { revision: revision.map(str::to_owned), parents: parents.map(texts) }
}

#[test]
fn a_published_rust_file_says_where_it_comes_from() {
    let stub =
        stub("arvel-auth/create_users_table", FileKind::Rust, "migration! { up, down }\r\nfn up() {}\n");
    let text = published_text(&stub, &OwnPlace::default()).expect("published");
    let digest = &stub.digest;
    assert_eq!(
        text,
        format!(
            "// published from arvel-auth 0.3.0: create_users_table ({digest})\n\
             migration! {{ up, down, origin: \"arvel-auth/create_users_table\" }}\nfn up() {{}}\n"
        )
    );
    let header = PublishedHeader::find(FileKind::Rust, &text).expect("header");
    assert_eq!((header.origin.to_string(), &header.digest), (stub.origin.to_string(), digest));
    assert_eq!(super::digest(FileKind::Rust, &text), stub.digest);
    assert_eq!(
        declared_text(FileKind::Rust, &text, "origin").as_deref(),
        Some("arvel-auth/create_users_table")
    );
    let kept = published_text(&stub, &place(Some("old_name"), None)).expect("published");
    assert!(kept.contains(r#"origin: "arvel-auth/create_users_table", revision: "old_name" }"#), "{kept}");
}

#[test]
fn a_published_sql_file_keeps_its_first_line_where_that_matters() {
    let text = "-- no-transaction\nCREATE INDEX CONCURRENTLY a ON b (c);\n";
    let stub = stub("p/s", FileKind::Sql, text);
    let published = published_text(&stub, &place(Some("r"), None)).expect("published");
    let digest = &stub.digest;
    assert_eq!(
        published,
        format!(
            "-- no-transaction\n-- published from p 0.3.0: s ({digest})\n-- origin: p/s\n-- revision: r\n\
             CREATE INDEX CONCURRENTLY a ON b (c);\n"
        )
    );
    assert_eq!(super::digest(FileKind::Sql, &published), stub.digest);
    assert_eq!(declared_text(FileKind::Sql, &published, "origin").as_deref(), Some("p/s"));
    assert!(PublishedHeader::find(FileKind::Sql, &published).is_some());
}

#[test]
fn a_published_sql_file_is_read_with_its_origin() {
    let texts = [
        "-- migrate:up\nSELECT 1;\n-- migrate:down\nSELECT 2;\n",
        "-- description: a stub\n-- migrate:up transaction:false\nSELECT 1;\n",
        "-- no-transaction\nSELECT 1;\n",
        "SELECT 1;\n",
    ];
    for text in texts {
        let published = published_text(&stub("arvel-auth/s", FileKind::Sql, text), &place(Some("r"), None))
            .expect("published");
        let before = crate::migration::SqlFile::parse(text).expect(text);
        let after = crate::migration::SqlFile::parse(&published).expect(&published);
        assert_eq!(
            (after.origin.as_deref(), after.revision.as_deref()),
            (Some("arvel-auth/s"), Some("r")),
            "{text}"
        );
        assert_eq!(
            (after.up_transaction, after.description),
            (before.up_transaction, before.description),
            "{text}"
        );
    }
}

#[test]
fn stubs_that_are_no_migrations_are_refused() {
    let bare = stub("p/s", FileKind::Rust, "fn up() {}");
    assert_eq!(published_text(&bare, &OwnPlace::default()), Err(StubTextError::NoDeclaration));
    let refused = [
        (
            FileKind::Rust,
            "migration! { up, origin: \"a/b\" }",
            "says its `origin` itself; leave that to the publisher",
        ),
        (
            FileKind::Rust,
            "migration! { up, revision: \"r\" }",
            "says its `revision` itself; leave that to the publisher",
        ),
        (
            FileKind::Rust,
            "migration! { up, parents: [] }",
            "says its `parents` itself; leave that to the publisher",
        ),
        (
            FileKind::Rust,
            "migration! { up, depends_on: [NAME] }",
            "does not write its `depends_on` as plain texts",
        ),
        (FileKind::Sql, "-- origin: a/b\nSELECT 1;", "says its `origin` itself; leave that to the publisher"),
        (
            FileKind::Sql,
            "-- parents: none\nSELECT 1;",
            "says its `parents` itself; leave that to the publisher",
        ),
        (
            FileKind::Sql,
            "/* a\n*/\n-- revision: r\nSELECT 1;",
            "says its `revision` itself; leave that to the publisher",
        ),
    ];
    for (kind, text, message) in refused {
        let error = published_text(&stub("p/s", kind, text), &OwnPlace::default()).expect_err(text);
        assert_eq!(error.to_string(), message, "{text}");
    }
    let empty = published_text(
        &stub("p/s", FileKind::Sql, "-- migrate:up\n-- migrate:down\nSELECT 1;\n"),
        &OwnPlace::default(),
    );
    assert!(matches!(empty, Err(StubTextError::Sql(_))), "{empty:?}");
}

#[test]
fn dependencies_and_parents_are_carried_into_the_file() {
    let behind = ["a/x", "b/y"];
    let rust = [
        (
            "migration! { up, down }",
            r#"migration! { up, down, origin: "p/s", parents: ["1_a"], depends_on: ["a/x", "b/y"] }"#,
        ),
        (
            r#"migration! { up, depends_on: ["a/x", "1_z"] }"#,
            r#"migration! { up, depends_on: ["a/x", "1_z", "b/y"], origin: "p/s", parents: ["1_a"] }"#,
        ),
    ];
    for (text, published) in rust {
        let stub = after(stub("p/s", FileKind::Rust, text), &behind);
        let written = published_text(&stub, &place(None, Some(&["1_a"]))).expect(text);
        assert_eq!(written.split_once('\n').expect("two lines").1, published);
        assert_eq!(super::digest(FileKind::Rust, &written), stub.digest, "its place is not in it");
        assert_ne!(super::digest(FileKind::Rust, text), stub.digest, "what it depends on is");
    }
    let sql = [
        ("SELECT 1;\n", "-- origin: p/s\n-- parents: none\n-- depends_on: a/x, b/y\nSELECT 1;\n"),
        (
            "-- a word\n-- depends_on: 1_z\nSELECT 1;\n",
            "-- origin: p/s\n-- parents: none\n-- a word\n-- depends_on: 1_z, a/x, b/y\nSELECT 1;\n",
        ),
    ];
    for (text, published) in sql {
        let stub = after(stub("p/s", FileKind::Sql, text), &behind);
        let written = published_text(&stub, &place(None, Some(&[]))).expect(text);
        assert_eq!(written.split_once('\n').expect("two lines").1, published);
        assert_eq!(super::digest(FileKind::Sql, &written), stub.digest);
        let read = crate::migration::SqlFile::parse(&written).expect(text);
        assert_eq!((read.parents, read.depends_on.last().map(String::as_str)), (Some(vec![]), Some("b/y")));
    }
}
