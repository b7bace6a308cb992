//! The known traps of other publishers, each by its name: what they get wrong is decided right here, without a disk.

use std::collections::BTreeSet;

use super::{
    AppliedOrigins, BundledStub, Decision, ExistingFile, FileKind, Follows, Merged, OwnPlace,
    PublishAction::{self, Conflict, Keep, Merge, Nothing, Overwrite, Write},
    PublishMode::{self, Add, Force, Update},
    PublishOptions, PublishPlan,
    PublishState::{
        self, Diverged, Duplicate, Edited, Followed, Identical, InPlace, NameTaken, New, NotNeeded, Outdated,
    },
    Version,
    header::tests::{after, stub},
    plan_publish, published_text,
};
use crate::{migration::RevisionId, project::Stamp};

const USERS: &str = "auth/create_users_table";
const LOCALE: &str = "auth/add_locale";
const OLD: &str = "migration! { up, down }\nfn up() {\n    id();\n\n    name();\n\n    stamps();\n}\n";
const FOLLOW: &str = "migration! { up }\nfn up() {\n    locale();\n}\n";

fn new_text() -> String {
    OLD.replace("name();", "name();\n    locale();")
}

/// The stub as version 0.1.0 had it.
fn old() -> BundledStub {
    BundledStub { version: Version::new(0, 1, 0), ..stub(USERS, FileKind::Rust, OLD) }
}

/// The stub of 0.3.0, which knows its former text.
fn raised() -> BundledStub {
    BundledStub { former: vec![OLD.to_owned()], ..stub(USERS, FileKind::Rust, &new_text()) }
}

/// A follow-up since a version.
fn follow_up(origin: &str, since: Version) -> BundledStub {
    let follows = Some(Follows { stub: USERS.parse().expect("origin"), since });
    BundledStub { follows, ..after(stub(origin, FileKind::Rust, FOLLOW), &[USERS]) }
}

fn package() -> [BundledStub; 2] {
    [raised(), follow_up(LOCALE, Version::new(0, 2, 0))]
}

fn published(stub: &BundledStub, name: &str) -> ExistingFile {
    let text = published_text(stub, &OwnPlace::default()).expect("published");
    ExistingFile::read(name, &text).expect("a migration file")
}

fn edited(file: &ExistingFile, from: &str, to: &str) -> ExistingFile {
    assert!(file.text.contains(from), "{}", file.text);
    ExistingFile::read(&file.name, &file.text.replace(from, to)).expect("a migration file")
}

fn options(mode: PublishMode) -> PublishOptions {
    PublishOptions { mode, ..PublishOptions::all(Stamp::from_unix(1_795_185_002)) }
}

fn applied(origins: &[&str]) -> AppliedOrigins {
    AppliedOrigins::Known(origins.iter().map(|origin| origin.parse().expect("origin")).collect())
}

fn plan(stubs: &[BundledStub], files: &[ExistingFile], options: &PublishOptions) -> PublishPlan {
    plan_publish(stubs, files, options).expect("planned")
}

fn decided(decision: &Decision) -> (PublishState, PublishAction) {
    (decision.state, decision.action)
}

