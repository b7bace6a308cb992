//! Folders that somebody prepared: links, pipes, folders in the place of files, forged lists. Nothing outside the project
//! is touched, and nothing inside that was not judged.

#![cfg(unix)]

use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink},
    path::Path,
    process::Command,
};

use super::*;
use crate::{
    project::{FolderKind, PublishListError},
    publish::Digest,
};

/// A project in a folder beside other things, which must stay as they are.
struct World {
    home: tempfile::TempDir,
    folder: ProjectFolder,
}

fn world() -> World {
    let home = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(home.path().join("outside/nested")).expect("made");
    for name in ["outside/1_a.rs", "outside/mod.rs", "outside/nested/2_b.sql"] {
        fs::write(home.path().join(name), format!("// {name}\n")).expect("written");
    }
    let root = home.path().join("project");
    fs::create_dir_all(root.join("database/migrations")).expect("made");
    let folder = ProjectFolder::open(&root, Path::new("database/migrations"), FolderKind::migrations());
    let folder = folder.expect("opened");
    folder.commit(None, &[create("1_a.rs"), create("2026/2_b.sql")]).expect("written");
    World { folder, home }
}

impl World {
    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn outside(&self, name: &str) -> PathBuf {
        self.home.path().join("outside").join(name)
    }

    /// Everything around the project and in it: kinds, texts, targets.
    fn all(&self) -> BTreeMap<PathBuf, String> {
        let (mut all, mut open) = (BTreeMap::new(), vec![self.home.path().to_path_buf()]);
        while let Some(next) = open.pop() {
            for entry in fs::read_dir(next).expect("read") {
                let path = entry.expect("entry").path();
                let found = fs::symlink_metadata(&path).expect("there");
                let what = if found.is_symlink() {
                    format!("link to {}", fs::read_link(&path).expect("read").display())
                } else if found.is_dir() {
                    open.push(path.clone());
                    "folder".to_owned()
                } else if found.is_file() {
                    Digest::of_bytes(&fs::read(&path).expect("read")).to_string()
                } else {
                    "something else".to_owned()
                };
                all.insert(path, what);
            }
        }
        all
    }
}

fn create(name: &str) -> Change {
    Change::Create { name: name.to_owned(), text: format!("// {name}\n") }
}

fn overwrite(name: &str) -> Change {
    Change::Overwrite { name: name.to_owned(), expected: format!("// {name}\n"), text: "new".to_owned() }
}

fn remove(name: &str) -> Change {
    Change::Remove { name: name.to_owned(), expected: format!("// {name}\n") }
}

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().expect("mkfifo").success());
}

