//! Publishing into a real folder.

use std::{fs, path::Path};

use super::*;
use crate::{
    project::{FolderKind, Stamp},
    publish::{
        BundledStub, FileKind, PublishMode, PublishOptions, PublishState, header::tests::stub, plan_publish,
    },
};

const V1: &str = "migration! { up, down }\nfn up(schema: &mut Schema) { one(); }\n";

fn folder() -> (tempfile::TempDir, ProjectFolder) {
    let root = tempfile::tempdir().expect("folder");
    let folder = ProjectFolder::open(root.path(), Path::new("database/migrations"), FolderKind::migrations());
    (root, folder.expect("opened"))
}

fn stubs(text: &str) -> Vec<BundledStub> {
    vec![stub("auth/users", FileKind::Rust, text), stub("auth/tokens", FileKind::Sql, "SELECT 1;\n")]
}

fn publish(
    folder: &ProjectFolder,
    stubs: &[BundledStub],
    mode: PublishMode,
) -> (Vec<PublishState>, Committed) {
    let options = PublishOptions { mode, ..PublishOptions::all(Stamp::from_unix(1_795_185_002)) };
    let plan = plan_publish(stubs, &read_files(folder).expect("read"), &options).expect("planned");
    let states = plan.decisions.iter().map(|decision| decision.state).collect();
    (states, write_plan(folder, &plan).expect("written"))
}

fn contents(folder: &ProjectFolder) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder.path()).expect("read");
    let mut files: Vec<(String, String)> = entries
        .map(|entry| {
            let path = entry.expect("entry").path();
            let name = path.file_name().expect("name").to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).expect("text"))
        })
        .collect();
    files.sort();
    files
}

#[test]
fn publishing_twice_changes_nothing_and_a_renamed_file_is_known() {
    use PublishState::{Identical, New};
    let (_root, folder) = folder();
    let (states, done) = publish(&folder, &stubs(V1), PublishMode::Add);
    assert_eq!(states, [New, New]);
    assert_eq!(done.created, ["2026_11_20_143002_users.rs", "2026_11_20_143003_tokens.sql"]);
    let first = contents(&folder);
    for mode in [PublishMode::Add, PublishMode::Update, PublishMode::Force] {
        assert_eq!(publish(&folder, &stubs(V1), mode), (vec![Identical, Identical], Committed::default()));
    }
    assert_eq!(contents(&folder), first);

    let at = |name: &str| folder.path().join(name);
    fs::rename(at("2026_11_20_143002_users.rs"), at("2027_01_01_000000_people.rs")).expect("renamed");
    folder.sync().expect("synced");
    assert_eq!(publish(&folder, &stubs(V1), PublishMode::Force).0, [Identical, Identical]);
    assert_eq!(folder.names().expect("names").len(), 2);
}

#[test]
fn an_edited_file_is_kept_and_force_overwrites_exactly_one_with_a_backup() {
    use PublishState::{Diverged, Edited, Identical};
    let (_root, folder) = folder();
    publish(&folder, &stubs(V1), PublishMode::Add);
    let path = folder.path().join("2026_11_20_143002_users.rs");
    let edited = fs::read_to_string(&path).expect("read").replace("one", "mine");
    fs::write(&path, &edited).expect("written");
    let before = contents(&folder);
    for mode in [PublishMode::Add, PublishMode::Update] {
        assert_eq!(publish(&folder, &stubs(V1), mode), (vec![Edited, Identical], Committed::default()));
    }
    assert_eq!(contents(&folder), before);

    let newer = V1.replace("one", "two");
    assert_eq!(publish(&folder, &stubs(&newer), PublishMode::Add).0, [Diverged, Identical]);
    assert_eq!(contents(&folder), before);
    let (_, done) = publish(&folder, &stubs(&newer), PublishMode::Force);
    let name = "2026_11_20_143002_users.rs".to_owned();
    assert_eq!(
        (done.created.len(), done.overwritten),
        (0, vec![(name, "2026_11_20_143002_users.rs.bak".to_owned())])
    );
    let after = contents(&folder);
    assert_eq!(after.len(), before.len() + 1);
    assert!(after.contains(&("2026_11_20_143002_users.rs.bak".to_owned(), edited)));
    assert_eq!(
        publish(&folder, &stubs(&newer), PublishMode::Force),
        (vec![Identical; 2], Committed::default())
    );
}

#[test]
fn a_file_that_was_not_published_is_never_overwritten_and_the_rest_is_written() {
    let (_root, folder) = folder();
    fs::create_dir_all(folder.path()).expect("made");
    fs::write(folder.path().join("1_users.rs"), V1).expect("written");
    let (states, done) = publish(&folder, &stubs(V1), PublishMode::Force);
    assert_eq!(states, [PublishState::NameTaken, PublishState::New]);
    assert_eq!(done.created, ["2026_11_20_143002_tokens.sql"]);
    assert_eq!(done.listed, ["1_users.rs", "2026_11_20_143002_tokens.sql"]);
    assert_eq!(fs::read_to_string(folder.path().join("1_users.rs")).expect("read"), V1);
}

#[test]
fn of_two_publishers_one_plans_again() {
    let (_root, folder) = folder();
    let options = PublishOptions::all(Stamp::from_unix(0));
    let plan = plan_publish(&stubs(V1), &read_files(&folder).expect("read"), &options).expect("planned");
    publish(&folder, &stubs(V1), PublishMode::Add);
    let before = contents(&folder);
    assert!(matches!(write_plan(&folder, &plan), Err(WriteError::Changed { .. })));
    assert_eq!(contents(&folder), before);
}