#[test]
fn an_upstream_change_arrives() {
    let file = published(&old(), "2026_01_01_000000_create_users_table.rs");
    let (yours, elsewhere) = (edited(&file, "id();", "uuid();"), edited(&file, "    name();", "    nick();"));
    let follow = published(&package()[1], "2026_02_01_000000_add_locale.rs");
    let (ran, idle, unknown) = (applied(&[USERS]), applied(&[]), AppliedOrigins::Unknown);
    type Answer = (PublishState, PublishAction);
    type Case<'a> = (&'static str, Vec<&'a ExistingFile>, &'a AppliedOrigins, PublishMode, Answer, Answer);
    let cases: [Case<'_>; 18] = [
        ("nothing there", vec![], &idle, Update, (New, Write), (NotNeeded, Nothing)),
        ("plain", vec![&file], &unknown, Add, (Outdated, Keep), (New, Keep)),
        ("it did not run", vec![&file], &idle, Update, (Outdated, Overwrite), (NotNeeded, Nothing)),
        ("it ran", vec![&file], &ran, Update, (Outdated, Keep), (New, Write)),
        ("nobody answers", vec![&file], &unknown, Update, (Outdated, Keep), (New, Keep)),
        ("forced", vec![&file], &idle, Force, (Outdated, Overwrite), (NotNeeded, Nothing)),
        ("forced though it ran", vec![&file], &ran, Force, (Outdated, Overwrite), (NotNeeded, Nothing)),
        ("followed", vec![&file, &follow], &ran, Update, (Followed, Nothing), (Identical, Nothing)),
        ("followed, plain", vec![&file, &follow], &unknown, Add, (Followed, Nothing), (Identical, Nothing)),
        (
            "followed, though it did not run",
            vec![&file, &follow],
            &idle,
            Update,
            (Followed, Nothing),
            (Identical, Nothing),
        ),
        ("followed, forced", vec![&file, &follow], &idle, Force, (Followed, Conflict), (Identical, Nothing)),
        ("its file is gone", vec![&follow], &idle, Force, (New, Conflict), (Identical, Nothing)),
        ("edited, plain", vec![&yours], &unknown, Add, (Diverged, Keep), (New, Keep)),
        ("edited, it did not run", vec![&yours], &idle, Update, (Diverged, Conflict), (New, Keep)),
        ("edited, it ran", vec![&yours], &ran, Update, (Diverged, Conflict), (New, Keep)),
        ("edited, forced", vec![&yours], &idle, Force, (Diverged, Overwrite), (NotNeeded, Nothing)),
        (
            "edited and followed",
            vec![&yours, &follow],
            &ran,
            Update,
            (Followed, Nothing),
            (Identical, Nothing),
        ),
        ("edited in the same place", vec![&elsewhere], &idle, Update, (Diverged, Conflict), (New, Keep)),
    ];
    for (case, files, applied, mode, users, locale) in cases {
        let files: Vec<ExistingFile> = files.into_iter().cloned().collect();
        let options = PublishOptions { applied: applied.clone(), ..options(mode) };
        let plan = plan(&package(), &files, &options);
        assert_eq!([decided(&plan.decisions[0]), decided(&plan.decisions[1])], [users, locale], "{case}");
        for decision in plan.decisions.iter().filter(|decision| matches!(decision.action, Keep | Conflict)) {
            assert!(decision.reason.as_ref().is_some_and(|reason| !reason.is_empty()), "{case}: why?");
        }
    }
    let new = published(&raised(), "1_users.rs");
    let plan = plan(&package(), &[new], &options(Add));
    assert_eq!(
        plan.decisions.iter().map(decided).collect::<Vec<_>>(),
        [(Identical, Nothing), (NotNeeded, Nothing)]
    );
}

#[test]
fn a_follow_up_that_is_named_is_published_whatever_its_stub() {
    let file = published(&old(), "1_users.rs");
    let only = |files: &[ExistingFile]| {
        let options = PublishOptions { only: vec![LOCALE.to_owned()], ..options(Add) };
        let plan = plan(&package(), files, &options);
        assert_eq!(plan.decisions.len(), 1);
        decided(&plan.decisions[0])
    };
    assert_eq!(only(std::slice::from_ref(&file)), (New, Write));
    assert_eq!(only(&[edited(&file, "id();", "uuid();")]), (New, Write));
    let (_, headless) = file.text.split_once('\n').expect("lines");
    assert_eq!(only(&[ExistingFile::read("1_users.rs", headless).expect("file")]), (New, Write));
    assert_eq!(only(&[published(&raised(), "1_users.rs")]), (NotNeeded, Nothing));
    assert_eq!(only(&[]), (NotNeeded, Nothing), "nor does its stub come along");
}