#[test]
fn what_stands_in_the_way_is_refused_and_everything_stays() {
    type Prepare = fn(&World);
    let cases: [(&str, Prepare, Change, &str); 16] = [
        (
            "a link in the place of a file",
            |w| {
                fs::remove_file(w.at("1_a.rs")).expect("gone");
                symlink(w.outside("1_a.rs"), w.at("1_a.rs")).expect("linked");
            },
            Change::Overwrite {
                name: "1_a.rs".into(),
                expected: "// outside/1_a.rs\n".into(),
                text: "x".into(),
            },
            "1_a.rs` is a symbolic link",
        ),
        (
            "a link in the place of a file that goes",
            |w| {
                fs::remove_file(w.at("1_a.rs")).expect("gone");
                symlink(w.outside("1_a.rs"), w.at("1_a.rs")).expect("linked");
            },
            Change::Remove { name: "1_a.rs".into(), expected: "// outside/1_a.rs\n".into() },
            "1_a.rs` is a symbolic link",
        ),
        (
            "a link that leads nowhere",
            |w| symlink(w.outside("not_there.rs"), w.at("3_c.rs")).expect("linked"),
            create("3_c.rs"),
            "3_c.rs` is a symbolic link",
        ),
        (
            "a link to a folder",
            |w| symlink(w.outside("nested"), w.at("out")).expect("linked"),
            create("out/3_c.rs"),
            "out` is a symbolic link",
        ),
        (
            "a link in the place of mod.rs",
            |w| {
                fs::remove_file(w.at(MODULE)).expect("gone");
                symlink(w.outside(MODULE), w.at(MODULE)).expect("linked");
            },
            create("3_c.rs"),
            "mod.rs` is a symbolic link",
        ),
        (
            "a link in the place of the list",
            |w| symlink(w.outside("1_a.rs"), w.at(LIST)).expect("linked"),
            create("3_c.rs"),
            ".publishing` is a symbolic link",
        ),
        (
            "a link in the place of a backup",
            |w| symlink(w.outside("1_a.rs"), w.at("1_a.rs.bak")).expect("linked"),
            overwrite("1_a.rs"),
            "1_a.rs.bak` is a symbolic link",
        ),
        (
            "a link that leads nowhere in the place of a backup",
            |w| symlink(w.outside("no.bak"), w.at("1_a.rs.bak")).expect("linked"),
            overwrite("1_a.rs"),
            "1_a.rs.bak` is a symbolic link",
        ),
        (
            "a link in the place of the folder of old texts",
            |w| symlink(w.outside("nested"), w.at(super::super::former::FOLDER)).expect("linked"),
            overwrite("1_a.rs"),
            ".publishing-former` is a symbolic link",
        ),
        (
            "a folder in the place of a file",
            |w| fs::create_dir(w.at("3_c.rs")).expect("made"),
            create("3_c.rs"),
            "3_c.rs` is a folder, and not a file",
        ),
        (
            "a folder in the place of mod.rs",
            |w| {
                fs::remove_file(w.at(MODULE)).expect("gone");
                fs::create_dir(w.at(MODULE)).expect("made");
            },
            create("3_c.rs"),
            "mod.rs` is a folder, and not a file",
        ),
        (
            "a folder in the place of the list",
            |w| fs::create_dir(w.at(LIST)).expect("made"),
            create("3_c.rs"),
            ".publishing` is a folder, and not a file",
        ),
        (
            "a pipe in the place of a file",
            |w| pipe(&w.at("3_c.rs")),
            create("3_c.rs"),
            "3_c.rs` is a pipe, a socket or a device, and not a file",
        ),
        (
            "a pipe in the place of mod.rs",
            |w| {
                fs::remove_file(w.at(MODULE)).expect("gone");
                pipe(&w.at(MODULE));
            },
            create("3_c.rs"),
            "mod.rs` is a pipe, a socket or a device, and not a file",
        ),
        (
            "a pipe in the place of the list",
            |w| pipe(&w.at(LIST)),
            create("3_c.rs"),
            ".publishing` is a pipe, a socket or a device, and not a file",
        ),
        (
            "a name that differs in capitals only",
            |w| {
                w.folder.commit(None, &[create("4_Users.rs")]).expect("written");
            },
            create("4_users.rs"),
            "`4_users.rs` differs from `4_Users.rs` in capitals only: on many systems that is one file",
        ),
    ];
    for (what, prepare, change, message) in cases {
        let world = world();
        prepare(&world);
        let before = world.all();
        let error = world.folder.commit(None, &[change.clone(), create("9_z.rs")]).expect_err(what);
        assert!(error.to_string().contains(message), "{what}: {error}");
        assert!(!error.hint().is_empty());
        assert_eq!(world.all(), before, "{what}");
    }
}

#[test]
fn names_that_are_none_are_refused() {
    let world = world();
    let before = world.all();
    let long = format!("1_{}.rs", "x".repeat(300));
    for name in [
        "",
        ".",
        "..",
        "/",
        "/etc/x.rs",
        "../x.rs",
        "a/../b.rs",
        "a//b.rs",
        "a/",
        "a\\b.rs",
        "c:x.rs",
        "a\0.rs",
        "1_a\n.rs",
        "1_a\r.rs",
        "1_\u{1b}[2J.rs",
        ".publishing",
        ".hidden/1_a.rs",
        "CON",
        "nul.rs",
        "aux.sql",
        "COM1.x",
        "lpt9.up.sql",
        "2026/con.rs",
        "prn /1_a.rs",
        "1_a.rs.",
        "1_a.rs ",
        " 1_a.rs",
        "1_a?.rs",
        "1_\"a.rs",
        "1_a|b.sql",
        &long,
    ] {
        let error = world.folder.commit(None, &[create(name)]).expect_err(name);
        assert!(matches!(&error, WriteError::BadName { .. }), "{name:?}: {error}");
        assert!(!error.to_string().contains(char::is_control), "{name:?}");
        assert_eq!(world.all(), before, "{name:?}");
    }
    let twice = world.folder.commit(None, &[create("3_c.rs"), create("3_c.rs")]).expect_err("twice");
    assert!(twice.to_string().contains("named twice"));
    let capitals = world.folder.commit(None, &[create("3_c.rs"), create("3_C.rs")]).expect_err("capitals");
    assert!(matches!(capitals, WriteError::SameButForCase { .. }));
    let folder = world.folder.commit(None, &[create("x/3_c.rs"), create("X/4_d.rs")]).expect_err("capitals");
    assert!(matches!(folder, WriteError::SameButForCase { .. }));
    assert_eq!(world.all(), before);
    world.folder.commit(None, &[create("1_company.rs"), create("2_console.sql")]).expect("no devices");
}

