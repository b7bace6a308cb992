//! Writing, and being stopped at every point of it.

use std::{fs, io, path::Path};

use super::*;
use crate::{project::FolderKind, publish::Digest};

fn folder() -> (tempfile::TempDir, ProjectFolder) {
    let root = tempfile::tempdir().expect("folder");
    let folder = ProjectFolder::open(root.path(), Path::new("database/migrations"), FolderKind::migrations())
        .expect("opened");
    (root, folder)
}

fn create(name: &str) -> Change {
    Change::Create { name: name.to_owned(), text: format!("// {name}\n") }
}

fn overwrite(name: &str, text: &str) -> Change {
    Change::Overwrite { name: name.to_owned(), expected: format!("// {name}\n"), text: text.to_owned() }
}

/// Every file of the folder, also hidden ones.
fn all(folder: &ProjectFolder) -> Vec<String> {
    let entries = fs::read_dir(folder.path()).expect("read");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("entry").file_name().into_string().expect("UTF-8")).collect();
    names.sort();
    names
}

fn module(folder: &ProjectFolder) -> String {
    folder.read(MODULE).expect("read").unwrap_or_default()
}

#[test]
fn files_are_written_listed_and_saved_before_they_are_overwritten() {
    let (_root, folder) = folder();
    assert_eq!(folder.names().expect("names"), [""; 0]);
    let done = folder.commit(Some(&[]), &[create("1_a.rs"), create("2_b.sql")]).expect("written");
    assert_eq!(done.created, ["1_a.rs", "2_b.sql"]);
    assert_eq!(all(&folder), ["1_a.rs", "2_b.sql", "mod.rs"]);
    assert!(
        module(&folder).contains("#[path = \"1_a.rs\"]\nmod m_1_a;\narvel_migrate::sql!(\"2_b.sql\");\n")
    );

    let before = module(&folder);
    let done = folder.commit(None, &[overwrite("1_a.rs", "new")]).expect("written");
    assert_eq!(done.overwritten, [("1_a.rs".to_owned(), "1_a.rs.bak".to_owned())]);
    assert_eq!(all(&folder), ["1_a.rs", "1_a.rs.bak", "2_b.sql", "mod.rs"]);
    assert_eq!(folder.read("1_a.rs.bak").expect("read").as_deref(), Some("// 1_a.rs\n"));
    assert_eq!(module(&folder), before);

    let again = Change::Overwrite { name: "1_a.rs".into(), expected: "new".into(), text: "newer".into() };
    let done = folder.commit(None, &[again]).expect("written");
    assert_eq!(done.overwritten[0].1, "1_a.rs.bak2", "an earlier backup stays");

    fs::remove_file(folder.path().join("2_b.sql")).expect("removed");
    assert_eq!(folder.sync().expect("synced").unlisted, ["2_b.sql"]);
    assert_eq!(folder.sync().expect("synced"), Committed::default());
}

#[cfg(unix)]
#[test]
fn new_files_are_as_readable_as_others() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_root, folder) = folder();
    folder.commit(None, &[create("1_a.rs")]).expect("written");
    fs::write(folder.path().join("2_b.rs"), "").expect("written");
    let mode = |name: &str| fs::metadata(folder.path().join(name)).expect("there").permissions().mode();
    assert_eq!(mode("1_a.rs"), mode("2_b.rs"));
}

#[test]
fn the_next_write_ends_an_interrupted_one_and_leaves_edited_files() {
    let (_root, folder) = folder();
    // Both files are there, and `mod.rs` is not.
    for name in ["1_a.rs", "2_b.rs"] {
        fs::create_dir_all(folder.path()).expect("made");
        fs::write(folder.path().join(name), format!("// {name}\n")).expect("written");
    }
    let list = Publishing {
        module: Announced::new(MODULE, None, Some("the new one")),
        files: vec![
            Announced::new("1_a.rs", None, Some("// 1_a.rs\n")),
            Announced::new("2_b.rs", None, Some("// 2_b.rs\n")),
        ],
    };
    fs::write(folder.path().join(LIST), list.text()).expect("written");
    fs::write(folder.path().join("1_a.rs"), "mine now").expect("written");
    let done = folder.commit(None, &[create("3_c.rs")]).expect("written");
    assert_eq!(done.recovered, Recovered::TakenBack(vec!["2_b.rs".to_owned()]));
    assert_eq!(all(&folder), ["1_a.rs", "3_c.rs", "mod.rs"]);
    assert_eq!(done.listed, ["1_a.rs", "3_c.rs"]);
}

