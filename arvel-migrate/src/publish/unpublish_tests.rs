//! What goes and what is left, without a disk.

use super::{Left::*, *};
use crate::publish::{
    OwnPlace,
    header::tests::{after, stub},
    published_text,
};

const UP: &str = "migration! { up, down }\nfn up(schema: &mut Schema) { one(); }\n";

fn stubs() -> Vec<BundledStub> {
    vec![
        stub("auth/users", FileKind::Rust, UP),
        after(stub("auth/tokens", FileKind::Rust, UP), &["auth/users"]),
        stub("media/media", FileKind::Rust, UP),
    ]
}

/// The stubs as files, `1_users.rs` and so on.
fn published() -> Vec<ExistingFile> {
    let file = |(at, stub): (usize, &BundledStub)| {
        let text = published_text(stub, &OwnPlace::default()).unwrap();
        ExistingFile::read(&format!("{}_{}.rs", at + 1, stub.origin.stub()), &text).unwrap()
    };
    stubs().iter().enumerate().map(file).collect()
}

fn read(name: &str, text: &str) -> ExistingFile {
    ExistingFile::read(name, text).unwrap()
}

fn known(origins: &[&str]) -> AppliedOrigins {
    AppliedOrigins::Known(origins.iter().map(|origin| origin.parse().unwrap()).collect())
}

fn of(packages: &[&str], applied: AppliedOrigins) -> UnpublishOptions {
    let packages = packages.iter().map(|name| (*name).to_owned()).collect();
    UnpublishOptions { packages, applied, ..UnpublishOptions::default() }
}

fn plan(files: &[ExistingFile], options: &UnpublishOptions) -> Vec<(String, Option<Left>)> {
    let plan = plan_unpublish(&stubs(), files, [], options).unwrap();
    plan.removals.into_iter().map(|removal| (removal.file, removal.left)).collect()
}

fn expect(of: &[(&str, Option<Left>)]) -> Vec<(String, Option<Left>)> {
    of.iter().map(|(file, left)| ((*file).to_owned(), *left)).collect()
}

#[test]
fn what_is_unedited_unapplied_and_not_needed_goes() {
    let (users, tokens, media) = ("1_users.rs", "2_tokens.rs", "3_media.rs");
    let edited = |at: usize| {
        let mut files = published();
        files[at] = read(&files[at].name, &files[at].text.replace("one", "mine"));
        files
    };
    let own = |text: &str| [published(), vec![read("9_own.rs", text)]].concat();
    let twice = [published(), vec![read("9_again.rs", &published()[0].text)]].concat();
    let unmarked = {
        let mut files = published();
        files[0] = read(users, files[0].text.split_once('\n').unwrap().1.replace("one", "two").as_str());
        files
    };
    let auth = |applied| of(&["auth"], applied);
    let nothing = || known(&[]);
    let cases = [
        ("all of a package", published(), auth(nothing()), vec![(users, None), (tokens, None)]),
        ("all", published(), of(&[], nothing()), vec![(users, None), (tokens, None), (media, None)]),
        ("one edited", edited(1), auth(nothing()), vec![(users, Some(Needed)), (tokens, Some(Edited))]),
        ("the other edited", edited(0), auth(nothing()), vec![(users, Some(Edited)), (tokens, None)]),
        (
            "the first applied",
            published(),
            auth(known(&["auth/users"])),
            vec![(users, Some(Applied)), (tokens, None)],
        ),
        (
            "nobody answers",
            published(),
            auth(AppliedOrigins::Unknown),
            vec![(users, Some(Unknown)), (tokens, Some(Unknown))],
        ),
        (
            "nobody answers, and a person knows",
            published(),
            UnpublishOptions { assume_unapplied: true, ..auth(AppliedOrigins::Unknown) },
            vec![(users, None), (tokens, None)],
        ),
        (
            "only one that another needs",
            published(),
            UnpublishOptions { only: vec!["users".to_owned()], ..auth(nothing()) },
            vec![(users, Some(Needed))],
        ),
        (
            "an own file depends on the origin",
            own("migration! { up, depends_on: [\"auth/tokens\"] }"),
            auth(nothing()),
            vec![(users, Some(Needed)), (tokens, Some(Needed))],
        ),
        (
            "an own file follows the revision",
            own("migration! { up, parents: [\"2_tokens\"] }"),
            auth(nothing()),
            vec![(users, Some(Needed)), (tokens, Some(Needed))],
        ),
        (
            "two files of one origin",
            twice,
            auth(nothing()),
            vec![(users, Some(Duplicate)), (tokens, None), ("9_again.rs", Some(Duplicate))],
        ),
        (
            "without the publisher's line, and edited",
            unmarked,
            auth(nothing()),
            vec![(users, Some(Edited)), (tokens, None)],
        ),
        ("nothing is published", vec![], auth(nothing()), vec![]),
    ];
    for (case, files, options, expected) in cases {
        assert_eq!(plan(&files, &options), expect(&expected), "{case}");
    }
}

#[test]
fn a_package_that_is_not_linked_any_more_can_go() {
    let plan = plan_unpublish(&[], &published(), [], &of(&["media"], known(&[]))).unwrap();
    assert_eq!(plan.removals.len(), 1);
    assert!(!plan.leaves());
    let error = plan_unpublish(&stubs()[..1], &published(), [], &of(&["bills"], known(&[]))).unwrap_err();
    assert_eq!(error.to_string(), "no linked package is called `bills`; registered: auth, media");
}

#[test]
fn a_migration_of_another_folder_needs_it_too() {
    let text = "-- depends_on: media/media\n-- migrate:up\nSELECT 1;\n";
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("1_search.sql"), text).unwrap();
    let line = crate::migration::LineName::new("search");
    let catalog = crate::migration::Catalog::read_folder_except(home.path(), &line, &[]).unwrap();
    let elsewhere = catalog.migrations().iter().map(AsRef::as_ref);
    let plan = plan_unpublish(&stubs(), &published(), elsewhere, &of(&["media"], known(&[]))).unwrap();
    let [removal] = plan.removals.as_slice() else { panic!("{plan:?}") };
    assert_eq!(removal.left, Some(Needed));
    assert!(removal.reason.as_deref().unwrap().ends_with("1_search.sql` depends on it"), "{removal:?}");
}
