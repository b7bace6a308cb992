//! The declaration of packages: what is read, ordered and refused.

use super::*;

const fn stub(name: &'static str, after: &'static [StubOrigin]) -> Stub {
    Stub { name, path: "stubs/x.rs", text: "migration! { up, down }", after, follows: None, former: &[] }
}

const fn bundle(package: &'static str, stubs: &'static [Stub]) -> Bundle {
    Bundle { package, version: "0.1.0", file: "src/lib.rs", stubs }
}

fn names(bundles: &[Bundle]) -> Result<Vec<String>, BundleError> {
    Ok(bundled_from(bundles)?.into_iter().map(|stub| stub.origin.to_string()).collect())
}

use StubOrigin::{Elsewhere, Here};
const AUTH: Bundle = bundle(
    "zz-auth",
    &[stub("tokens", &[Here("users")]), stub("users", &[]), stub("b", &[]), stub("a", &[])],
);
const MEDIA: Bundle = bundle("media", &[stub("media", &[Elsewhere("zz-auth/users")])]);
const AUDIT: Bundle = bundle("audit", &[stub("entries", &[])]);

#[test]
fn packages_by_dependency_then_name_stubs_by_after_then_as_declared() {
    let expected =
        ["audit/entries", "zz-auth/users", "zz-auth/tokens", "zz-auth/b", "zz-auth/a", "media/media"];
    assert_eq!(names(&[MEDIA, AUTH, AUDIT]).expect("sorted"), expected);
    assert_eq!(names(&[AUDIT, AUTH, MEDIA]).expect("sorted"), expected);
}

#[test]
fn mistakes_name_the_package() {
    const CASES: [(&[Bundle], &str); 7] = [
        (
            &[bundle("p", &[stub("Bad", &[])])],
            "package `p` bundles `Bad`, which is no stub name; `a-z`, `0-9`, `_` and `-` are allowed",
        ),
        (&[bundle("p", &[stub("a", &[]), stub("a", &[])])], "package `p` bundles two stubs called `a`"),
        (
            &[MEDIA],
            "stub `media` of package `media` comes after `zz-auth/users`, which no linked package bundles",
        ),
        (
            &[bundle("p", &[stub("a", &[Here("c")])])],
            "stub `a` of package `p` comes after `c`, which no linked package bundles",
        ),
        (
            &[bundle("p", &[stub("a", &[Here("b")]), stub("b", &[Here("a")]), stub("c", &[])])],
            "the stubs of package `p` come after each other in a circle: a, b",
        ),
        (
            &[bundle("p", &[stub("a", &[Elsewhere("q/a")])]), bundle("q", &[stub("a", &[Elsewhere("p/a")])])],
            "the stubs of package `p` come after each other in a circle: p, q",
        ),
        (
            &[bundle("p", &[Stub { text: "fn up() {}", ..stub("a", &[]) }])],
            "stub `a` of package `p` has no `migration! { up, down }` at its top level",
        ),
    ];
    for (bundles, message) in CASES {
        let error = names(bundles).expect_err(message);
        assert_eq!(error.to_string(), message);
        assert!(!error.hint().is_empty());
    }
}

#[test]
fn paths_of_stubs() {
    assert!(const_is_stub_path("stubs/a.rs") && const_is_stub_path("../stubs/a.rs"));
    assert!(!const_is_stub_path("stubs/a.sql") && !const_is_stub_path("a.rs") && !const_is_stub_path("rs"));
}

const fn follow_up(name: &'static str, stub_name: &'static str, since: &'static str) -> Stub {
    Stub { follows: Some(StubFollows { stub: stub_name, since }), ..stub(name, &[]) }
}

#[test]
fn follow_ups_come_after_their_stub_in_the_order_of_their_versions() {
    const STUBS: &[Stub] = &[
        follow_up("third", "users", "0.1.0"),
        follow_up("second", "users", "0.0.2"),
        stub("tokens", &[Here("third"), Here("second")]),
        follow_up("again", "second", "0.1.0-rc.1"),
        stub("users", &[]),
    ];
    let stubs = bundled_from(&[bundle("auth", STUBS)]).expect("sound");
    let named = |origins: &[Origin]| origins.iter().map(|it| it.stub().to_owned()).collect::<Vec<_>>();
    let found: Vec<(&str, Vec<String>)> =
        stubs.iter().map(|stub| (stub.origin.stub(), named(&stub.depends_on))).collect();
    let list = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        found,
        [
            ("users", list(&[])),
            ("second", list(&["users"])),
            ("third", list(&["users"])),
            // Not every application has a follow-up: the stub that it follows stands for it.
            ("tokens", list(&["users"])),
            ("again", list(&["second"])),
        ]
    );
    assert_eq!(named(&stubs[3].after), ["third", "second"]);
}

#[test]
fn mistakes_of_follow_ups_and_former_texts_name_the_package() {
    const CASES: [(&[Bundle], &str); 6] = [
        (
            &[bundle("p", &[follow_up("a", "users", "0.1.0")])],
            "stub `a` of package `p` follows `users`, which the package does not bundle",
        ),
        (
            &[bundle("p", &[stub("users", &[]), follow_up("a", "users", "0.2")])],
            "stub `a` of package `p` names the version `0.2`, which is none",
        ),
        (
            &[bundle("p", &[stub("users", &[]), follow_up("a", "users", "0.2.0")])],
            "stub `a` of package `p` is a follow-up since 0.2.0, and the package is 0.1.0",
        ),
        (
            &[bundle("p", &[follow_up("a", "b", "0.1.0"), follow_up("b", "a", "0.1.0")])],
            "the stubs of package `p` come after each other in a circle: a, b",
        ),
        (
            &[bundle("p", &[Stub { former: &["fn up() {}"], ..stub("a", &[]) }])],
            "a former text of stub `a` of package `p` has no `migration! { up, down }` at its top level",
        ),
        (
            &[bundle("p", &[Stub { text: "migration! { up, origin: \"a/b\" }", ..stub("a", &[]) }])],
            "stub `a` of package `p` says its `origin` itself; leave that to the publisher",
        ),
    ];
    for (bundles, message) in CASES {
        let error = names(bundles).expect_err(message);
        assert_eq!(error.to_string(), message);
        assert!(!error.hint().is_empty());
    }
}

#[test]
fn a_former_text_is_found_by_its_digest_also_when_it_came_after_less() {
    const OLD: &str = "migration! { up }";
    const STUBS: &[Stub] = &[stub("users", &[]), Stub { former: &[OLD], ..stub("tokens", &[Here("users")]) }];
    let stubs = bundled_from(&[bundle("auth", STUBS)]).expect("sound");
    let place = OwnPlace::default();
    for depends_on in ["", ", depends_on: [\"auth/users\"]"] {
        let published = format!("migration! {{ up, origin: \"auth/tokens\"{depends_on} }}");
        let digest = digest(FileKind::Rust, &published);
        assert_eq!(stubs[1].former_of(&digest, &place).as_deref(), Some(published.as_str()));
    }
    assert_eq!(stubs[1].former_of(&digest(FileKind::Rust, "migration! { down }"), &place), None);
}
