//! The `db` and `make` command groups of an application, and the global `arvel` binary.
//!
//! Every command is three lines of thought: resolve what was asked for, have the engine do it, render the value that
//! comes back. Nothing here knows SQL or a database by its name; nothing below this crate prints.
//!
//! ```no_run
//! use arvel_core::App;
//!
//! # async fn main_() -> std::process::ExitCode {
//! App::new("shop").plugin(arvel_cli::DatabaseCommands).run().await
//! # }
//! ```

mod again;
mod db;
mod editor;
mod error;
mod guard;
pub mod launcher;
mod make;
mod output;
mod prompt;
mod shell;
#[cfg(test)]
mod tests;
mod usage;

use arvel_core::{CommandGroup, Plugin, Value};

/// The plugin that brings `db` and `make`, and `completions` and `man` for the shell.
#[derive(Clone, Copy, Debug, Default)]
pub struct DatabaseCommands;

impl Plugin for DatabaseCommands {
    fn name(&self) -> &'static str {
        "database-commands"
    }

    fn keys(&self) -> &'static [&'static str] {
        arvel_migrate::settings::KEYS
    }

    // The same as the engine's own plugin, so that the commands also work in a program without it.
    fn defaults(&self) -> Vec<(&'static str, Value)> {
        arvel_migrate::Migrations::default().defaults()
    }

    fn commands(&self) -> Vec<Box<dyn CommandGroup>> {
        let streams = output::Streams::of_process();
        vec![
            Box::new(db::Group::new(streams.clone())),
            Box::new(make::Group::new(streams.clone())),
            Box::new(shell::Group::<shell::Completions>::new(streams.clone())),
            Box::new(shell::Group::<shell::Man>::new(streams)),
        ]
    }
}