#[test]
fn a_failure_takes_new_files_back() {
    let (_root, folder) = folder();
    folder.commit(None, &[create("1_a.rs")]).expect("written");
    let before = all(&folder);
    let seen = ["1_a.rs".to_owned()];
    type Case<'a> = (Option<&'a [String]>, Vec<Change>, &'a str);
    let cases: [Case<'_>; 5] = [
        (Some(&[]), vec![create("2_b.rs")], "`1_a.rs` is not as it was"),
        (Some(&seen), vec![create("2_b.rs"), create("1_a.rs")], "`1_a.rs` is not as it was"),
        (
            None,
            vec![Change::Overwrite { name: "1_a.rs".into(), expected: "x".into(), text: "y".into() }],
            "is not as it was",
        ),
        (None, vec![create("2_b.rs"), overwrite("3_c.rs", "x")], "`3_c.rs` is not as it was"),
        (None, vec![create("2_b.up.sql")], "`2_b.up.sql` is one half of a pair; `2_b.down.sql` is not there"),
    ];
    for (seen, changes, message) in cases {
        let error = folder.commit(seen, &changes).expect_err(message);
        assert!(error.to_string().ends_with(message), "{error}");
        assert!(!error.hint().is_empty());
        assert_eq!(all(&folder), before, "{message}");
    }
}

#[test]
fn names_are_names() {
    let (_root, folder) = folder();
    for name in [
        "",
        ".",
        "..",
        "/etc/x.rs",
        "../x.rs",
        "a/../b.rs",
        "a//b.rs",
        ".a/b.rs",
        "a/.b.rs",
        "a\\b.rs",
        "c:x.rs",
        "a\0.rs",
        "a.rs/",
    ] {
        let error = folder.commit(None, &[create(name)]).expect_err(name);
        assert!(matches!(error, WriteError::BadName { .. }), "{name:?}: {error}");
    }
    assert!(!folder.path().exists());
    fs::create_dir_all(folder.path()).expect("made");
    for list in ["../x.rs sha256:00", "x", &format!("mod.rs {}", Digest::of_bytes(b""))] {
        fs::write(folder.path().join(LIST), list).expect("written");
        assert!(matches!(folder.recover(), Err(WriteError::List { .. })), "{list}");
    }
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_not_followed_out_nor_written_through() {
    use std::os::unix::fs::symlink;
    let (root, elsewhere) = (tempfile::tempdir().expect("folder"), tempfile::tempdir().expect("folder"));
    let open = |folder: &str| ProjectFolder::open(root.path(), Path::new(folder), FolderKind::migrations());
    symlink(elsewhere.path(), root.path().join("out")).expect("linked");
    for folder in ["out", "out/migrations", "x/../out"] {
        assert!(matches!(open(folder), Err(WriteError::Outside { .. })), "{folder}");
    }
    symlink(root.path().join("nowhere"), root.path().join("broken")).expect("linked");
    assert!(open("broken").is_err());
    fs::create_dir(root.path().join("real")).expect("made");
    symlink(root.path().join("real"), root.path().join("in")).expect("linked");
    let folder = open("in").expect("inside the project");
    assert!(folder.path().ends_with("real"));

    let target = elsewhere.path().join("target.rs");
    fs::write(&target, "// 1_a.rs\n").expect("written");
    symlink(&target, folder.path().join("1_a.rs")).expect("linked");
    assert!(matches!(folder.commit(None, &[overwrite("1_a.rs", "x")]), Err(WriteError::Link { .. })));
    symlink(elsewhere.path().join("new.rs"), folder.path().join("2_b.rs")).expect("linked");
    assert!(matches!(folder.commit(None, &[create("2_b.rs")]), Err(WriteError::Link { .. })));
    symlink(&target, folder.path().join(MODULE)).expect("linked");
    assert!(matches!(folder.sync(), Err(WriteError::Link { .. })));
    assert_eq!(fs::read_to_string(&target).expect("read"), "// 1_a.rs\n");
    assert_eq!(fs::read_dir(elsewhere.path()).expect("read").count(), 1);
}

#[cfg(unix)]
#[test]
fn a_folder_without_the_right_to_write_is_a_clear_error() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_root, folder) = folder();
    folder.commit(None, &[create("1_a.rs")]).expect("written");
    let denied = folder.failed("write to", "")(io::ErrorKind::PermissionDenied.into());
    assert!(denied.to_string().ends_with("can not be written to; nothing was changed"), "{denied}");

    let before = all(&folder);
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o555)).expect("set");
    // The superuser may write anywhere: for that one, only the message above can be tested.
    let may_write = fs::File::create(folder.path().join("probe")).is_ok();
    let result = folder.commit(None, &[create("2_b.rs")]);
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).expect("set");
    if !may_write {
        assert!(matches!(result, Err(WriteError::ReadOnly { .. })));
        assert_eq!(all(&folder), before);
    }
}

