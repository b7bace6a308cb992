//! `db init`: the first files of a project.

use std::path::PathBuf;

use arvel_core::Exit;
use arvel_migrate::{
    migration::{DEFAULT_DATABASE, LineName},
    project::{FolderKind, Init},
};
use clap::Args;

use super::session::Session;
use crate::{
    error::CommandError,
    output::json::{Document, InitBody},
};

/// Write the folders of migrations and seeders, `arvel.toml` and the build guard; what is there stays
#[derive(Args, Debug)]
#[command(name = "init", after_help = "Example: db init --dry-run\n         db init --multi")]
pub struct InitProject {
    /// Set up several databases: those of `arvel.toml`, or two where there is none
    #[arg(long, short, visible_aliases = ["multiple", "multidb"])]
    multi: bool,
    /// Show what would be written, and do nothing
    #[arg(long, visible_alias = "pretend")]
    dry_run: bool,
}

impl InitProject {
    pub fn run(&self, session: &Session) -> Result<Exit, CommandError> {
        let work = session.work();
        let init = Init {
            root: work.folders.root.clone(),
            migrations: work.folders.migrations.clone(),
            lines: work.folders.lines.clone(),
            seeders: work.folders.seeders.clone(),
            multi: self.multi,
        };
        let report = if self.dry_run { init.plan()? } else { init.write()? };
        let shown = |paths: &[PathBuf]| -> Vec<PathBuf> {
            paths.iter().map(|path| work.folders.shown(path)).collect()
        };
        let (created, kept) = (shown(&report.created), shown(&report.kept));
        let console = &session.console;
        for path in &created {
            let verb = if self.dry_run { "would write" } else { "wrote" };
            console.result(format_args!("{verb} `{}`", path.display()));
        }
        for path in &kept {
            console.progress(format_args!("kept `{}`, which was there", path.display()));
        }
        if report.unguarded {
            console.note(
                "`build.rs` does not look for files that `mod.rs` forgets: add what `arvel_migrate::project::BUILD_RS` has",
            );
        }
        if self.dry_run {
            console.progress("dry run: nothing was done");
        } else {
            let module = |path: &std::path::Path, name: &str| {
                format!("  #[path = \"../{}/mod.rs\"]\n  pub mod {name};", work.folders.shown(path).display())
            };
            let of_lines = init.folders().into_iter().map(|(path, kind)| match kind {
                FolderKind::Migrations { line } if line != DEFAULT_DATABASE => {
                    let name = LineName::new(&line).database().unwrap_or(&line).replace(['-', '.'], "_");
                    module(&path, &format!("{name}_migrations"))
                }
                _ => module(&path, "migrations"),
            });
            let modules: Vec<String> = of_lines.chain([module(&init.seeders, "seeders")]).collect();
            console.progress(format_args!(
                "next, in `src/lib.rs`:\n{}\nthen `make migration create_posts_table title:string`",
                modules.join("\n")
            ));
        }
        let unguarded = report.unguarded;
        console
            .document(&Document::new("init", InitBody { created, kept, unguarded, dry_run: self.dry_run }));
        Ok(Exit::DONE)
    }
}
