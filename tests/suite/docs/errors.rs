//! Every error code is in `docs/src/reference/errors.md`, and every code in it exists.
//!
//! Codes are string literals: of a `fn code`, or the second argument of a `CommandError`. The sources are read for them.

use std::collections::BTreeSet;

/// The codes of a source: what follows `=> "` or a comma in the functions that name codes.
fn codes_of(source: &str) -> BTreeSet<String> {
    // Tests below the code name codes too.
    let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or(source);
    let is_code = |text: &str| {
        let (room, name) = text.split_once('.').or_else(|| text.split_once('_')).unwrap_or_default();
        let word = |word: &str| {
            !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_' || b == b'.')
        };
        word(room) && word(name)
    };
    let mut codes = BTreeSet::new();
    for (at, _) in source.match_indices("fn code(&self)") {
        let body = &source[at..];
        let end = body.find("\n    }\n").unwrap_or(body.len());
        let literals = body[..end].split('"').skip(1).step_by(2);
        codes.extend(literals.filter(|text| is_code(text)).map(str::to_owned));
    }
    codes
}

#[test]
fn every_error_code_is_documented_and_nothing_else() {
    let mut expected = BTreeSet::new();
    for krate in ["arvel-core/src", "arvel-migrate/src", "arvel-cli/src"] {
        for file in super::files(krate, ".rs") {
            expected.extend(codes_of(&super::read(&file)));
        }
    }
    // Those that the command line makes where they happen.
    let rooms = ["guard.", "project.", "publish."];
    for file in super::files("arvel-cli/src", ".rs") {
        let source = super::read(&file);
        let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let literals = source.split('"').skip(1).step_by(2);
        let codes =
            literals.filter(|text| rooms.iter().any(|room| text.starts_with(room)) && !text.contains(' '));
        expected.extend(codes.map(str::to_owned));
    }
    expected.extend(["usage", "interrupted", "make", "output"].map(str::to_owned));
    let page = super::first_column(&super::read("docs/src/reference/errors.md"));
    let undocumented: Vec<&String> = expected.difference(&page).collect();
    assert_eq!(undocumented, [] as [&String; 0]);
    let unknown: Vec<&String> = page.difference(&expected).collect();
    assert_eq!(unknown, [] as [&String; 0]);
}
