//! Writers in processes of their own, killed with SIGKILL at every operation; and what is left is really compiled.

#![cfg(unix)]

use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use super::crash_tests::{Case, cases, home, open};
use crate::project::{BUILD_RS, disk::Act};

const HOME: &str = "ARVEL_TEST_KILL_HOME";
const CASE: &str = "ARVEL_TEST_KILL_CASE";
const AT: &str = "ARVEL_TEST_KILL_AT";

/// What a started-again test binary does; nothing in an ordinary run.
#[test]
fn writes_until_it_is_told_to_wait() {
    let told = |name: &str| std::env::var(name).ok();
    let (Some(home), Some(name), Some(at)) = (told(HOME), told(CASE), told(AT)) else { return };
    let at: usize = at.parse().expect("a number");
    let case = cases().into_iter().find(|case| case.name == name).expect("a case");
    let mut folder = open(Path::new(&home));
    let count = AtomicUsize::new(0);
    folder.disk.gate = Some(Arc::new(move |act: Act, _: &Path| {
        if count.fetch_add(1, Ordering::SeqCst) == at {
            println!("\nbefore {act:?}");
            loop {
                std::thread::park();
            }
        }
        Ok(())
    }));
    folder.commit(None, &case.changes).expect("written");
    println!("\nwritten");
}

/// Kills a writer before its operation `at`: which one that was; `None` when it had ended before.
fn killed(case: &Case, home: &Path, at: usize) -> Option<String> {
    let mut child = Command::new(std::env::current_exe().expect("this program"))
        .args(["project::write::kill_tests::writes_until_it_is_told_to_wait", "--exact", "--nocapture"])
        .env(HOME, home)
        .env(CASE, case.name)
        .env(AT, at.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines().map_while(Result::ok);
    let told = lines.find(|line| line.starts_with("before ") || line == "written");
    let before = told.as_deref().and_then(|line| line.strip_prefix("before ")).map(str::to_owned);
    if before.is_some() {
        // SIGKILL: nothing is tidied up.
        child.kill().expect("killed");
    }
    lines.for_each(drop);
    let status = child.wait().expect("it ends");
    assert_eq!(status.success(), before.is_none(), "{told:?}");
    before
}

/// A package around the folder, which compiles its migrations with the guard as its build script.
fn package(home: &Path) {
    let write = |path: &str, text: &str| {
        let path = home.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    };
    write(
        "Cargo.toml",
        "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[dependencies]\narvel-migrate = { path = \
         \"stand-in\" }\n[workspace]\n",
    );
    write("build.rs", BUILD_RS);
    write("src/lib.rs", "#[path = \"../database/migrations/mod.rs\"]\nmod migrations;\n");
    // The macros that the files use, without the engine behind them: what is asked is which files are compiled.
    write(
        "stand-in/Cargo.toml",
        "[package]\nname = \"arvel-migrate\"\nversion = \"0.1.0\"\nedition = \"2024\"\n",
    );
    write(
        "stand-in/src/lib.rs",
        "pub struct Schema;\nimpl Schema { pub fn sql(&mut self, _: &str) {} }\n\
         pub mod prelude { pub use crate::{Schema, migration}; }\n\
         #[macro_export] macro_rules! line { ($name:literal) => { pub(crate) const LINE: &str = $name; } }\n\
         #[macro_export] macro_rules! sql { ($($file:literal),+) => { const _: (&str, &[&str]) = (LINE, &[$(include_str!($file)),+]); } }\n\
         #[macro_export] macro_rules! migration { ($up:ident, $down:ident) => { const _: (&str, fn(&mut $crate::Schema), fn(&mut $crate::Schema)) = (super::LINE, $up, $down); } }\n",
    );
}

fn compiles(home: &Path, target: &Path, at: &str) {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo)
        .args(["check", "--offline", "--quiet"])
        .current_dir(home)
        .env("CARGO_TARGET_DIR", target)
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{at}:\n{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_killed_writer_leaves_one_set_and_a_project_that_compiles() {
    let target = tempfile::tempdir().expect("a folder");
    for case in cases().iter().filter(|case| ["everything", "removal", "overwrites"].contains(&case.name)) {
        let mut before = String::new();
        for at in 0.. {
            let home = home();
            case.project(home.path());
            let Some(act) = killed(case, home.path(), at) else {
                assert!(case.is_new(home.path(), "written") && at > 20, "{at}");
                break;
            };
            let place = format!("killed before {act}, operation {at}");
            let is_new = case.is_new(home.path(), &place);
            case.guarded(home.path(), &place);
            // Whenever a kind of operation is over: what lies there then is compiled.
            let turns = ["Replace", "Place", "FlushFolder", "Remove"];
            let compiled = case.name == "everything" && before != act && turns.contains(&before.as_str());
            if compiled {
                package(home.path());
                compiles(home.path(), target.path(), &place);
            }
            before = act;
            case.ends(home.path(), is_new, &place);
            if compiled {
                compiles(home.path(), target.path(), &place);
            }
        }
    }
}
