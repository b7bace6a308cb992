//! Benchmark 3: the start of a program that has nothing to do.

use std::{collections::BTreeMap, fmt::Write as _};

use bench_sets::SIZES;

use crate::{
    engine::{Database, ENGINES, Engine},
    stats::{median, ratio, time},
    tool::{PROGRAMS, Sample, Tool},
};

/// Repetitions within one process, for the warm figures.
const WARM: usize = 10;

pub fn run(rounds: usize) -> String {
    ENGINES.into_iter().map(|engine| one(engine, rounds)).collect()
}

fn one(engine: Engine, rounds: usize) -> String {
    let cells: Vec<(Tool, usize)> = PROGRAMS.into_iter().flat_map(|tool| SIZES.map(|n| (tool, n))).collect();
    let databases: Vec<Database> = cells
        .iter()
        .map(|(tool, n)| {
            eprintln!("no-op on {}: {} {n}", engine.title(), tool.title());
            let database = engine.database();
            tool.run("stamp", &database, *n, 1, None);
            database
        })
        .collect();
    if engine == Engine::Postgres {
        engine.ask("CHECKPOINT");
    }
    let mut cold: BTreeMap<(Tool, usize), Vec<Sample>> = BTreeMap::new();
    let mut warm: BTreeMap<(Tool, usize), Vec<Sample>> = BTreeMap::new();
    for round in 0..rounds {
        for at in 0..cells.len() {
            let at = (at + round) % cells.len();
            let ((tool, n), database) = (cells[at], &databases[at]);
            cold.entry((tool, n)).or_default().push(tool.run("noop", database, n, 1, None));
            warm.entry((tool, n)).or_default().push(tool.run("noop", database, n, WARM, None));
        }
    }
    let mut text = format!(
        "\n### No-op start, {} ({rounds} rounds; warm: {WARM} starts in one process)\n\n\
         | tool | migrations | connect, ask, close (warm) | in a new process | the set made ready | own digest | \
         whole process | whole process to sqlx |\n|---|---|---|---|---|---|---|---|\n",
        engine.title()
    );
    for (tool, n) in cells {
        let figure = |samples: &[Sample], name: &str| {
            let values: Vec<f64> = samples.iter().map(|sample| sample.figure(name)).collect();
            time(median(&values))
        };
        let walls = |tool| -> Vec<f64> { cold[&(tool, n)].iter().map(|sample| sample.wall).collect() };
        writeln!(
            text,
            "| {} | {n} | {} | {} | {} | {} | {} | {:.2} |",
            tool.title(),
            figure(&warm[&(tool, n)], "noop"),
            figure(&cold[&(tool, n)], "noop"),
            figure(&cold[&(tool, n)], "prepare"),
            figure(&cold[&(tool, n)], "digest"),
            time(median(&walls(tool))),
            ratio(&walls(tool), &walls(Tool::Sqlx)),
        )
        .expect("a string takes it");
    }
    text
}
