//! One build, timed: the wall, its own processor time, and what everybody else took of the machine meanwhile.

use std::{
    fs,
    process::{Command, Output},
    thread,
    time::{Duration, Instant},
};

/// More than this of one core taken by others spoils a sample.
pub const DISTURBED: f64 = 0.5;

/// What a command took.
#[derive(Clone, Copy, Default)]
pub struct Sample {
    /// Seconds from start to end.
    pub wall: f64,
    /// Seconds of processor time of the command and everything it started.
    pub cpu: f64,
    /// Cores that others kept busy, on average.
    pub others: f64,
}

/// Ticks of `/proc` in a second, the same on every Linux that Rust runs on.
const TICKS: f64 = 100.0;

/// Waits until others take less than a fifth of a core, at most `patience`.
pub fn wait_for_quiet(patience: Duration) {
    let began = Instant::now();
    loop {
        let (busy, at) = (busy(), Instant::now());
        thread::sleep(Duration::from_secs(2));
        let others = (self::busy() - busy) / at.elapsed().as_secs_f64();
        if others < 0.2 || began.elapsed() > patience {
            return;
        }
    }
}

/// Runs a command to its end.
pub fn run(command: &mut Command) -> (Sample, Output) {
    let (busy, own, at) = (busy(), own(), Instant::now());
    let output = command.output().expect("the command starts");
    let wall = at.elapsed().as_secs_f64();
    let cpu = self::own() - own;
    let others = ((self::busy() - busy - cpu) / wall).max(0.0);
    (Sample { wall, cpu, others }, output)
}

/// Seconds that all cores together were busy since the machine started.
fn busy() -> f64 {
    let text = fs::read_to_string("/proc/stat").expect("Linux has it");
    let line = text.lines().next().expect("its first line is the sum of all cores");
    // user nice system idle iowait irq softirq steal
    let ticks: Vec<f64> = line.split_whitespace().skip(1).filter_map(|word| word.parse().ok()).collect();
    (ticks.iter().take(8).sum::<f64>() - ticks[3] - ticks[4]) / TICKS
}

/// Seconds that this process and the ended ones it waited for took.
fn own() -> f64 {
    let text = fs::read_to_string("/proc/self/stat").expect("Linux has it");
    // The name in parentheses may hold blanks; utime, stime, cutime, cstime are the 14th to the 17th word.
    let (_, rest) = text.rsplit_once(')').expect("the name stands in parentheses");
    let ticks = rest.split_whitespace().skip(11).take(4).filter_map(|word| word.parse::<f64>().ok());
    ticks.sum::<f64>() / TICKS
}
