//! Arvel beside sqlx's migrator, refinery, SeaORM and the databases' own clients: see README.md.

mod apply;
mod engine;
mod facts;
mod folder;
mod inspect;
mod noop;
mod proxy;
mod python;
mod stats;
mod tool;
mod trips;

use std::{env, fs, path::Path, process::Command};

const USAGE: &str = "usage: arvel-bench all|apply|trips|noop|inspect|folder [--rounds N] [--sizes 100,1000]";

fn main() {
    let args: Vec<String> = env::args().skip(1).collect();
    let what = args.first().map_or("", String::as_str);
    let option = |name: &str| args.iter().position(|arg| arg == name).and_then(|at| args.get(at + 1));
    let rounds: usize = option("--rounds").map_or(5, |rounds| rounds.parse().expect(USAGE));
    let sizes: Vec<usize> = option("--sizes")
        .map_or("100,1000", String::as_str)
        .split(',')
        .map(|size| size.parse().expect(USAGE))
        .collect();
    build(what);
    let parts: &[&str] = match what {
        "all" => &["trips", "noop", "apply", "inspect", "folder"],
        "inspect" => &["inspect"],
        "folder" => &["folder"],
        "apply" => &["apply"],
        "trips" => &["trips"],
        "noop" => &["noop"],
        _ => {
            eprintln!("{USAGE}");
            std::process::exit(2);
        }
    };
    for part in parts {
        let begun = facts::load();
        let tables = match *part {
            "apply" => apply::run(&sizes, rounds),
            "trips" => trips::run(),
            "inspect" => inspect::run(rounds),
            "folder" => folder::run(rounds),
            _ => noop::run(rounds),
        };
        let text = format!("# {part}\n\n{}{tables}", facts::text(&begun));
        print!("{text}");
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("results/{part}.md"));
        fs::write(&path, text).expect("the results are written");
    }
}

/// Builds the measured programs as this one was built: those of a part that needs few, or all.
fn build(what: &str) {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["build", "--quiet", "--manifest-path", concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")]);
    command.args(match what {
        "folder" => &[
            "-p",
            "tool-cli",
            "-p",
            "tool-folder",
            "-p",
            "tool-arvel",
            "--bin",
            "tool-cli",
            "--bin",
            "tool-folder",
            "--bin",
            "arvel-graph",
        ][..],
        _ => &["--workspace"],
    });
    if !cfg!(debug_assertions) {
        command.arg("--release");
    }
    assert!(command.status().expect("cargo runs").success(), "the measured programs do not build");
}
