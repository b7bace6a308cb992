//! Python with SQLAlchemy in a virtual environment of the tests' own.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// The version that is asked.
pub(super) const SQLALCHEMY: &str = "2.1.9";
const PACKAGES: [&str; 3] = ["sqlalchemy==2.1.9", "pg8000==1.31.6", "pymysql==1.2.4"];

/// An interpreter that has the packages.
pub(super) struct Python(PathBuf);

/// Makes the environment once; `None`, said aloud, where there is no Python or no package index, unless the run
/// requires everything.
pub(super) fn interpreter() -> Option<Python> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("sqlalchemy-{SQLALCHEMY}"));
    let python = folder.join("bin/python");
    let ready = folder.join("ready");
    if !ready.exists() {
        let made =
            run(Command::new("python3").arg("-m").arg("venv").arg("--clear").arg(&folder)).and_then(|()| {
                run(Command::new(&python).args(["-m", "pip", "install", "--quiet"]).args(PACKAGES))
            });
        if let Err(reason) = made {
            let required = std::env::var("ARVEL_TEST_REQUIRE")
                .is_ok_and(|list| list.split(',').any(|one| ["all", "python"].contains(&one.trim())));
            assert!(!required, "Python with SQLAlchemy is required: {reason}");
            eprintln!("skipped: the comparison with SQLAlchemy, which can not be installed: {reason}");
            return None;
        }
        std::fs::write(&ready, "").expect("the environment can be marked");
    }
    Some(Python(python))
}

fn run(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|error| error.to_string())?;
    if output.status.success() { Ok(()) } else { Err(text(&output)) }
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).trim().to_owned()
}

impl Python {
    /// Makes the tables in an empty database.
    pub(super) fn make_tables(&self, url: &str) {
        let url = url
            .replacen("postgres://", "postgresql+pg8000://", 1)
            .replacen("mysql://", "mysql+pymysql://", 1)
            .replacen("sqlite://", "sqlite:///", 1);
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("oracle/sqlalchemy_tables.py");
        let output = Command::new(&self.0).arg(script).arg(url).output().expect("python runs");
        assert!(output.status.success(), "{}", text(&output));
    }
}
