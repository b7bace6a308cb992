//! The decision table of publishing.md, without a disk.

use super::*;
use crate::{
    project::Stamp,
    publish::{
        AppliedOrigins, Decision, FileKind, OwnPlace,
        PublishAction::{self, Conflict, Keep, Nothing, Overwrite, Write},
        PublishMode::{Add, Force, Update},
        PublishState::{self, Diverged, Duplicate, Edited, Identical, NameTaken, New, Outdated},
        header::tests::{after, stub},
        published_text,
    },
};

const V1: &str = "migration! { up, down }\nfn up(schema: &mut Schema) { one(); }\n";
const V2: &str = "migration! { up, down }\nfn up(schema: &mut Schema) { two(); }\n";

fn users(text: &str) -> BundledStub {
    stub("auth/create_users_table", FileKind::Rust, text)
}

fn options(mode: PublishMode) -> PublishOptions {
    PublishOptions { mode, ..PublishOptions::all(Stamp::from_unix(1_795_185_002)) }
}

fn file(name: &str, text: &str) -> ExistingFile {
    ExistingFile::read(name, text).expect("a migration file")
}

/// The file as `stub` was published, under a name of the user's, and perhaps edited.
fn published(stub: &BundledStub, name: &str, edit: bool) -> ExistingFile {
    let text = published_text(stub, &OwnPlace::default()).expect("published");
    file(name, &if edit { text.replace("();", "(); mine();") } else { text })
}