#[test]
fn of_several_follow_ups_those_of_later_versions_come_in_order() {
    let bundled = [
        raised(),
        follow_up("auth/second", Version::new(0, 2, 0)),
        follow_up("auth/third", Version::new(0, 3, 0)),
    ];
    let options = PublishOptions { applied: applied(&[USERS]), ..options(Update) };
    let states = |files: &[ExistingFile]| -> Vec<(PublishState, PublishAction)> {
        plan(&bundled, files, &options).decisions.iter().map(decided).collect()
    };
    let first = published(&old(), "1_users.rs");
    assert_eq!(states(std::slice::from_ref(&first)), [(Outdated, Keep), (New, Write), (New, Write)]);
    let second = published(&BundledStub { version: Version::new(0, 2, 5), ..old() }, "1_users.rs");
    assert_eq!(states(&[second]), [(Outdated, Keep), (NotNeeded, Nothing), (New, Write)]);
    // One is published: the stub is never overwritten any more, and the other one follows, though nothing ran.
    let begun = [first, published(&bundled[1], "2_second.rs")];
    assert_eq!(states(&begun), [(Outdated, Keep), (Identical, Nothing), (New, Write)]);
    let idle = PublishOptions { applied: applied(&[]), ..options.clone() };
    let plan = plan(&bundled, &begun, &idle);
    assert_eq!(plan.decisions.iter().map(decided).collect::<Vec<_>>(), states(&begun));
    let names: Vec<&str> = plan.decisions.iter().filter_map(|it| it.file.as_deref()).collect();
    assert_eq!(names, ["1_users.rs", "2_second.rs", "2026_11_20_143002_third.rs"]);
    assert!(plan.decisions[2].text.contains("depends_on: [\"auth/create_users_table\"]"));
}

#[test]
fn an_applied_file_is_never_silently_replaced() {
    let file = published(&old(), "1_users.rs");
    for (mode, says) in [(Update, "could never run"), (Force, "will not run")] {
        let options = PublishOptions { applied: applied(&[USERS]), ..options(mode) };
        let plan = plan(&[raised()], std::slice::from_ref(&file), &options);
        let reason = plan.decisions[0].reason.as_deref().unwrap_or_default();
        assert!(reason.contains("it is applied") && reason.contains(says), "{reason}");
    }
}

#[test]
fn changes_of_both_are_merged_where_they_do_not_meet() {
    let file = published(&old(), "1_users.rs");
    let yours = edited(&file, "id();", "uuid();");
    let options = |answer: AppliedOrigins| PublishOptions { applied: answer, merge: true, ..options(Update) };
    let merged = plan(&package(), std::slice::from_ref(&yours), &options(applied(&[])));
    assert_eq!(decided(&merged.decisions[0]), (Diverged, Merge));
    assert_eq!(decided(&merged.decisions[1]), (NotNeeded, Nothing), "the merged text has the new shape");
    let text = &merged.decisions[0].text;
    assert!(text.contains("uuid();") && text.contains("locale();"), "{text}");
    let after = ExistingFile::read("1_users.rs", text).expect("a migration file");
    assert_eq!(after.published.as_ref(), Some(&raised().digest), "the first line is that of the newer text");
    let again = plan(&package(), &[after], &options(applied(&[])));
    assert_eq!(
        again.decisions.iter().map(decided).collect::<Vec<_>>(),
        [(Edited, Keep), (NotNeeded, Nothing)]
    );

    for (case, answer) in [("it ran", applied(&[USERS])), ("nobody answers", AppliedOrigins::Unknown)] {
        let plan = plan(&package(), std::slice::from_ref(&yours), &options(answer));
        assert_eq!(decided(&plan.decisions[0]), (Diverged, Conflict), "{case}");
    }
    let clash = plan(&package(), &[edited(&file, "    name();", "    nick();")], &options(applied(&[])));
    assert_eq!(decided(&clash.decisions[0]), (Diverged, Conflict));
    let three_way = clash.decisions[0].three_way.as_ref().expect("the former text is known");
    assert!(matches!(three_way.merged, Merged::Clash(_)) && three_way.base == file.text);
    // Without a former text nobody knows, but for a text that is handed in.
    let forgetful = [BundledStub { former: Vec::new(), ..raised() }];
    let unknown = plan(&forgetful, std::slice::from_ref(&yours), &options(applied(&[])));
    assert_eq!(
        (decided(&unknown.decisions[0]), unknown.decisions[0].three_way.clone()),
        ((Diverged, Conflict), None)
    );
    let bases = [(USERS.parse().expect("origin"), file.text.clone())].into();
    let told = PublishOptions { bases, ..options(applied(&[])) };
    assert_eq!(decided(&plan(&forgetful, &[yours], &told).decisions[0]), (Diverged, Merge));
}

