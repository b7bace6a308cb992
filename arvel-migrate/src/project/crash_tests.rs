//! Every write, stopped before each of its operations, as a crash would; every way back, stopped before each of its own;
//! and every operation refused once, and from then on.

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use super::*;
use crate::{
    migration::{Catalog, LineName},
    project::{
        FolderKind,
        disk::Act,
        file_stem,
        former::{FOLDER, moved_back},
        guard::tests::{guard, program},
        listed_files,
    },
};

const FOLDER_OF_IT: &str = "database/migrations";

/// Files with their texts.
pub(crate) type Texts = BTreeMap<String, String>;

/// A write, and the files that it finds.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    files: Texts,
    /// Whether they are listed before.
    listed: bool,
    pub(crate) changes: Vec<Change>,
}

/// A migration that compiles, of a number that tells texts apart.
fn text(name: &str, number: u32) -> String {
    match name.ends_with(".sql") {
        true => format!("-- {number}\nSELECT {number};\n"),
        false => format!(
            "use arvel_migrate::prelude::*;\n\nmigration! {{ up, down }}\n\nfn up(schema: &mut Schema) {{\n    \
             schema.sql(include_str!(\"note.txt\"));\n    schema.sql(\"SELECT {number}\");\n}}\n\n\
             fn down(_: &mut Schema) {{}}\n"
        ),
    }
}

fn create(name: &str) -> Change {
    Change::Create { name: name.to_owned(), text: text(name, 2) }
}

fn overwrite(name: &str) -> Change {
    Change::Overwrite { name: name.to_owned(), expected: text(name, 1), text: text(name, 2) }
}

fn remove(name: &str) -> Change {
    Change::Remove { name: name.to_owned(), expected: text(name, 1) }
}

pub(crate) fn cases() -> Vec<Case> {
    let some = ["1_a.rs", "2_b.sql", "2026/3_c.rs", "2026/old/4_d.rs"];
    let case = |name, files: &[&str], changes: &[Change]| Case {
        name,
        files: files.iter().map(|name| ((*name).to_owned(), text(name, 1))).collect(),
        listed: true,
        changes: changes.to_vec(),
    };
    let everything = [
        create("5_e.rs"),
        overwrite("1_a.rs"),
        create("2026/6_f.sql"),
        overwrite("2026/3_c.rs"),
        remove("2026/old/4_d.rs"),
        create("new/7_g.rs"),
        overwrite("2_b.sql"),
    ];
    vec![
        case("first", &[], &[create("1_a.rs"), create("2026/2_b.sql")]),
        case("new", &some, &[create("5_e.rs"), create("new/6_f.sql")]),
        case("overwrite", &some, &[overwrite("1_a.rs")]),
        case("overwrites", &some, &[overwrite("1_a.rs"), overwrite("2_b.sql")]),
        case("mixed", &some, &[overwrite("2026/3_c.rs"), create("5_e.rs")]),
        case("removal", &some, &[remove("1_a.rs"), remove("2026/old/4_d.rs"), remove("2_b.sql")]),
        case("swap", &some, &[remove("1_a.rs"), create("1_b.rs"), overwrite("2_b.sql")]),
        case("everything", &some, &everything),
        Case { listed: false, ..case("sync", &some, &[]) },
    ]
}

impl Case {
    /// A project with the files of the case.
    pub(crate) fn project(&self, home: &Path) -> ProjectFolder {
        let folder = open(home);
        if self.files.is_empty() {
            return folder;
        }
        for (name, text) in &self.files {
            write(&folder, name, text);
        }
        for note in ["note.txt", "2026/note.txt", "2026/old/note.txt", "new/note.txt"] {
            write(&folder, note, "SELECT 3");
        }
        match self.listed {
            true => drop(folder.sync().expect("listed")),
            false => write(&folder, MODULE, "arvel_migrate::line!(\"default\");\n"),
        }
        folder
    }

    /// The set that `mod.rs` names when the write is through.
    fn after(&self) -> Texts {
        let mut after = self.files.clone();
        for change in &self.changes {
            match change {
                Change::Remove { name, .. } => drop(after.remove(name)),
                Change::Create { name, text } | Change::Overwrite { name, text, .. } => {
                    after.insert(name.clone(), text.clone());
                }
            }
        }
        after
    }

    fn before(&self) -> Texts {
        if self.listed { self.files.clone() } else { Texts::new() }
    }

    /// Whether the new set is in force; fails when neither is, or when the guard would fail the build.
    pub(crate) fn is_new(&self, home: &Path, at: &str) -> bool {
        let folder = open(home);
        let set = set(&folder);
        let is_new = set == self.after();
        if self.listed {
            self.is_read(&folder, &set, at);
        }
        assert!(
            is_new || set == self.before(),
            "{} {at}: neither set:\n{set:#?}\n{:#?}",
            self.name,
            tree(home)
        );
        is_new
    }

