//! `make …`: writes files. It needs the folders and nothing else, so it works while the configuration is broken and
//! while the application does not compile; the global `arvel` runs the very same code.

pub mod after_write;
mod folders;
mod migration;
mod package;
pub mod placing;
mod seeder;
mod sync;
pub mod templates;

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
};

use arvel_core::{BoxFuture, CommandGroup, Exit, Invocation};
use arvel_migrate::project::{
    Committed, MadeFile, MakeError, Making, ProjectFolder, TemplateError, Templates,
};
use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser, Subcommand};

pub use self::folders::{Folders, Manifest};
use crate::{
    again,
    error::CommandError,
    output::{
        Console, OutputOptions, Streams,
        json::{Document, MakeBody, PlaceBody},
    },
    usage,
};

/// Write migrations and seeders, and the list of them; and packages of migrations
#[derive(Parser, Debug)]
#[command(name = "make", after_help = "Example: make migration create_posts_table title:string body:text")]
struct Make {
    #[command(flatten)]
    output: OutputOptions,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    Migration(Box<migration::Migration>),
    Seeder(seeder::Seeder),
    Sync(sync::Sync),
    Package(package::Package),
}

impl Command {
    fn name(&self) -> &'static str {
        match self {
            Command::Migration(_) => "make migration",
            Command::Seeder(_) => "make seeder",
            Command::Sync(_) => "make sync",
            Command::Package(_) => "make package",
        }
    }

    fn run(&self, folders: Result<Folders, CommandError>, console: &Console) -> Result<(), CommandError> {
        let work = || folders.map(|folders| Work::new(folders, console.clone()));
        match self {
            Command::Migration(command) => {
                let work = work()?;
                again::planned(console, || command.run(&work))
            }
            Command::Seeder(command) => {
                let work = work()?;
                again::planned(console, || command.run(&work))
            }
            Command::Sync(command) => {
                let work = work()?;
                again::planned(console, || command.run(&work))
            }
            // A package is nobody's project, and where it is written is named.
            Command::Package(command) => {
                let current = std::env::current_dir().map_err(|error| {
                    CommandError::new(
                        Exit::FAILED,
                        "project.write",
                        format!("there is no current folder: {error}"),
                    )
                    .hint("go to the folder in which the package is to be")
                })?;
                command.run(console, &current)
            }
        }
    }
}

/// One `make` command under way.
pub struct Work {
    /// Where the files are.
    pub folders: Folders,
    /// Where to write words.
    pub console: Console,
    /// Whether another document is the answer.
    part: bool,
}

impl Work {
    /// On these folders.
    pub fn new(folders: Folders, console: Console) -> Self {
        Self { folders, console, part: false }
    }

    /// The same as a part of a command that answers with a document of its own.
    pub fn silent_document(self) -> Self {
        Self { part: true, ..self }
    }

    /// The project's own templates with the program's values.
    fn templates(&self) -> Result<Templates, CommandError> {
        Ok(Templates { own: templates::read(&self.folders)?, values: self.folders.values.clone() })
    }

    /// How the project makes its migrations.
    fn making(&self) -> Result<Making, CommandError> {
        Ok(Making { naming: self.folders.naming()?, templates: self.templates()?, ..Making::default() })
    }

    /// Ends what an interrupted write left in a folder, and says so: a plan is made of whole files.
    pub fn recover(&self, folder: &ProjectFolder) -> Result<(), CommandError> {
        if let Some(told) = folder.recover()?.told() {
            self.console.note(told);
        }
        Ok(())
    }

    /// Says that an interrupted write is in a folder, where nothing may be written: what is shown counts it.
    pub fn tell_interrupted(&self, folder: &ProjectFolder) {
        if folder.is_interrupted() {
            let shown = self.folders.shown(folder.path());
            self.console.note(format_args!(
                "note: a write into `{}` was interrupted, and its files are shown as they lie; `make sync` ends it",
                shown.display()
            ));
        }
    }

    /// Runs the commands of `migrations.after_write` on files that were written.
    pub fn after_write(&self, files: &[PathBuf]) -> Result<(), CommandError> {
        after_write::run(self, &self.folders.making()?.after_write, files)
    }

    /// The same for the files of a database.
    pub fn for_database(&self, name: Option<&str>) -> Result<Self, CommandError> {
        let folders = self.folders.clone().for_database(name)?;
        Ok(Self { folders, console: self.console.clone(), part: self.part })
    }

    fn document(&self, command: &str, body: MakeBody) {
        if !self.part {
            self.console.document(&Document::new(command, body));
        }
    }

    /// Shows which files would be removed.
    pub fn would_remove(&self, command: &str, paths: &[PathBuf]) {
        let removed: Vec<PathBuf> = paths.iter().map(|path| self.folders.shown(path)).collect();
        for path in &removed {
            self.console.result(format_args!("would remove `{}`", path.display()));
        }
        self.console.progress("dry run: nothing was done");
        self.document(command, MakeBody { removed, dry_run: true, ..MakeBody::default() });
    }

