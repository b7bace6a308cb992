//! Python with packages of its own, for the tools that are written in it.

use std::{fs, path::PathBuf, process::Command};

use crate::engine::folder;

pub struct Python(PathBuf);

impl Python {
    pub fn command(&self) -> Command {
        Command::new(&self.0)
    }
}

/// An environment with these packages, from PyPI; made once.
pub fn python(packages: &[&str]) -> Python {
    let name: String = packages.join("-").chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    let venv = folder().join(format!("python-{name}"));
    let python = venv.join("bin/python");
    if !venv.join("ready").exists() {
        let done = |command: &mut Command| assert!(command.status().expect("python3 runs").success());
        done(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&venv));
        done(Command::new(&python).args(["-m", "pip", "install", "--quiet"]).args(packages));
        fs::write(venv.join("ready"), "").expect("the environment is marked");
    }
    Python(python)
}