    /// Who reads the files of the folder finds the set too, each with its text.
    fn is_read(&self, folder: &ProjectFolder, set: &Texts, at: &str) {
        let catalog = Catalog::read_files(folder.path(), &LineName::default_line());
        let catalog = catalog.unwrap_or_else(|error| panic!("{} {at}: {error}", self.name));
        let texts = set.iter().map(|(name, text)| {
            let sql = if name.ends_with(".sql") { text.lines().last().unwrap_or("") } else { "" };
            (file_stem(name).to_owned(), sql.trim_end_matches(';').to_owned())
        });
        let texts: Texts = texts.collect();
        let read: Texts = catalog
            .migrations()
            .iter()
            .map(|of| {
                let up = format!("{:?}", of.up);
                let sql = texts.get(of.stem.as_str()).filter(|sql| up.contains(sql.as_str()));
                (of.stem.to_string(), sql.cloned().unwrap_or(up))
            })
            .collect();
        assert_eq!(read, texts, "{} {at}: the files that are read are not the set", self.name);
    }

    pub(crate) fn guarded(&self, home: &Path, at: &str) {
        if self.listed {
            assert_eq!(guard(program(), home), [""; 0], "{} {at}", self.name);
        }
    }

    /// Ends what was interrupted: the set stays, and nothing else is left.
    pub(crate) fn ends(&self, home: &Path, is_new: bool, at: &str) {
        let folder = open(home);
        folder.recover().unwrap_or_else(|error| panic!("{} {at}: {error}", self.name));
        assert_eq!(self.is_new(home, at), is_new, "{} {at}: another set than before", self.name);
        assert_eq!(folder.recover().expect("nothing to end"), Recovered::Nothing, "{} {at}", self.name);
        let mut files = tree(home);
        files.retain(|name, _| !name.ends_with(".txt"));
        files.remove(MODULE);
        let mut expected = if is_new { self.after() } else { self.files.clone() };
        for change in self.changes.iter().filter(|_| is_new) {
            if let Change::Overwrite { name, expected: old, .. } = change {
                expected.insert(format!("{name}.bak"), old.clone());
            }
        }
        assert_eq!(files, expected, "{} {at}: something else is left", self.name);
        if (self.listed && !self.files.is_empty()) || is_new {
            assert_eq!(folder.out_of_step().expect("read"), None, "{at}");
        }
    }
}

pub(crate) fn open(home: &Path) -> ProjectFolder {
    ProjectFolder::open(home, Path::new(FOLDER_OF_IT), FolderKind::migrations()).expect("opened")
}

fn write(folder: &ProjectFolder, name: &str, text: &str) {
    let path = folder.path().join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, text).expect("written");
}

/// The set that `mod.rs` names, as the compiler reads it: by the names that the files have, or had.
fn set(folder: &ProjectFolder) -> Texts {
    let module = folder.read(MODULE).expect("read").unwrap_or_default();
    let listed = listed_files(&module).expect("Rust");
    let texts = listed.iter().map(|listed| {
        let text =
            fs::read_to_string(folder.path().join(listed)).unwrap_or_else(|_| panic!("{listed}\n{module}"));
        let name = listed.replace(&format!("{FOLDER}/"), "");
        let text = if name == *listed { text } else { moved_back(&name, &text) };
        (name, text)
    });
    texts.collect()
}

/// Every file of the folder with its text.
fn tree(home: &Path) -> Texts {
    let folder = home.join(FOLDER_OF_IT);
    let (mut files, mut open) = (Texts::new(), vec![folder.clone()]);
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).into_iter().flatten() {
            let path = entry.expect("entry").path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let name = path.strip_prefix(&folder).expect("inside").to_string_lossy().into_owned();
            files.insert(name, fs::read_to_string(&path).expect("text"));
        }
    }
    files
}

fn copied(from: &Path) -> tempfile::TempDir {
    let home = home();
    let folder = open(home.path());
    if from.join(FOLDER_OF_IT).is_dir() {
        fs::create_dir_all(folder.path()).expect("made");
    }
    tree(from).iter().for_each(|(name, text)| write(&folder, name, text));
    home
}

/// A folder in memory where there is one: thousands of flushes are made here.
pub(crate) fn home() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).expect("a folder")
}

/// Counts operations, and lets those pass that `judge` lets.
fn gated(
    folder: &ProjectFolder,
    judge: impl Fn(usize) -> io::Result<()> + Send + Sync + 'static,
) -> (ProjectFolder, Arc<AtomicUsize>) {
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    let mut folder = folder.clone();
    folder.disk.gate = Some(Arc::new(move |_: Act, _: &Path| judge(counted.fetch_add(1, Ordering::SeqCst))));
    (folder, count)
}

