//! The page of results: what was measured, beside what, on which machine, and how disturbed.

use std::{collections::BTreeSet, fs, process::Command};

use crate::{
    measure::{LONGEST_RELEASE, Plan, Results, Step},
    project::{Project, Tool},
    sample::{DISTURBED, Sample},
};

/// What Arvel is held to: size, step, seconds.
const AIMS: [(usize, Step, f64); 4] =
    [(200, Step::Edit, 2.0), (1000, Step::Edit, 2.0), (200, Step::Add, 2.0), (1000, Step::Add, 5.0)];

/// The present minute, as `date` says it.
pub fn now() -> String {
    said(Command::new("date").args(["-u", "+%Y-%m-%d %H:%M UTC"]))
}

/// The whole page.
pub fn text(plan: &Plan, results: &Results, began: &str) -> String {
    let mut text = format!("# compile-time\n\n{}", machine(plan, began));
    for &size in &plan.sizes {
        text += &format!("\n### {size} migrations\n\n{}", size_table(plan, results, size));
    }
    text += &aims(results);
    if let Some(apart) = &results.apart {
        text += &format!(
            "\n### Migrations in a crate of their own\n\nThe application edited: {} (processor {}). Compiled: {}.\n\n\
             The application does not compile:\n\n```\n$ cargo build --package shop\n{}\n$ cargo run --package \
             shop-migrations -- db migrate --yes\n{}\n```\n",
            spread(&apart.edits, |sample| sample.wall),
            middle(&apart.edits, |sample| sample.cpu),
            apart.compiled.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "),
            apart.broken,
            apart.migrated
        );
    }
    text += &release_table(plan, results);
    text
}

fn machine(plan: &Plan, began: &str) -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let cpu = cpu.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or("");
    format!(
        "{began} to {}; {cores} cores ({}); {}; {}. Profile `dev` with `debug = \"line-tables-only\"`, the linker that \
         rustc takes by itself, dependencies built before. {} rounds, medians, lowest and highest in parentheses. \
         `processor` is what the build and everything it started took of it; `others` is the most that anyone \
         else took in a sample, in cores. Times are only worth something where it is small; above {DISTURBED} a sample \
         of less than a minute is repeated, {} attempts in all. Ratios of processor time hold either way.\n\n{}",
        now(),
        cpu.trim_start_matches(['\t', ':', ' ']),
        said(Command::new("rustc").arg("--version")),
        said(Command::new("cargo").arg("--version")),
        plan.rounds,
        plan.attempts,
        versions(plan)
    )
}

/// The versions of the tools, as their lock files say.
fn versions(plan: &Plan) -> String {
    let mut lines = BTreeSet::new();
    for &tool in plan.tools.iter().filter(|tool| matches!(tool, Tool::SeaOrm1 | Tool::SeaOrm2)) {
        let lock = Project { tool, size: 0 }.root().join("Cargo.lock");
        let lock = fs::read_to_string(lock).unwrap_or_default();
        let version = lock
            .split("[[package]]")
            .find(|package| package.contains("name = \"sea-orm-migration\""))
            .and_then(|package| package.lines().find_map(|line| line.strip_prefix("version = ")))
            .unwrap_or("?");
        lines.insert(format!("`{}` is {}", tool.title(), version.trim_matches('"')));
    }
    lines.into_iter().map(|line| line + ".\n").collect()
}

fn size_table(plan: &Plan, results: &Results, size: usize) -> String {
    let steps = [Step::Full, Step::Edit, Step::Add, Step::Nothing];
    let mut text =
        "| | from nothing | one edited | one added | nothing to do |\n|---|---|---|---|---|\n".to_owned();
    for &tool in &plan.tools {
        let cells = steps.map(|step| cell(results, size, tool, step));
        text += &format!("| {} | {} |\n", tool.title(), cells.join(" | "));
        let cells = steps.map(|step| processor(results, size, tool, step));
        text += &format!("| processor, others | {} |\n", cells.join(" | "));
    }
    let against = |tool: Tool| {
        let ratios = steps.map(|step| {
            let of =
                |tool| results.samples.get(&(size, tool, step)).map(|all| median(all, |sample| sample.cpu));
            match (of(tool), of(Tool::Arvel)) {
                (Some(other), Some(own)) if own > 0.0 => format!("{:.1}", other / own),
                _ => "-".to_owned(),
            }
        });
        format!("| processor, {} to Arvel | {} |\n", tool.title(), ratios.join(" | "))
    };
    for &tool in plan.tools.iter().filter(|tool| **tool != Tool::Arvel) {
        text += &against(tool);
    }
    text
}

