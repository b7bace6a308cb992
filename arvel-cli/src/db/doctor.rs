//! `db doctor`: looks at everything that migrations need, says what is wrong, and which command mends it. It never
//! writes, and nothing stops it: what can not be looked at is a finding.

use std::path::Path;

use arvel_core::Exit;
use arvel_migrate::{
    Migrator,
    checkup::{Finding, Level},
    graph::Graph,
    migration::{Catalog, LineName, RevisionId},
    project::{FolderKind, ProjectFolder},
};
use clap::Args;

use super::session::Session;
use crate::{
    error::{CommandError, about},
    output::{
        Console,
        human::count,
        json::{DoctorBody, Document},
        theme,
    },
};

/// Check the set-up: configuration, files, database, rights, history; each with what mends it
#[derive(Args, Debug)]
#[command(after_help = "Example: db doctor\n         db doctor --json")]
pub struct Doctor {}

impl Doctor {
    pub async fn run(&self, session: &Session) -> Result<Exit, CommandError> {
        let settings = &session.settings;
        let mut findings = vec![Finding::ok(
            "configuration",
            format!("it can be read; the environment is `{}`", settings.environment),
        )];
        let work = session.work();
        let is_its = |kind: &FolderKind| match kind {
            FolderKind::Migrations { line } => settings.is_about(&LineName::new(line)),
            FolderKind::Seeders => true,
        };
        for (kind, folder) in work.folders.configured().into_iter().filter(|(kind, _)| is_its(kind)) {
            findings.push(of_folder("migrations", folder, kind, &settings.root));
        }
        // The seeders of all databases are in one folder.
        if settings.is_default() {
            findings.push(of_folder("seeders", &settings.seeders_path, FolderKind::Seeders, &settings.root));
        }
        match session.migrator_of_existing() {
            Ok(migrator) => {
                findings.push(Finding::ok(
                    "graph",
                    format!("{}, sound", count(migrator.graph().len(), "migration")),
                ));
                findings.push(of_heads(migrator.graph()));
                findings.extend(migrator.diagnose().await);
            }
            Err(error) => {
                findings.push(of_error("graph", &error.relative_to(&settings.root)));
                // The database can be looked at all the same; its history can not be judged without files.
                findings.extend(without_files(session).await);
            }
        }
        for finding in &mut findings {
            finding.hint = finding.hint.take().map(|hint| about(&hint, &settings.name));
        }
        Ok(show(&session.console, &findings))
    }
}

/// The answer when there is no session: the configuration can not be read, and without it nothing else.
pub fn without_configuration(console: &Console, error: &CommandError) -> Exit {
    show(console, &[of_error("configuration", error)])
}

async fn without_files(session: &Session) -> Vec<Finding> {
    let empty = session.settings.builder().catalog(Catalog::default()).build();
    let Ok(migrator): Result<Migrator, _> = empty else { return Vec::new() };
    let mut findings = migrator.diagnose().await;
    findings.retain(|finding| finding.check != "migrations");
    findings
}

fn of_error(check: &'static str, error: &CommandError) -> Finding {
    let hint = error.hint.clone();
    Finding { check, level: Level::Fail, text: error.message.clone(), hint }
}