#[test]
fn two_packages_with_one_slug() {
    let bundled = [
        stub("auth/create_users_table", FileKind::Rust, OLD),
        stub("shop/create_users_table", FileKind::Sql, "SELECT 1;"),
    ];
    let first = plan(&bundled, &[], &options(Add));
    assert_eq!(
        first.decisions.iter().map(decided).collect::<Vec<_>>(),
        [(New, Write), (NameTaken, Conflict)]
    );
    let reason = first.decisions[1].reason.as_deref().unwrap_or_default();
    assert!(
        reason.contains("another slug") && reason.contains("origin: \"shop/create_users_table\"`"),
        "{reason}"
    );
    // The way on that the reason names.
    let renamed = published(&bundled[0], "2026_11_20_143002_create_members_table.rs");
    let second = plan(&bundled, &[renamed], &options(Add));
    assert_eq!(
        second.decisions.iter().map(decided).collect::<Vec<_>>(),
        [(Identical, Nothing), (New, Write)]
    );
}

#[test]
fn order_is_kept_across_packages_published_on_different_days() {
    let users = stub(USERS, FileKind::Rust, OLD);
    let media = after(stub("media/create_media_table", FileKind::Rust, OLD), &[USERS]);
    let bundled = [users.clone(), media.clone()];
    // The users come from the future of this machine's clock.
    let late = published(&users, "2027_01_01_000000_create_users_table.rs");
    let first = plan(&bundled, &[late], &options(Add));
    assert_eq!(first.decisions[1].file.as_deref(), Some("2027_01_01_000001_create_media_table.rs"));
    assert!(first.decisions[1].text.contains("depends_on: [\"auth/create_users_table\"]"));
    // What another file waits for comes before it, however late it is published.
    let waiting = published(&media, "2026_05_05_050505_create_media_table.rs");
    let second = plan(&bundled, &[waiting], &options(Add));
    assert_eq!(second.decisions[0].file.as_deref(), Some("2026_05_05_050503_create_users_table.rs"));
    let first_of_all = published(&media, "1_create_media_table.rs");
    let third = plan(&bundled, &[first_of_all], &options(Add));
    assert_eq!(decided(&third.decisions[0]), (New, Conflict));
    assert!(
        third.decisions[0]
            .reason
            .as_deref()
            .is_some_and(|reason| reason.contains("`1_create_media_table.rs` needs it"))
    );
    // A file that is written must not sort before what it needs.
    let behind = [
        published(&users, "2026_06_06_060606_create_users_table.rs"),
        published(&stub("media/create_media_table", FileKind::Rust, FOLLOW), "2026_05_05_050505_media.rs"),
    ];
    let fourth = plan(&bundled, &behind, &PublishOptions { applied: applied(&[]), ..options(Update) });
    assert_eq!(decided(&fourth.decisions[1]), (Outdated, Conflict));
    assert!(fourth.decisions[1].reason.as_deref().is_some_and(|reason| reason.contains("sorts behind it")));
}

#[test]
fn a_dependency_in_conflict_takes_along_what_needs_it() {
    let bundled = [
        stub(USERS, FileKind::Rust, OLD),
        after(stub("media/create_media_table", FileKind::Rust, OLD), &[USERS]),
    ];
    let mine = ExistingFile::read("1_create_users_table.rs", OLD).expect("file");
    let taken = plan(&bundled, std::slice::from_ref(&mine), &options(Force));
    assert_eq!(
        taken.decisions.iter().map(decided).collect::<Vec<_>>(),
        [(NameTaken, Conflict), (New, Conflict)]
    );
    assert_eq!(
        taken.decisions[1].reason.as_deref(),
        Some("it needs `auth/create_users_table`, which is in conflict itself")
    );
    // It is meant to be that migration, and says so.
    let own =
        ExistingFile::read(&mine.name, &OLD.replace("down }", "down, origin: \"auth/create_users_table\" }"));
    let adopted = plan(&bundled, &[own.expect("file")], &options(Add));
    assert_eq!(
        adopted.decisions.iter().map(decided).collect::<Vec<_>>(),
        [(Identical, Nothing), (New, Write)]
    );
}

