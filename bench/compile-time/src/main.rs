//! What a thousand migrations cost to compile, with Arvel and with SeaORM's migrator: see `bench/README.md`.

mod apart;
mod measure;
mod project;
mod render;
mod report;
mod sample;
mod set;

use std::{env, fs, path::Path, time::Duration};

use crate::{
    measure::{Plan, Results},
    project::Tool,
};

const USAGE: &str = "usage: compile-time [--rounds 3] [--sizes 200,1000] [--tools arvel,arvel-sql,seaorm2,seaorm1] \
                     [--patience SECONDS] [--attempts 3] [--release] [--only-write]";

fn main() {
    let args: Vec<String> = env::args().skip(1).collect();
    let option = |name: &str| args.iter().position(|arg| arg == name).and_then(|at| args.get(at + 1));
    let has = |name: &str| args.iter().any(|arg| arg == name);
    let numbers = |text: &String| text.split(',').map(|n| n.parse().expect(USAGE)).collect();
    let tool = |word: &str| Tool::ALL.into_iter().find(|tool| tool.word() == word).expect(USAGE);
    let known = ["--rounds", "--sizes", "--tools", "--patience", "--attempts", "--release", "--only-write"];
    if args.iter().any(|arg| arg.starts_with('-') && !known.contains(&arg.as_str())) {
        eprintln!("{USAGE}");
        std::process::exit(2);
    }
    let plan = Plan {
        rounds: option("--rounds").map_or(3, |rounds| rounds.parse().expect(USAGE)),
        sizes: option("--sizes").map_or(vec![200, 1000], numbers),
        tools: option("--tools").map_or(Tool::ALL.to_vec(), |words| words.split(',').map(tool).collect()),
        patience: Duration::from_secs(option("--patience").map_or(120, |text| text.parse().expect(USAGE))),
        attempts: option("--attempts").map_or(3, |text| text.parse().expect(USAGE)),
        release: has("--release"),
    };
    measure::write(&plan);
    if has("--only-write") {
        return;
    }
    let began = report::now();
    let keep = |results: &Results| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../results/compile-time.md");
        fs::write(path, report::text(&plan, results, &began)).expect("the results are written");
    };
    let results = measure::run(&plan, &keep);
    print!("{}", report::text(&plan, &results, &began));
}