fn of_folder(what: &str, folder: &Path, kind: FolderKind, root: &Path) -> Finding {
    const CHECK: &str = "folder";
    let shown = folder.strip_prefix(root).unwrap_or(folder).display().to_string();
    if !folder.is_dir() {
        return Finding::ok(CHECK, format!("`{shown}` is not there: no {what} yet"));
    }
    let opened = ProjectFolder::open(root, folder, kind);
    if opened.as_ref().is_ok_and(ProjectFolder::is_interrupted) {
        let text =
            format!("a write into `{shown}` was interrupted; its `mod.rs` names one whole set of {what}");
        return Finding::warn(CHECK, text, "run `make sync`, which ends it");
    }
    let module = match opened.and_then(|folder| folder.out_of_step()) {
        Ok(None) => return Finding::ok(CHECK, format!("`{shown}/mod.rs` lists its {what}")),
        Ok(Some(module)) => module,
        Err(error) => return Finding::fail(CHECK, error.to_string(), error.hint()),
    };
    if !folder.join("mod.rs").is_file() {
        return match module.listed.len() {
            0 => Finding::ok(CHECK, format!("`{shown}` has no {what} yet")),
            files => Finding::warn(
                CHECK,
                format!(
                    "`{shown}` has no `mod.rs`: a release build knows nothing of its {}",
                    count(files, "file")
                ),
                "run `make sync`",
            ),
        };
    }
    let parts = [
        ("not listed", &module.added),
        ("listed, and not there", &module.removed),
        ("listed by hand, and not there", &module.missing),
    ];
    let parts = parts.into_iter().filter(|(_, names)| !names.is_empty());
    let parts: Vec<String> = parts.map(|(what, names)| format!("{what}: `{}`", names.join("`, `"))).collect();
    let text = if parts.is_empty() { "its list is not in order".to_owned() } else { parts.join("; ") };
    let hint = match module.missing.is_empty() {
        true => "run `make sync`, and build",
        false => "take the lines out that name files which are gone, then run `make sync`, and build",
    };
    Finding::fail(CHECK, format!("`{shown}/mod.rs`: {text}"), hint)
}

/// Several heads are as they should be when each is the end of a line of its own, as those of packages are.
fn of_heads(graph: &Graph) -> Finding {
    const CHECK: &str = "heads";
    let lines: std::collections::BTreeSet<&LineName> =
        graph.iter().map(|migration| &migration.line).collect();
    for line in lines {
        let heads = graph.line_heads(line);
        if heads.len() > 1 {
            let text = format!("the line `{line}` has {} heads: {}", heads.len(), names(&heads));
            let joined = match heads == graph.heads() {
                true => "heads".to_owned(),
                false => heads.iter().map(RevisionId::as_str).collect::<Vec<_>>().join(" "),
            };
            let hint = format!("`db migrate` applies them all; `db merge {joined}` joins them");
            return Finding::warn(CHECK, text, hint);
        }
    }
    match graph.heads().as_slice() {
        [] => Finding::ok(CHECK, "no head: there are no migrations"),
        [only] => Finding::ok(CHECK, format!("one head: `{only}`")),
        several => Finding::ok(CHECK, format!("{} heads, one for each line", several.len())),
    }
}

fn names(revisions: &[RevisionId]) -> String {
    revisions.iter().map(|revision| format!("`{revision}`")).collect::<Vec<_>>().join(", ")
}

/// A line for each finding, and the exit code.
fn show(console: &Console, findings: &[Finding]) -> Exit {
    let width = findings.iter().map(|finding| finding.check.len()).max().unwrap_or(0);
    for finding in findings {
        let style = match finding.level {
            Level::Ok => theme::GOOD,
            Level::Warn => theme::WARN,
            Level::Fail => theme::BAD,
        };
        let level = theme::paint(style, format!("{:<4}", finding.level.as_str()));
        console.result(format_args!("{level}  {:<width$}  {}", finding.check, finding.text));
        if let Some(hint) = &finding.hint {
            console.result(format_args!("{:width$}  hint: {hint}", "", width = width + 6));
        }
    }
    let of = |level| findings.iter().filter(|finding| finding.level == level).count();
    let (failed, warned) = (of(Level::Fail), of(Level::Warn));
    console.result(match (failed, warned) {
        (0, 0) => "everything is as it should be".to_owned(),
        (0, warned) => format!("it works; {} worth a look", count(warned, "thing")),
        (failed, _) => format!("{} to be mended", count(failed, "thing")),
    });
    console.document(&Document::new("doctor", DoctorBody::of(findings, failed, warned)));
    if failed > 0 { Exit::FAILED } else { Exit::DONE }
}