#[test]
fn new_files_follow_the_head_where_files_name_their_parents() {
    let bundled =
        [stub(USERS, FileKind::Rust, OLD), after(stub("auth/tokens", FileKind::Sql, "SELECT 1;"), &[USERS])];
    let head =
        |names: &[&str]| Some(names.iter().map(|name| RevisionId::new(*name).expect("name")).collect());
    let graph = PublishOptions { heads: head(&["1_mine"]), ..options(Add) };
    let first = plan(&bundled, &[], &graph);
    assert!(first.decisions[0].text.contains("parents: [\"1_mine\"]"), "{}", first.decisions[0].text);
    assert!(first.decisions[1].text.contains("-- parents: 2026_11_20_143002_create_users_table\n"));
    let empty = plan(&bundled, &[], &PublishOptions { heads: head(&[]), ..options(Add) });
    assert!(empty.decisions[0].text.contains("parents: []"), "the first of its line is a root");
    // Several heads are an error only where a file would have to choose.
    let several = PublishOptions { heads: head(&["1_a", "2_b"]), ..options(Add) };
    let error = plan_publish(&bundled, &[], &several).expect_err("several heads");
    assert_eq!((error.code(), error.exit()), ("place.several_heads", arvel_core::Exit::GRAPH));
    let files = [published(&bundled[0], "1_a.rs"), published(&bundled[1], "2_b.sql")];
    assert!(!plan(&bundled, &files, &several).writes());
    // An overwritten file keeps its place.
    let place = OwnPlace { revision: Some("own".to_owned()), parents: Some(vec!["1_mine".to_owned()]) };
    let text = published_text(&old(), &place).expect("published");
    let file = ExistingFile::read("3_users.rs", &text).expect("file");
    let forced = plan(&[raised()], &[file], &PublishOptions { heads: head(&["3_x"]), ..options(Force) });
    assert!(forced.decisions[0].text.contains("revision: \"own\", parents: [\"1_mine\"]"));
}

#[test]
fn what_runs_in_place_is_left_alone_until_it_is_named() {
    let bundled =
        [stub(USERS, FileKind::Rust, OLD), after(stub("media/media", FileKind::Rust, OLD), &[USERS])];
    let in_place = PublishOptions { in_place: BTreeSet::from(["auth".to_owned()]), ..options(Add) };
    let usual = plan(&bundled, &[], &in_place);
    assert_eq!(usual.decisions.iter().map(decided).collect::<Vec<_>>(), [(InPlace, Nothing), (New, Write)]);
    assert!(usual.decisions[1].text.contains("depends_on: [\"auth/create_users_table\"]"));
    let media = PublishOptions { packages: vec!["media".to_owned()], ..in_place.clone() };
    assert_eq!(plan(&bundled, &[], &media).also_needed, [], "it does not come along either");
    let named = PublishOptions { packages: vec!["auth".to_owned()], ..in_place.clone() };
    assert_eq!(decided(&plan(&bundled, &[], &named).decisions[0]), (New, Write));
    let file = published(&bundled[0], "1_users.rs");
    assert_eq!(decided(&plan(&bundled, &[file], &in_place).decisions[0]), (Identical, Nothing));
    // Its tables are there, though no file creates them.
    let creates =
        |origin: &str| BundledStub { creates: vec!["users".to_owned()], ..stub(origin, FileKind::Rust, OLD) };
    let both = plan(&[creates(USERS), creates("shop/customers")], &[], &in_place);
    assert_eq!(decided(&both.decisions[1]), (NameTaken, Conflict));
    assert_eq!(both.decisions[1].others, [] as [&str; 0]);
}

#[test]
fn two_files_of_one_origin_are_left_to_their_user() {
    let files = [published(&raised(), "1_a.rs"), published(&raised(), "2_b.rs")];
    for mode in [Add, Update, Force] {
        let plan = plan(&package(), &files, &options(mode));
        assert_eq!(decided(&plan.decisions[0]), (Duplicate, Conflict));
        assert_eq!(
            (plan.decisions[0].file.as_deref(), plan.decisions[0].others.as_slice()),
            (Some("1_a.rs"), &["2_b.rs".to_owned()][..])
        );
    }
}

