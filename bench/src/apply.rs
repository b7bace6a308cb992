//! Benchmark 1: a whole set applied to an empty database, tools in interleaved rounds.

use std::{collections::BTreeMap, fmt::Write as _};

use crate::{
    engine::{ENGINES, Engine, write_script},
    stats::{median, ratio, spread, time},
    tool::{Sample, Tool},
};

const ORDER: [Tool; 5] = [Tool::Script, Tool::Arvel, Tool::Sqlx, Tool::Refinery, Tool::SeaOrm];

/// The server's counters that tell commits and syncs.
const COUNTERS: [&str; 3] = ["Com_commit", "Handler_commit", "Innodb_data_fsyncs"];

pub fn run(sizes: &[usize], rounds: usize) -> String {
    let mut text = String::new();
    for n in sizes {
        write_script(*n);
        for engine in ENGINES {
            eprintln!("apply {n} on {}", engine.title());
            text.push_str(&one(engine, *n, rounds));
        }
    }
    text
}

fn one(engine: Engine, n: usize, rounds: usize) -> String {
    let mut samples: BTreeMap<Tool, Vec<Sample>> = BTreeMap::new();
    let mut counted: BTreeMap<Tool, Vec<[f64; 3]>> = BTreeMap::new();
    for round in 0..rounds {
        // Nobody is always the one after the same other.
        for at in 0..ORDER.len() {
            let tool = ORDER[(at + round) % ORDER.len()];
            let database = engine.database();
            let before = counters(engine);
            let sample = tool.apply(&database, n);
            let after = counters(engine);
            eprintln!("  {} {}", tool.title(), time(sample.wall));
            samples.entry(tool).or_default().push(sample);
            counted.entry(tool).or_default().push(std::array::from_fn(|i| after[i] - before[i]));
        }
    }
    let walls = |tool: Tool| -> Vec<f64> { samples[&tool].iter().map(|sample| sample.wall).collect() };
    let mut text = format!(
        "\n### {n} migrations, {} ({rounds} rounds)\n\n\
         | tool | median (lowest to highest) | to the script | to sqlx | lowest to the script's lowest | client's \
         processor time |\n|---|---|---|---|---|---|\n",
        engine.title()
    );
    for tool in ORDER {
        let cpu: Vec<f64> = samples[&tool].iter().map(|sample| sample.figure("cpu")).collect();
        writeln!(
            text,
            "| {} | {} | {:.2} | {:.2} | {:.2} | {} |",
            tool.title(),
            spread(&walls(tool)),
            ratio(&walls(tool), &walls(Tool::Script)),
            ratio(&walls(tool), &walls(Tool::Sqlx)),
            lowest(&walls(tool)) / lowest(&walls(Tool::Script)),
            time(median(&cpu)),
        )
        .expect("a string takes it");
    }
    if engine == Engine::MariaDb {
        text.push_str(&commits(n, &counted));
    }
    text
}

fn lowest(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::INFINITY, f64::min)
}

fn commits(n: usize, counted: &BTreeMap<Tool, Vec<[f64; 3]>>) -> String {
    let mut text = format!(
        "\nThe server's counters over the run, lowest of all rounds (others may use the server too), per migration:\n\n\
         | tool | {} |\n|---|---|---|---|\n",
        COUNTERS.join(" | ")
    );
    for tool in ORDER {
        write!(text, "| {} |", tool.title()).expect("a string takes it");
        for i in 0..COUNTERS.len() {
            let lowest = counted[&tool].iter().map(|counts| counts[i]).fold(f64::INFINITY, f64::min);
            write!(text, " {:.2} |", lowest / n as f64).expect("a string takes it");
        }
        text.push('\n');
    }
    text
}

fn counters(engine: Engine) -> [f64; 3] {
    if engine != Engine::MariaDb {
        return [0.0; 3];
    }
    let names = COUNTERS.map(|name| format!("'{name}'")).join(",");
    let answer = engine.ask(&format!("SHOW GLOBAL STATUS WHERE variable_name IN ({names})"));
    COUNTERS.map(|name| {
        let line = answer.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|value| value.trim().parse().ok()).unwrap_or(f64::NAN)
    })
}