/// A folder on which nothing happens any more from operation `n` on.
fn dead_from(folder: &ProjectFolder, n: usize) -> ProjectFolder {
    gated(folder, move |at| if at < n { Ok(()) } else { Err(io::Error::other("the process is gone")) }).0
}

fn operations_of(folder: &ProjectFolder, run: impl FnOnce(&ProjectFolder)) -> usize {
    let (folder, count) = gated(folder, |_| Ok(()));
    run(&folder);
    count.load(Ordering::SeqCst)
}

#[test]
fn a_crash_at_any_operation_leaves_one_set_and_recovery_keeps_it() {
    for case in cases() {
        let whole = home();
        let count = operations_of(&case.project(whole.path()), |folder| {
            folder.commit(None, &case.changes).expect("written");
        });
        assert!(case.is_new(whole.path(), "whole"));
        case.ends(whole.path(), true, "whole");
        assert!(count >= 5, "{count}");
        for n in 0..count {
            let home = home();
            let folder = case.project(home.path());
            dead_from(&folder, n).commit(None, &case.changes).expect_err("stopped");
            let at = format!("stopped before {n} of {count}");
            let is_new = case.is_new(home.path(), &at);
            case.guarded(home.path(), &at);
            let after = copied(home.path());
            let steps = operations_of(&open(after.path()), |folder| drop(folder.recover().expect("ended")));
            for m in 0..steps {
                let home = copied(home.path());
                let at = format!("{at}, and its recovery before {m} of {steps}");
                dead_from(&open(home.path()), m).recover().expect_err("stopped");
                assert_eq!(case.is_new(home.path(), &at), is_new, "{at}");
                case.ends_quietly(home.path(), is_new, &at);
            }
            case.ends(home.path(), is_new, &at);
            case.guarded(home.path(), &at);
        }
    }
}

impl Case {
    /// As [`ends`](Self::ends) without the guard, which is a process.
    fn ends_quietly(&self, home: &Path, is_new: bool, at: &str) {
        open(home).recover().unwrap_or_else(|error| panic!("{} {at}: {error}", self.name));
        assert_eq!(self.is_new(home, at), is_new, "{} {at}: another set than before", self.name);
        assert!(!tree(home).keys().any(|name| name.contains("/.") || name.starts_with('.')), "{at}");
    }
}

#[test]
fn an_operation_that_is_refused_leaves_the_old_set_and_an_error_or_is_made_good() {
    let errors: [fn() -> io::Error; 4] = [
        || io::ErrorKind::StorageFull.into(),
        || io::ErrorKind::PermissionDenied.into(),
        || io::ErrorKind::ReadOnlyFilesystem.into(),
        || io::Error::from_raw_os_error(5),
    ];
    for case in cases() {
        let whole = home();
        let count = operations_of(&case.project(whole.path()), |folder| {
            folder.commit(None, &case.changes).expect("written");
        });
        // Each operation is refused in each way in one case, and in one way in the others.
        let all = case.name == "everything";
        let ways =
            |n: usize| errors.into_iter().skip(if all { 0 } else { n % 4 }).take(if all { 4 } else { 1 });
        for (n, error) in (0..count).flat_map(|n| ways(n).map(move |error| (n, error))) {
            let at = format!("{} refused with {} at {n} of {count}", case.name, error());
            let home = home();
            let folder = case.project(home.path());
            let before = tree(home.path());
            let once = gated(&folder, move |at| if at == n { Err(error()) } else { Ok(()) }).0;
            match once.commit(None, &case.changes) {
                Ok(_) => case.ends(home.path(), true, &at),
                Err(problem) => {
                    assert_eq!(tree(home.path()), before, "{at}: {problem}");
                    assert_eq!(folder.path().is_dir(), !before.is_empty(), "{at}");
                    assert!(problem.to_string().contains(FOLDER_OF_IT.rsplit('/').next().unwrap_or("")));
                    assert!(!problem.hint().is_empty(), "{at}");
                }
            }

            let home = self::home();
            let folder = case.project(home.path());
            let from_then = gated(&folder, move |at| if at >= n { Err(error()) } else { Ok(()) }).0;
            let problem = from_then.commit(None, &case.changes).expect_err(&at);
            let is_new = case.is_new(home.path(), &at);
            match &problem {
                WriteError::Unfinished { committed, .. } if *committed => assert!(is_new, "{at}"),
                _ => {}
            }
            case.ends(home.path(), is_new, &at);
        }
    }
}