#[test]
fn the_decision_table() {
    let name = "2026_01_02_030405_renamed.rs";
    let unrelated = file("2026_01_01_000000_create_users_table.rs", V1);
    let known = |applied: &[&str]| {
        AppliedOrigins::Known(applied.iter().map(|origin| origin.parse().expect("origin")).collect())
    };
    let no_header = {
        let text = published_text(&users(V1), &OwnPlace::default()).expect("published");
        file(name, text.split_once('\n').expect("lines").1)
    };
    type Case = (&'static str, Vec<ExistingFile>, AppliedOrigins, PublishState, [PublishAction; 3]);
    let cases: Vec<Case> = vec![
        ("new", vec![], known(&[]), New, [Write, Write, Write]),
        ("identical", vec![published(&users(V2), name, false)], known(&[]), Identical, [Nothing; 3]),
        ("edited", vec![published(&users(V2), name, true)], known(&[]), Edited, [Keep, Keep, Overwrite]),
        (
            "outdated",
            vec![published(&users(V1), name, false)],
            known(&[]),
            Outdated,
            [Keep, Overwrite, Overwrite],
        ),
        (
            "outdated, applied",
            vec![published(&users(V1), name, false)],
            known(&["auth/create_users_table"]),
            Outdated,
            [Keep, Keep, Overwrite],
        ),
        (
            "outdated, nobody answers",
            vec![published(&users(V1), name, false)],
            AppliedOrigins::Unknown,
            Outdated,
            [Keep, Keep, Overwrite],
        ),
        (
            "diverged",
            vec![published(&users(V1), name, true)],
            known(&[]),
            Diverged,
            [Keep, Conflict, Overwrite],
        ),
        ("without its first line", vec![no_header], known(&[]), Diverged, [Keep, Conflict, Overwrite]),
        ("slug taken", vec![unrelated], known(&[]), NameTaken, [Conflict; 3]),
        (
            "twice",
            vec![published(&users(V2), "1_a.rs", false), published(&users(V2), "2_b.rs", true)],
            known(&[]),
            Duplicate,
            [Conflict; 3],
        ),
    ];
    for (case, files, applied, state, actions) in cases {
        for (mode, action) in [Add, Update, Force].into_iter().zip(actions) {
            let options = PublishOptions { applied: applied.clone(), ..options(mode) };
            let plan = plan_publish(&[users(V2)], &files, &options).expect(case);
            let decision = &plan.decisions[0];
            assert_eq!((decision.state, decision.action), (state, action), "{case}, {mode:?}");
            assert_eq!(plan.has_conflicts(), action == Conflict, "{case}");
            assert_eq!(plan.writes(), matches!(action, Write | Overwrite), "{case}");
            let ran = action == Overwrite && decision.applied == Some(true);
            assert_eq!(decision.reason.is_some(), matches!(action, Keep | Conflict) || ran, "{case}");
            if let (Overwrite, [file]) = (action, files.as_slice()) {
                assert_eq!(
                    decision.file.as_deref(),
                    Some(file.name.as_str()),
                    "one file, under its own name"
                );
            }
        }
    }
}

#[test]
fn an_update_goes_on_when_told_that_nothing_is_applied() {
    let files = [published(&users(V1), "1_a.rs", false)];
    let options = PublishOptions { assume_unapplied: true, ..options(Update) };
    let plan = plan_publish(&[users(V2)], &files, &options).expect("planned");
    assert_eq!(plan.decisions[0].action, Overwrite);
}

#[test]
fn new_files_keep_their_order_one_second_apart_and_beside_what_is_there() {
    let bundled = [
        stub("auth/users", FileKind::Rust, V1),
        after(stub("auth/tokens", FileKind::Sql, "SELECT 1;"), &["auth/users"]),
        after(stub("media/media-files", FileKind::Rust, V1), &["auth/late"]),
        stub("media/thumbs", FileKind::Rust, V2),
    ];
    let late = stub("auth/late", FileKind::Rust, V1);
    let files = [file("2026_11_20_143003_mine.rs", V1), published(&late, "2026_11_20_150000_late.rs", false)];
    let plan = plan_publish(&bundled, &files, &options(Add)).expect("planned");
    let names: Vec<&str> = plan.decisions.iter().filter_map(|decision| decision.file.as_deref()).collect();
    assert_eq!(
        names,
        [
            "2026_11_20_143002_users.rs",
            "2026_11_20_143004_tokens.sql",
            "2026_11_20_150001_media_files.rs",
            "2026_11_20_150002_thumbs.rs"
        ]
    );
    assert_eq!(plan.seen, ["2026_11_20_143003_mine.rs", "2026_11_20_150000_late.rs"]);
}

#[test]
fn a_table_that_another_file_creates_is_taken_and_so_is_one_planned_before() {
    let creating =
        |origin: &str| BundledStub { creates: vec!["users".to_owned()], ..stub(origin, FileKind::Rust, V1) };
    let mut mine = file("1_people.rs", V1);
    mine.tables.creates = vec!["users".to_owned()];
    let plan = plan_publish(&[creating("auth/a")], &[mine], &options(Force)).expect("planned");
    assert_eq!(
        (plan.decisions[0].state, plan.decisions[0].others.as_slice()),
        (NameTaken, &["1_people.rs".to_owned()][..])
    );
    let plan = plan_publish(&[creating("auth/a"), creating("other/b")], &[], &options(Add)).expect("planned");
    assert_eq!([plan.decisions[0].state, plan.decisions[1].state], [New, NameTaken]);
    assert!(plan.writes() && plan.has_conflicts());
}

#[test]
fn tables_are_found_in_texts_and_a_dropped_one_is_free_again() {
    const RUST: &str =
        "migration! { up, down }\nfn up(s: &mut Schema) { s.create(\"users\", |t| t.id()); }\n";
    let creating = |kind, text| {
        let stub = stub("auth/create_users_table", kind, text);
        BundledStub { creates: crate::publish::TablesTouched::in_text(kind, text).creates, ..stub }
    };
    let sql = "CREATE TABLE IF NOT EXISTS \"users\" (id INT);\n";
    const CREATED: &str = "CREATE TABLE users (id INT);";
    const DROPPED: &str = "DROP TABLE users;";
    type Case = (&'static str, &'static [(&'static str, &'static str)], bool);
    let cases: [Case; 5] = [
        ("SQL", &[("1_people.sql", CREATED)], true),
        ("Rust that is not compiled", &[("1_people.rs", RUST)], true),
        ("dropped later", &[("2_gone.sql", DROPPED), ("1_people.sql", CREATED)], false),
        ("made again", &[("1_gone.sql", DROPPED), ("2_people.sql", CREATED)], true),
        (
            "on the way back only",
            &[("1_a.sql", "-- migrate:up\nDROP TABLE a;\n-- migrate:down\nCREATE TABLE users (id INT);")],
            false,
        ),
    ];
    for (case, files, taken) in cases {
        let files: Vec<ExistingFile> = files.iter().map(|(name, text)| file(name, text)).collect();
        for stub in [creating(FileKind::Rust, RUST), creating(FileKind::Sql, sql)] {
            let decision = &plan_publish(&[stub], &files, &options(Add)).expect(case).decisions[0];
            assert_eq!(decision.state == NameTaken, taken, "{case}");
            let way_on = decision
                .reason
                .as_deref()
                .unwrap_or_default()
                .contains("if it is meant to be this migration");
            assert_eq!(way_on, taken, "{case}");
        }
    }
}

#[test]
fn a_file_that_changes_its_kind_is_a_conflict_and_a_revision_stays() {
    let sql = stub("auth/create_users_table", FileKind::Sql, "SELECT 1;");
    let files = [published(&users(V1), "1_a.rs", false)];
    let plan = plan_publish(&[sql], &files, &options(Force)).expect("planned");
    assert_eq!(plan.decisions[0].action, Conflict);

    let text = published_text(&users(V1), &OwnPlace { revision: Some("own".to_owned()), parents: None })
        .expect("published");
    let plan = plan_publish(&[users(V2)], &[file("1_a.rs", &text)], &options(Force)).expect("planned");
    assert_eq!((plan.decisions[0].state, plan.decisions[0].action), (Outdated, Overwrite));
    assert!(plan.decisions[0].text.contains("revision: \"own\""));
}

#[test]
fn a_selection_is_checked_and_says_what_else_is_needed() {
    let tokens = after(stub("auth/tokens", FileKind::Rust, V1), &["auth/users"]);
    let media = after(stub("media/media", FileKind::Rust, V1), &["auth/tokens"]);
    let bundled = [stub("auth/users", FileKind::Rust, V1), tokens, media];
    let plan = |packages: &[&str], only: &[&str], with_needed: bool| {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let (packages, only) = (names(packages), names(only));
        plan_publish(&bundled, &[], &PublishOptions { packages, only, with_needed, ..options(Add) })
    };
    let media = plan(&["media"], &[], true).expect("planned");
    assert_eq!(media.decisions.len(), 3, "what it needs comes along");
    assert!(media.decisions.iter().all(Decision::writes));
    let needed: Vec<String> = media.also_needed.iter().map(ToString::to_string).collect();
    assert_eq!(needed, ["auth/users", "auth/tokens"]);
    let declined = plan(&["media"], &[], false).expect("planned");
    assert_eq!((declined.decisions.len(), declined.also_needed.len()), (1, 2));
    assert_eq!((declined.decisions[0].state, declined.decisions[0].action), (New, Conflict));
    assert_eq!(
        declined.decisions[0].reason.as_deref(),
        Some(
            "it needs `auth/tokens`, which is not published; `db publish --only auth/tokens --only media/media` publishes both"
        )
    );
    assert_eq!(plan(&[], &["auth/users", "tokens"], true).expect("planned").also_needed, []);

    let plan = |packages: &[&str], only: &[&str]| plan(packages, only, true);
    let error = plan(&["billing"], &[]).expect_err("unknown");
    assert_eq!(error.to_string(), "no linked package is called `billing`; registered: auth, media");
    assert!(error.hint().contains("`use billing as _;`"), "{}", error.hint());
    let near = plan(&["meda"], &[]).expect_err("unknown").hint();
    assert!(near.starts_with("did you mean `media`?") && near.contains("`use meda as _;`"), "{near}");
    assert_eq!(
        plan(&["auth"], &["media"]).expect_err("unknown").to_string(),
        "no stub is called `media`; there are: auth/users, auth/tokens"
    );
}

#[test]
fn a_plan_is_printed_as_it_is() {
    let tokens = after(stub("auth/tokens", FileKind::Rust, V1), &["auth/users"]);
    let bundled = [stub("auth/users", FileKind::Rust, V1), tokens];
    let options = PublishOptions { only: vec!["tokens".into()], ..options(Add) };
    let files = [published(&bundled[0], "1_users.rs", false)];
    let plan = plan_publish(&bundled, &files, &options).expect("planned");
    let expected = serde_json::json!({
        "decisions": [{
            "origin": "auth/tokens", "version": "0.3.0", "state": "new", "action": "write",
            "file": "2026_11_20_143002_tokens.rs", "others": [], "applied": null, "reason": null,
        }],
        "also_needed": [],
    });
    assert_eq!(serde_json::to_value(&plan).expect("JSON"), expected);
}
