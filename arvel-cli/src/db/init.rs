//! `db init`: the first files of a project.

use std::path::PathBuf;

use arvel_core::Exit;
use arvel_migrate::project::Init;
use clap::Args;

use super::session::Session;
use crate::{
    error::CommandError,
    output::json::{Document, InitBody},
};

/// Write the folders of migrations and seeders, `arvel.toml` and the build guard; what is there stays
#[derive(Args, Debug)]
#[command(name = "init", after_help = "Example: db init --dry-run")]
pub struct InitProject {
    /// Several databases: not there yet
    #[arg(long, visible_alias = "multiple")]
    multi: bool,
    /// Show what would be written, and do nothing
    #[arg(long, visible_alias = "pretend")]
    dry_run: bool,
}

impl InitProject {
    pub fn run(&self, session: &Session) -> Result<Exit, CommandError> {
        if self.multi {
            return Err(CommandError::usage(
                "`--multi` is not there yet: only `[databases.default]` is used; nothing was written",
            )
            .hint("`db init` sets up one database"));
        }
        let work = session.work();
        let init = Init {
            root: work.folders.root.clone(),
            migrations: work.folders.migrations.clone(),
            seeders: work.folders.seeders.clone(),
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
            console.progress(format_args!(
                "next, in `src/lib.rs`:\n{}\n{}\nthen `make migration create_posts_table title:string`",
                module(&init.migrations, "migrations"),
                module(&init.seeders, "seeders")
            ));
        }
        let unguarded = report.unguarded;
        console
            .document(&Document::new("init", InitBody { created, kept, unguarded, dry_run: self.dry_run }));
        Ok(Exit::DONE)
    }
}