#[test]
fn a_migrations_folder_may_be_a_link_inside_the_project_and_not_out_of_it() {
    let world = world();
    let root = world.home.path().join("project");
    let before = world.all();
    symlink(world.home.path().join("outside"), root.join("out")).expect("linked");
    symlink(root.join("database/migrations"), root.join("in")).expect("linked");
    let open = |name: &str| ProjectFolder::open(&root, Path::new(name), FolderKind::migrations());
    for out in ["out", "out/nested", "out/new", "in/../out"] {
        assert!(matches!(open(out), Err(WriteError::Outside { .. })), "{out}");
    }
    let inside = open("in").expect("inside");
    assert_eq!(inside.path(), world.folder.path());
    fs::remove_file(root.join("out")).expect("gone");
    fs::remove_file(root.join("in")).expect("gone");
    assert_eq!(world.all(), before);
}

#[test]
fn another_name_of_an_overwritten_file_keeps_its_text() {
    let world = world();
    fs::hard_link(world.at("1_a.rs"), world.outside("linked.rs")).expect("linked");
    fs::hard_link(world.at(MODULE), world.outside("module.rs")).expect("linked");
    let module = fs::read(world.at(MODULE)).expect("read");
    fs::set_permissions(world.at("1_a.rs"), fs::Permissions::from_mode(0o640)).expect("set");
    world.folder.commit(None, &[overwrite("1_a.rs"), create("3_c.rs")]).expect("written");
    assert_eq!(fs::read_to_string(world.outside("linked.rs")).expect("read"), "// 1_a.rs\n");
    assert_eq!(fs::read(world.outside("module.rs")).expect("read"), module);
    let found = fs::metadata(world.at("1_a.rs")).expect("there");
    assert_eq!((found.nlink(), found.permissions().mode() & 0o777), (1, 0o640));
    assert_eq!(fs::read_to_string(world.at("1_a.rs")).expect("read"), "new");
}

#[test]
fn a_forged_list_touches_nothing_but_what_it_could_have_written() {
    let digest = |text: &str| Digest::of_bytes(text.as_bytes());
    let module = format!("mod.rs - {}\n", digest("x"));
    let outside = digest("// outside/1_a.rs\n");
    let lists: [(Vec<u8>, PublishListError); 7] = [
        (format!("{module}../../../outside/1_a.rs - {outside}\n").into(), PublishListError::Line { line: 2 }),
        (format!("{module}/etc/passwd - {outside}\n").into(), PublishListError::Line { line: 2 }),
        (format!("{module}.env {outside} -\n").into(), PublishListError::Line { line: 2 }),
        (format!("../../x {outside}\n").into(), PublishListError::Line { line: 1 }),
        (b"\0\xff\xfe binary".to_vec(), PublishListError::NotText),
        (vec![b'x'; 6 << 20], PublishListError::TooLong),
        (Vec::new(), PublishListError::Module),
    ];
    for (list, expected) in lists {
        let world = world();
        fs::write(world.at(LIST), list).expect("written");
        let before = world.all();
        for result in [world.folder.recover().map(drop), world.folder.sync().map(drop)] {
            let error = result.expect_err("forged");
            assert!(matches!(&error, WriteError::List { problem, .. } if *problem == expected), "{error}");
            assert!(error.hint().contains(".publishing"), "{}", error.hint());
        }
        assert_eq!(world.all(), before);
    }

    // A list that could be ours, whose file is reached through a link: the link is nobody's of ours.
    let world = world();
    symlink(world.home.path().join("outside/nested"), world.at("2027")).expect("linked");
    symlink(world.outside("1_a.rs"), world.at("7_g.rs")).expect("linked");
    let nested = digest("// outside/nested/2_b.sql\n");
    let list = format!("{module}2027/2_b.sql - {nested}\n7_g.rs - {outside}\n");
    fs::write(world.at(LIST), list).expect("written");
    let mut before = world.all();
    before.remove(&world.at(LIST));
    world.folder.recover().expect("ended");
    assert_eq!(world.all(), before);
}