#[test]
fn writers_do_not_meet() {
    let (_root, folder) = folder();
    assert_eq!(folder.sync().expect("synced"), Committed::default());
    assert!(!folder.path().exists(), "an absent folder stays absent");
    folder.commit(None, &[]).expect("made");
    let results: Vec<Result<Committed, WriteError>> = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..4)
            .map(|i| {
                let folder = &folder;
                scope.spawn(move || folder.commit(Some(&[]), &[create(&format!("{i}_a.rs"))]))
            })
            .collect();
        writers.into_iter().map(|writer| writer.join().expect("no panic")).collect()
    });
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
    assert_eq!(all(&folder).len(), 2);
}

#[test]
fn removed_files_leave_the_list_first() {
    let (_root, folder) = folder();
    folder.commit(None, &[create("1_a.rs"), create("2_b.sql"), create("3_c.rs")]).expect("written");
    let done = folder.remove_files(&["1_a.rs".into(), "2_b.sql".into()]).expect("removed");
    assert_eq!(
        (done.removed, done.unlisted),
        (vec!["1_a.rs".into(), "2_b.sql".into()], vec!["1_a.rs".into(), "2_b.sql".into()])
    );
    assert_eq!(all(&folder), ["3_c.rs", "mod.rs"]);
    assert!(!module(&folder).contains("1_a"), "{}", module(&folder));
    for name in ["../x.rs", "a/../b.rs", ""] {
        assert!(matches!(folder.remove_files(&[name.into()]), Err(WriteError::BadName { .. })), "{name}");
    }
    fs::remove_file(folder.path().join(MODULE)).expect("removed");
    assert!(matches!(folder.remove_files(&["4_d.rs".into()]), Err(WriteError::Changed { .. })));
    folder.remove_files(&["3_c.rs".into()]).expect("removed");
    assert_eq!(all(&folder), [""; 0], "a folder without a list gets none");
}

#[test]
fn what_comes_changes_and_goes_is_one_write() {
    let (_root, folder) = folder();
    folder.commit(None, &[create("1_a.rs"), create("2_b.rs")]).expect("written");
    let remove = |text: &str| Change::Remove { name: "1_a.rs".into(), expected: text.into() };
    let before = all(&folder);
    let error = folder.commit(None, &[create("3_c.rs"), remove("another text")]).expect_err("edited since");
    assert!(matches!(error, WriteError::Changed { name, .. } if name == "1_a.rs"));
    assert_eq!(all(&folder), before);
    let changes = [remove("// 1_a.rs\n"), overwrite("2_b.rs", "new"), create("3_c.rs")];
    let done = folder.commit(None, &changes).expect("written");
    assert_eq!((done.removed, done.created), (vec!["1_a.rs".to_owned()], vec!["3_c.rs".to_owned()]));
    assert_eq!(all(&folder), ["2_b.rs", "2_b.rs.bak", "3_c.rs", "mod.rs"]);
    assert!(!module(&folder).contains("1_a") && module(&folder).contains("3_c"));
}

