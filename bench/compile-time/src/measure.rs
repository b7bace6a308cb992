//! The rounds: tools take turns, in an order that moves by one each round.

use std::{collections::BTreeMap, process::Command, time::Duration};

use crate::{
    apart::{self, Apart},
    project::{self, Project, Tool},
    sample::{self, DISTURBED, Sample},
    set::{self, Change, Migration},
};

/// What to measure.
pub struct Plan {
    pub rounds: usize,
    pub sizes: Vec<usize>,
    pub tools: Vec<Tool>,
    /// How long a sample waits for a quiet machine.
    pub patience: Duration,
    /// How often a step is tried until nobody disturbs it.
    pub attempts: usize,
    /// Whether the release build is measured, once.
    pub release: bool,
}

/// What was built when.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Step {
    /// The crate from nothing, its dependencies there.
    Full,
    Nothing,
    /// A number in one migration changed.
    Edit,
    /// One migration more.
    Add,
    /// The crate from nothing with `--release`.
    Release,
}

/// Everything that was measured.
#[derive(Default)]
pub struct Results {
    pub samples: BTreeMap<(usize, Tool, Step), Vec<Sample>>,
    pub apart: Option<Apart>,
}

/// A release build that takes longer is not waited for.
pub const LONGEST_RELEASE: u32 = 600;

/// Writes the projects of a plan.
pub fn write(plan: &Plan) {
    let projects = projects(plan);
    project::write_workspaces(&projects, &apart::crates(largest(plan)));
    for project in projects {
        project.write(&set::migrations(project.size));
    }
}

/// Measures; `keep` is given what there is after each project.
pub fn run(plan: &Plan, keep: &dyn Fn(&Results)) -> Results {
    let mut results = Results::default();
    for project in projects(plan) {
        eprintln!("dependencies: {}", project.package());
        must(&mut project.cargo(&["build", "--package", &project.package()]));
    }
    for round in 0..plan.rounds {
        for &size in &plan.sizes {
            for turn in 0..plan.tools.len() {
                let tool = plan.tools[(turn + round) % plan.tools.len()];
                measure(plan, Project { tool, size }, &mut results);
                keep(&results);
            }
        }
    }
    if plan.tools.contains(&Tool::Arvel) {
        results.apart = Some(apart::measure(plan, largest(plan)));
        keep(&results);
    }
    if plan.release {
        for &tool in &plan.tools {
            let size = largest(plan);
            let small = Project { tool, size: plan.sizes.iter().copied().min().unwrap_or(size) };
            must(&mut small.cargo(&["build", "--release", "--package", &small.package()]));
            release(plan, Project { tool, size }, &mut results);
            keep(&results);
        }
    }
    results
}

fn projects(plan: &Plan) -> Vec<Project> {
    let sizes = plan.sizes.iter();
    sizes.flat_map(|&size| plan.tools.iter().map(move |&tool| Project { tool, size })).collect()
}

fn largest(plan: &Plan) -> usize {
    plan.sizes.iter().copied().max().unwrap_or(1)
}

/// One round of one project.
fn measure(plan: &Plan, project: Project, results: &mut Results) {
    let package = project.package();
    let base = set::migrations(project.size);
    let mut edited = base.clone();
    let at = (project.size / 2..).find(|&at| matches!(base[at].change, Change::Create(_)));
    let at = at.expect("tables are frequent");
    let mut more: Vec<Migration> = Vec::new();

    let mut take = |step: Step, before: &mut dyn FnMut()| {
        for attempt in 1..=plan.attempts.max(1) {
            before();
            sample::wait_for_quiet(plan.patience);
            let sample = build(project);
            eprintln!(
                "{package} {step:?}: {:.2} s, {:.2} s of processor, others {:.2}",
                sample.wall, sample.cpu, sample.others
            );
            if sample.others <= DISTURBED || attempt >= plan.attempts || sample.wall > 60.0 {
                results.samples.entry((project.size, project.tool, step)).or_default().push(sample);
                return;
            }
        }
    };
    take(Step::Full, &mut || {
        project.write(&base);
        must(&mut project.cargo(&["clean", "--quiet", "--package", &package]));
    });
    take(Step::Nothing, &mut || {});
    take(Step::Edit, &mut || {
        edited[at].edit();
        project.write(&edited);
    });
    take(Step::Add, &mut || {
        if !more.is_empty() {
            project.write(&edited);
            build(project);
        }
        more.clone_from(&edited);
        more.push(set::migrations(project.size + 1).pop().expect("there is one more"));
        project.write(&more);
    });
    project.write(&base);
}

fn release(plan: &Plan, project: Project, results: &mut Results) {
    sample::wait_for_quiet(plan.patience);
    let package = project.package();
    let cargo = project.cargo(&["build", "--release", "--package", &package]);
    let mut command = Command::new("timeout");
    command.arg(LONGEST_RELEASE.to_string()).arg(cargo.get_program()).args(cargo.get_args());
    command.current_dir(project.root());
    for (name, value) in cargo.get_envs() {
        if value.is_none() {
            command.env_remove(name);
        }
    }
    let (sample, output) = sample::run(&mut command);
    // 124 is timeout's own word for "too long".
    assert!(output.status.success() || output.status.code() == Some(124), "{package} does not build");
    results.samples.entry((project.size, project.tool, Step::Release)).or_default().push(sample);
}

fn build(project: Project) -> Sample {
    let package = project.package();
    let (sample, output) = sample::run(&mut project.cargo(&["build", "--package", &package]));
    assert!(
        output.status.success(),
        "{package} does not build:\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    sample
}

/// Runs a command that has to succeed.
pub fn must(command: &mut Command) {
    let status = command.status().expect("the command starts");
    assert!(status.success(), "{command:?} failed");
}
