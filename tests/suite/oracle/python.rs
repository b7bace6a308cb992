//! Python with SQLAlchemy and Alembic in a virtual environment of the tests' own.

use std::{
    fs::File,
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// The versions that are asked.
pub(super) const SQLALCHEMY: &str = "2.1.9";
pub(super) const ALEMBIC: &str = "1.20.1";
const DRIVERS: [&str; 2] = ["pg8000==1.31.6", "pymysql==1.2.4"];

/// An interpreter that has the packages.
pub(super) struct Python(PathBuf);

/// Makes the environment once; `None`, said aloud, where there is no Python or no package index, unless the run
/// requires everything.
pub(super) fn interpreter() -> Option<Python> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("python-{SQLALCHEMY}-{ALEMBIC}"));
    let python = folder.join("bin/python");
    let ready = folder.join("ready");
    // Whoever comes while another makes it waits here, in this process or in one of its own.
    let turn = File::create(folder.with_extension("lock")).expect("a file beside the environment");
    turn.lock().expect("the file can be locked");
    if !ready.exists() {
        let made =
            run(Command::new("python3").arg("-m").arg("venv").arg("--clear").arg(&folder)).and_then(|()| {
                let packages = [format!("sqlalchemy=={SQLALCHEMY}"), format!("alembic=={ALEMBIC}")];
                let mut pip = Command::new(&python);
                run(pip.args(["-m", "pip", "install", "--quiet"]).args(packages).args(DRIVERS))
            });
        if let Err(reason) = made {
            let required = std::env::var("ARVEL_TEST_REQUIRE")
                .is_ok_and(|list| list.split(',').any(|one| ["all", "python"].contains(&one.trim())));
            assert!(!required, "Python with SQLAlchemy and Alembic is required: {reason}");
            eprintln!(
                "skipped: the comparison with SQLAlchemy and Alembic, which can not be installed: {reason}"
            );
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
    /// A script of `tests/oracle`, to be started.
    pub(super) fn script(&self, name: &str) -> Command {
        let mut command = Command::new(&self.0);
        command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("oracle").join(name));
        // Sets of texts have one order then.
        command.env("PYTHONHASHSEED", "0");
        command
    }

    /// Makes the tables in an empty database.
    pub(super) fn make_tables(&self, url: &str) {
        let url = url
            .replacen("postgres://", "postgresql+pg8000://", 1)
            .replacen("mysql://", "mysql+pymysql://", 1)
            .replacen("sqlite://", "sqlite:///", 1);
        let output = self.script("sqlalchemy_tables.py").arg(url).output().expect("python runs");
        assert!(output.status.success(), "{}", text(&output));
    }
}