#[test]
fn what_is_no_text_can_go() {
    let (_root, folder) = folder();
    folder.commit(None, &[create("1_a.rs"), create("2_b.sql")]).expect("written");
    fs::write(folder.path().join("2_b.sql"), [0xff, 0xfe, b'x']).expect("written");
    assert_eq!(folder.remove_files(&["2_b.sql".into()]).expect("removed").removed, ["2_b.sql"]);
    assert_eq!(all(&folder), ["1_a.rs", "mod.rs"]);
}

#[test]
fn an_error_that_could_not_be_mended_does_not_say_that_nothing_changed() {
    let (_root, folder) = folder();
    let cause = folder.failed("write", "1_a.rs")(io::ErrorKind::PermissionDenied.into());
    assert!(cause.to_string().ends_with("1_a.rs` can not be written to; nothing was changed"), "{cause}");
    let unfinished =
        WriteError::Unfinished { folder: folder.path().into(), committed: false, cause: Box::new(cause) };
    let text = unfinished.to_string();
    assert!(text.ends_with("; `mod.rs` lists the old set, and what was begun is still there"), "{text}");
    assert!(
        !text.contains("nothing was changed") && unfinished.hint().contains("`arvel make sync`"),
        "{text}"
    );
}

#[test]
fn the_line_of_a_folder_is_what_its_module_says() {
    let (_root, folder) = folder();
    assert_eq!(folder.line().expect("line").as_str(), "default");
    fs::create_dir_all(folder.path()).expect("made");
    fs::write(folder.path().join(MODULE), "// line!(\"no\")\narvel_migrate::line!(\"billing\");\n")
        .expect("written");
    assert_eq!(folder.line().expect("line").as_str(), "billing");
}

#[test]
fn files_of_a_nested_folder_are_listed_above_it() {
    let (_root, folder) = folder();
    folder.commit(None, &[create("2026/1_a.rs"), create("2026/02/2_b.sql")]).expect("written");
    fs::create_dir_all(folder.path().join("own")).expect("made");
    fs::write(folder.path().join("own/mod.rs"), "").expect("written");
    fs::write(folder.path().join("own/3_c.rs"), "").expect("written");
    fs::write(folder.path().join(MODULE), format!("{}mod own;\n", module(&folder))).expect("written");
    let done = folder.sync().expect("written");
    assert_eq!((done.listed.len(), done.missing), (0, Vec::new()), "it is `own/mod.rs` that is meant");
    assert_eq!(folder.names().expect("read"), ["2026/02/2_b.sql", "2026/1_a.rs"]);
    let listed = module(&folder);
    assert!(listed.contains("#[path = \"2026/1_a.rs\"]\nmod m_1_a;\n"), "{listed}");
    assert!(listed.contains("sql!(\"2026/02/2_b.sql\");"), "{listed}");
    folder.remove_files(&["2026/02/2_b.sql".into()]).expect("removed");
    assert!(!folder.path().join("2026/02").exists() && folder.path().join("2026/1_a.rs").exists());
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_to_a_folder() {
    let (root, folder) = folder();
    let elsewhere = root.path().join("elsewhere");
    fs::create_dir_all(&elsewhere).expect("made");
    fs::create_dir_all(folder.path()).expect("made");
    std::os::unix::fs::symlink(&elsewhere, folder.path().join("2026")).expect("linked");
    let error = folder.commit(None, &[create("2026/1_a.rs")]).expect_err("a link");
    assert!(matches!(error, WriteError::Link { .. }), "{error}");
    assert_eq!(fs::read_dir(&elsewhere).expect("read").count(), 0);
}