    /// Adds to an error that only the application knows everything.
    pub fn explain(&self, error: CommandError) -> CommandError {
        let unknown =
            ["target.unknown", "graph.unknown_parent", "graph.unknown_dependency", "graph.unknown_origin"];
        if !self.folders.alone || !unknown.contains(&error.code.as_str()) {
            return error;
        }
        let hint = error.hint.clone().unwrap_or_default();
        let folder = self.folders.shown(self.folders.usual());
        error.hint(format!(
            "{hint}; `arvel make` reads the files of `{}` only, `arvel db revision` asks the application, which knows all",
            folder.display()
        ))
    }

    /// Adds to an error of a template that only the application knows its own values.
    pub fn explain_template(&self, error: MakeError) -> CommandError {
        let of_program =
            matches!(&error, MakeError::Template(TemplateError::Key { .. })) && self.folders.alone;
        let error = CommandError::from(error);
        match error.hint.clone().filter(|_| of_program) {
            Some(hint) => {
                error.hint(format!("{hint}, which `arvel db revision` knows and `arvel make` does not"))
            }
            None => error,
        }
    }

    /// Shows a file that is not written.
    fn would_write(&self, command: &str, folder: &Path, file: &MadeFile, place: Option<PlaceBody>) {
        let path = self.folders.shown(&folder.join(&file.name));
        self.console.progress(format_args!("dry run: would write `{}`; nothing was done", path.display()));
        self.console.result(file.text.trim_end());
        let body = MakeBody { created: vec![path], dry_run: true, place, ..MakeBody::default() };
        self.document(command, body);
    }

    /// Says what was written.
    pub fn wrote(&self, command: &str, written: &[(&Path, &Committed)]) {
        self.wrote_at(command, written, None);
    }

    /// The same of a migration with a place in the graph.
    fn wrote_at(&self, command: &str, written: &[(&Path, &Committed)], place: Option<PlaceBody>) {
        let mut body = MakeBody { place, ..MakeBody::default() };
        for (folder, committed) in written {
            let in_folder = |names: &[String]| -> Vec<PathBuf> {
                names.iter().map(|name| self.folders.shown(&folder.join(name))).collect()
            };
            let module = self.folders.shown(&folder.join("mod.rs"));
            body.created.extend(in_folder(&committed.created));
            body.listed.extend(in_folder(&committed.listed));
            body.unlisted.extend(in_folder(&committed.unlisted));
            body.missing.extend(in_folder(&committed.missing));
            for path in in_folder(&committed.created) {
                self.console.result(format_args!("wrote `{}`", path.display()));
            }
            body.removed.extend(in_folder(&committed.removed));
            for path in in_folder(&committed.removed) {
                self.console.result(format_args!("removed `{}`", path.display()));
            }
            for name in &committed.listed {
                self.console.progress(format_args!("`{}` lists `{name}`", module.display()));
            }
            for name in &committed.unlisted {
                self.console.progress(format_args!("`{}` no longer lists `{name}`", module.display()));
            }
            for name in &committed.missing {
                self.console.note(format_args!(
                    "`{}` lists `{name}` outside the markers, and it is not there: take the line out",
                    module.display(),
                ));
            }
        }
        self.document(command, body);
    }
}

/// The command itself, for the application and for the global binary.
pub fn command() -> clap::Command {
    Make::command()
}

/// Does what the matches of [`command`] say.
pub fn run(matches: &ArgMatches, streams: &Streams, folders: Result<Folders, CommandError>) -> Exit {
    let make = match Make::from_arg_matches(matches) {
        Ok(make) => make,
        Err(error) => {
            let _ = error.print();
            return Exit::USAGE;
        }
    };
    let console = Console::new(streams, &make.output);
    match make.command.run(folders, &console) {
        Ok(()) => console.finish(Exit::DONE),
        Err(error) => console.finish(console.error(make.command.name(), &error)),
    }
}

/// The group.
pub struct Group {
    streams: Streams,
}

impl Group {
    /// The group, writing to these streams.
    pub fn new(streams: Streams) -> Self {
        Self { streams }
    }
}

impl CommandGroup for Group {
    fn command(&self) -> clap::Command {
        command()
    }

    fn refused(&self, arguments: &[OsString], error: &clap::Error) -> Option<Exit> {
        usage::told(&self.command(), arguments, error, &self.streams)
    }

    fn run<'a>(&'a self, invocation: Invocation, matches: &'a ArgMatches) -> BoxFuture<'a, Exit> {
        Box::pin(async move { run(matches, &self.streams, Ok(Folders::of_invocation(&invocation))) })
    }
}

/// `--path` of a command that writes into one folder.
pub fn chosen(given: Option<&PathBuf>, folders: &Folders, default: &Path) -> PathBuf {
    given.map_or_else(|| default.to_path_buf(), |path| folders.root.join(path))
}