#[test]
fn what_somebody_did_to_an_interrupted_write_stays() {
    let world = world();
    let text = |name: &str| Some(format!("// {name}\n"));
    let announced = |name: &str, old: Option<String>, new: Option<String>| {
        Announced::new(name, old.as_deref(), new.as_deref())
    };
    let list = Publishing {
        module: announced(MODULE, Some("old".into()), Some("new".into())),
        files: vec![
            announced("3_c.rs", None, text("3_c.rs")),
            announced("4_d.rs", None, text("4_d.rs")),
            announced("1_a.rs", text("1_a.rs"), Some("theirs".into())),
        ],
    };
    fs::write(world.at(LIST), list.text()).expect("written");
    fs::write(world.at("3_c.rs"), "mine").expect("written");
    fs::create_dir(world.at("4_d.rs")).expect("made");
    fs::write(world.at("1_a.rs"), "mine too").expect("written");
    let mut before = world.all();
    before.remove(&world.at(LIST));
    assert_eq!(world.folder.recover().expect("ended"), Recovered::TakenBack(Vec::new()));
    assert_eq!(world.all(), before);
}

#[test]
fn a_folder_that_vanishes_is_an_error_and_stays_gone() {
    for at in 0..40 {
        let world = world();
        let mut folder = world.folder.clone();
        let (path, count) = (folder.path().to_path_buf(), AtomicU64::new(0));
        folder.disk.gate = Some(std::sync::Arc::new(move |_, _: &Path| {
            if count.fetch_add(1, Ordering::SeqCst) == at {
                fs::remove_dir_all(&path)?;
            }
            Ok(())
        }));
        let result = folder.commit(None, &[create("3_c.rs"), overwrite("1_a.rs"), remove("2026/2_b.sql")]);
        if let Err(error) = result {
            assert!(error.to_string().contains("migrations"), "{at}: {error}");
        }
        assert!(!folder.path().join("3_c.rs").exists() || folder.path().join(MODULE).exists(), "{at}");
        assert_eq!(fs::read_dir(world.outside("")).expect("read").count(), 3);
    }
}

#[test]
fn a_file_that_a_person_lists_is_not_removed_behind_their_back() {
    let world = world();
    let module = fs::read_to_string(world.at(MODULE)).expect("read");
    fs::write(world.at(MODULE), format!("#[path = \"1_a.rs\"]\nmod mine;\n{module}")).expect("written");
    world.folder.sync().expect("synced");
    let before = world.all();
    let error = world.folder.commit(None, &[remove("1_a.rs")]).expect_err("listed by hand");
    assert!(error.to_string().ends_with("outside the markers; nothing was removed"), "{error}");
    assert_eq!(world.all(), before);
}

/// A file system of 64 KiB. `None`, said aloud, where none may be mounted.
fn small(path: &Path) -> Option<Mounted<'_>> {
    let options = ["-t", "tmpfs", "-o", "size=64k", "tmpfs"];
    let mounted = Command::new("mount").args(options).arg(path).output();
    if !mounted.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: a_full_disk_changes_nothing: no file system may be mounted here");
        return None;
    }
    Some(Mounted(path))
}

struct Mounted<'a>(&'a Path);

impl Drop for Mounted<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0).status();
    }
}

#[test]
fn a_full_disk_changes_nothing() {
    let home = tempfile::tempdir().expect("a folder");
    let Some(_mounted) = small(home.path()) else { return };
    let folder =
        ProjectFolder::open(home.path(), Path::new("migrations"), FolderKind::migrations()).expect("opened");
    folder.commit(None, &[create("1_a.rs")]).expect("there is room");
    let names = |folder: &ProjectFolder| {
        let mut names: Vec<_> = fs::read_dir(folder.path())
            .expect("read")
            .map(|entry| entry.expect("entry").file_name())
            .collect();
        names.sort();
        names
    };
    let (before, module) = (names(&folder), fs::read(folder.path().join(MODULE)).expect("read"));
    let big = Change::Create { name: "2_b.rs".into(), text: "x".repeat(100_000) };
    let error = folder.commit(None, &[overwrite("1_a.rs"), big]).expect_err("no room");
    assert!(error.to_string().contains("No space left on device"), "{error}");
    assert_eq!(error.hint(), "make room on the disk, then run the command again");
    assert_eq!((names(&folder), fs::read(folder.path().join(MODULE)).expect("read")), (before, module));
    assert_eq!(folder.read("1_a.rs").expect("read").as_deref(), Some("// 1_a.rs\n"));
    folder.commit(None, &[overwrite("1_a.rs")]).expect("there is room for that");

    let remounted = |how: &str| {
        let options = format!("remount,{how}");
        assert!(
            Command::new("mount").args(["-o", &options]).arg(home.path()).status().expect("mount").success()
        );
    };
    let before = names(&folder);
    remounted("ro");
    let error = folder.commit(None, &[create("3_c.rs")]).expect_err("read-only");
    assert!(error.to_string().ends_with("can not be written to; nothing was changed"), "{error}");
    folder.sync().expect("there is nothing to write");
    remounted("rw");
    assert_eq!(names(&folder), before);
}
