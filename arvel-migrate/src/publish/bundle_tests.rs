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