fn aims(results: &Results) -> String {
    let mut text = "\n### Aims\n\n| | aim | measured | |\n|---|---|---|---|\n".to_owned();
    for (size, step, aim) in AIMS {
        let Some(samples) = results.samples.get(&(size, Tool::Arvel, step)) else { continue };
        let (seconds, others) = (median(samples, |sample| sample.wall), worst(samples));
        let what = if step == Step::Edit { "edited" } else { "added" };
        let verdict = match (seconds <= aim, others > DISTURBED) {
            (true, _) => "met",
            (false, false) => "missed",
            (false, true) => "not met on a disturbed machine",
        };
        text += &format!("| one {what} of {size} | {aim:.0} s | {seconds:.2} s | {verdict} |\n");
    }
    text
}

fn release_table(plan: &Plan, results: &Results) -> String {
    let rows: String = plan
        .tools
        .iter()
        .filter_map(|&tool| {
            let (key, samples) =
                results.samples.iter().find(|(key, _)| key.1 == tool && key.2 == Step::Release)?;
            let sample = samples.first()?;
            let more = if sample.wall >= f64::from(LONGEST_RELEASE) { "more than " } else { "" };
            Some(format!(
                "| {} | {} | {more}{:.1} s | {:.1} s | {:.1} |\n",
                tool.title(),
                key.0,
                sample.wall,
                sample.cpu,
                sample.others
            ))
        })
        .collect();
    if rows.is_empty() {
        return rows;
    }
    format!(
        "\n### Release build, once\n\n| | migrations | time | processor | others |\n|---|---|---|---|---|\n{rows}"
    )
}

fn cell(results: &Results, size: usize, tool: Tool, step: Step) -> String {
    results.samples.get(&(size, tool, step)).map_or("-".to_owned(), |all| spread(all, |sample| sample.wall))
}

fn processor(results: &Results, size: usize, tool: Tool, step: Step) -> String {
    results
        .samples
        .get(&(size, tool, step))
        .map_or("-".to_owned(), |all| format!("{}, {:.1}", middle(all, |sample| sample.cpu), worst(all)))
}

fn worst(samples: &[Sample]) -> f64 {
    samples.iter().map(|sample| sample.others).fold(0.0, f64::max)
}

/// `1.90 s (1.80 to 2.10)`.
fn spread(samples: &[Sample], of: fn(&Sample) -> f64) -> String {
    let values = samples.iter().map(of);
    let (low, high) = values.fold((f64::INFINITY, 0.0_f64), |(low, high), v| (low.min(v), high.max(v)));
    format!("**{}** ({} to {})", middle(samples, of), digits(low), digits(high))
}

fn middle(samples: &[Sample], of: fn(&Sample) -> f64) -> String {
    format!("{} s", digits(median(samples, of)))
}

fn digits(seconds: f64) -> String {
    if seconds < 20.0 { format!("{seconds:.2}") } else { format!("{seconds:.1}") }
}

/// The middle value; of an even number, the mean of the two in the middle.
fn median(samples: &[Sample], of: fn(&Sample) -> f64) -> f64 {
    let mut sorted: Vec<f64> = samples.iter().map(of).collect();
    sorted.sort_by(f64::total_cmp);
    match sorted.len() {
        0 => f64::NAN,
        n if n % 2 == 1 => sorted[n / 2],
        n => f64::midpoint(sorted[n / 2 - 1], sorted[n / 2]),
    }
}

fn said(command: &mut Command) -> String {
    let output = command.output();
    output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default()
}
