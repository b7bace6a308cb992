//! Which crate may know which. The arrows are held twice: in the manifests and in the paths of the sources.

use super::{
    lexer::identifiers,
    source::{Member, members},
};

/// What each crate may depend on among its siblings; `tests` may depend on everything and is not listed.
const ARROWS: &[(&str, &[&str])] = &[
    ("arvel-core", &[]),
    ("arvel-macros", &[]),
    ("arvel-migrate", &["arvel-core", "arvel-macros"]),
    ("arvel-cli", &["arvel-core", "arvel-migrate"]),
    ("arvel-auth", &["arvel-migrate"]),
    // Declared: `media.uploaded_by` points to the users of `arvel-auth`.
    ("arvel-media", &["arvel-migrate", "arvel-auth"]),
    ("arvel-notifications", &["arvel-migrate"]),
    ("arvel-audit", &["arvel-migrate"]),
    (
        "example-app",
        &[
            "arvel-core",
            "arvel-migrate",
            "arvel-cli",
            "arvel-auth",
            "arvel-media",
            "arvel-notifications",
            "arvel-audit",
        ],
    ),
];

/// What a crate must not depend on, although anybody can find it in the registry.
const FOREIGN: &[(&str, &[&str], &str)] = &[
    (
        "arvel-core",
        &["sqlx", "inventory", "indicatif", "dialoguer", "anstream", "comfy-table"],
        "the kernel knows no SQL and no terminal",
    ),
    (
        "arvel-migrate",
        &["clap", "clap_complete", "indicatif", "dialoguer", "inquire", "anstream", "anstyle", "comfy-table"],
        "the engine is used without a terminal",
    ),
    ("arvel-cli", &["sqlx"], "the commands go through the engine"),
];

fn allowed(member: &Member) -> Option<&'static [&'static str]> {
    ARROWS.iter().find(|(name, _)| *name == member.name).map(|(_, allowed)| *allowed)
}

#[test]
fn manifests_follow_the_arrows() {
    let members = members();
    let siblings: Vec<&str> = members.iter().map(|member| member.name.as_str()).collect();
    let mut wrong = Vec::new();
    for member in &members {
        let Some(allowed) = allowed(member) else {
            assert_eq!(member.name, "arvel-tests", "a new crate has a row of arrows");
            continue;
        };
        for dependency in &member.dependencies {
            if siblings.contains(&dependency.as_str()) && !allowed.contains(&dependency.as_str()) {
                wrong.push(format!("{} -> {dependency}", member.name));
            }
        }
        for (name, forbidden, reason) in FOREIGN {
            for dependency in member.dependencies.iter().filter(|d| forbidden.contains(&d.as_str())) {
                if *name == member.name {
                    wrong.push(format!("{name} -> {dependency}: {reason}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "forbidden arrows:\n{}", wrong.join("\n"));
}

#[test]
fn sources_name_only_what_their_manifest_may_name() {
    let members = members();
    let siblings: Vec<String> = members.iter().map(|member| member.name.replace('-', "_")).collect();
    let mut wrong = Vec::new();
    for member in &members {
        let Some(allowed) = allowed(member) else { continue };
        for file in &member.files {
            for (at, word) in identifiers(&file.code) {
                let own = member.name.replace('-', "_") == word;
                let sibling = siblings.iter().any(|sibling| sibling == word);
                if sibling && !own && !allowed.iter().any(|name| name.replace('-', "_") == word) {
                    wrong.push(format!("{}: {word}", file.place(at)));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "forbidden paths:\n{}", wrong.join("\n"));
}

#[test]
fn every_row_is_of_a_crate_that_is_there() {
    let members = members();
    for (name, _) in ARROWS {
        assert!(members.iter().any(|member| member.name == *name), "{name} is no member");
    }
    let unsafe_code = members.iter().filter(|member| {
        member.files.iter().any(|file| identifiers(&file.code).iter().any(|(_, word)| *word == "unsafe"))
    });
    let names: Vec<&str> = unsafe_code.map(|member| member.folder.as_str()).collect();
    assert_eq!(names, [""; 0], "no crate has unsafe code");
}