#[test]
fn what_comes_after_a_follow_up_waits_for_it_where_it_is_needed() {
    let badges = BundledStub {
        after: vec![LOCALE.parse().expect("origin")],
        ..after(stub("auth/create_badges_table", FileKind::Rust, OLD), &[USERS])
    };
    let [users, locale] = package();
    let bundled = [users.clone(), locale, badges];
    let decided_of =
        |files: &[ExistingFile], options: &PublishOptions| -> Vec<(PublishState, PublishAction)> {
            plan(&bundled, files, options).decisions.iter().map(decided).collect()
        };
    let file = published(&old(), "1_users.rs");
    let update = PublishOptions { applied: applied(&[USERS]), ..options(Update) };
    assert_eq!(decided_of(&[], &options(Add)), [(New, Write), (NotNeeded, Nothing), (New, Write)]);
    assert_eq!(
        decided_of(std::slice::from_ref(&file), &options(Add)),
        [(Outdated, Keep), (New, Keep), (New, Conflict)],
        "it would run without what it needs"
    );
    assert_eq!(
        decided_of(std::slice::from_ref(&file), &update),
        [(Outdated, Keep), (New, Write), (New, Write)]
    );
    let idle = PublishOptions { applied: applied(&[]), ..update };
    assert_eq!(decided_of(&[file], &idle), [(Outdated, Overwrite), (NotNeeded, Nothing), (New, Write)]);
}

#[test]
fn a_silent_database_may_be_the_one_where_it_ran() {
    let file = published(&old(), "2026_01_01_000000_create_users_table.rs");
    let decide = |applied: AppliedOrigins, assume_unapplied: bool| {
        let options = PublishOptions { applied, assume_unapplied, ..options(Update) };
        decided(&plan(&package()[..1], std::slice::from_ref(&file), &options).decisions[0])
    };
    let partly = |origins: &[&str]| {
        AppliedOrigins::Partly(origins.iter().map(|it| it.parse().expect("origin")).collect())
    };
    assert_eq!(decide(partly(&[]), false), (Outdated, Keep));
    assert_eq!(decide(partly(&[]), true), (Outdated, Overwrite));
    assert_eq!(decide(partly(&[USERS]), true), (Outdated, Keep));
    assert_eq!(decide(applied(&[]), false), (Outdated, Overwrite));
}

#[test]
fn a_file_of_a_later_version_is_not_taken_back() {
    let later = BundledStub { version: Version::new(9, 0, 0), ..old() };
    let file = published(&later, "2026_01_01_000000_create_users_table.rs");
    let options = PublishOptions { applied: applied(&[]), ..options(Update) };
    let plan = plan(&package(), std::slice::from_ref(&file), &options);
    assert_eq!(decided(&plan.decisions[0]), (Outdated, Keep));
    let reason = plan.decisions[0].reason.as_deref().unwrap_or_default();
    assert!(reason.contains("published from 9.0.0"), "{reason}");
}

#[test]
fn a_file_whose_origin_is_gone_is_told() {
    let file = published(&raised(), "2026_01_01_000000_create_users_table.rs");
    let gone = edited(&file, ", origin: \"auth/create_users_table\"", "");
    for mode in [Add, Update] {
        let plan = plan(&package(), std::slice::from_ref(&gone), &options(mode));
        assert_eq!(decided(&plan.decisions[0]), (Edited, Conflict));
    }
    let forced = plan(&package(), &[gone], &options(Force));
    assert_eq!(decided(&forced.decisions[0]), (Edited, Overwrite));
}

#[test]
fn a_file_of_an_older_text_gets_its_follow_up_also_where_the_package_runs_in_place() {
    let file = published(&old(), "2026_01_01_000000_create_users_table.rs");
    let in_place: BTreeSet<String> = BTreeSet::from(["auth".to_owned()]);
    let options = PublishOptions { applied: applied(&[USERS]), in_place, ..options(Update) };
    let with_file = plan(&package(), &[file], &options);
    assert_eq!(decided(&with_file.decisions[1]), (New, Write));
    let without = plan(&package(), &[], &options);
    assert_eq!(decided(&without.decisions[1]), (InPlace, Nothing));
}
