//! The global `arvel`: finds the project and runs its own binary; what works on files alone it does itself.
//!
//! An application's commands live in the application, because its migrations are compiled into it. So `arvel db …` is
//! `cargo run … -- db …`, with the exit code and the terminal passed through.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use arvel_core::{App, Exit, FILE_NAME, Root};

use clap::{CommandFactory, Parser};

use crate::{
    db::Delete,
    error::CommandError,
    make::{self, Folders, Work},
    output::{Console, OutputOptions, Streams},
    shell::{self, Completions, Describes, Man},
    usage,
};

/// Runs with these arguments; the first one is the program's name.
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let streams = Streams::of_process();
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let matches = match command().try_get_matches_from(&arguments) {
        Ok(matches) => matches,
        Err(error) => {
            let of_make = arguments.get(1).is_some_and(|word| word == "make");
            return refused(&error, of_make.then(make::command), arguments.get(2..), &streams);
        }
    };
    // A removed current folder: the search then finds nothing, and says so.
    let current = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
    match matches.subcommand() {
        Some(("make", of_make)) => {
            let folders = project(&current).map(|root| Folders::of_root(&root));
            make::run(of_make, &streams, folders).into()
        }
        Some((Completions::NAME, of_it)) => shell::run::<Completions>(of_it, whole(), &streams).into(),
        Some((Man::NAME, of_it)) => shell::run::<Man>(of_it, whole(), &streams).into(),
        Some((name, others)) => {
            let rest: Vec<OsString> = others.get_many("").into_iter().flatten().cloned().collect();
            // The file that is to go may be the one that does not compile.
            if name == "db" && rest.first().is_some_and(|word| word == "delete") {
                return delete(rest, &streams, &current);
            }
            let arguments: Vec<OsString> = std::iter::once(OsString::from(name)).chain(rest).collect();
            let launched =
                project(&current).and_then(|root| cargo(&root)).and_then(|cargo| pass_on(cargo, &arguments));
            match launched {
                Ok(code) => code,
                Err(error) => Console::new(&streams, &OutputOptions::default()).error(name, &error).into(),
            }
        }
        None => Exit::USAGE.into(),
    }
}

/// `arvel db delete`, on files alone.
#[derive(Parser)]
#[command(name = "arvel db delete")]
struct DeleteOnFiles {
    #[command(flatten)]
    output: OutputOptions,
    /// The database that it is of, instead of `default`
    #[arg(long, value_name = "N")]
    database: Option<String>,
    #[command(flatten)]
    delete: Delete,
}

/// Tells what clap refused.
fn refused(
    error: &clap::Error,
    group: Option<clap::Command>,
    arguments: Option<&[OsString]>,
    streams: &Streams,
) -> ExitCode {
    if !error.use_stderr() {
        let _ = error.print();
        return Exit::DONE.into();
    }
    let told =
        group.zip(arguments).and_then(|(group, arguments)| usage::told(&group, arguments, error, streams));
    let exit = told.unwrap_or_else(|| {
        let _ = error.print();
        Exit::USAGE
    });
    exit.into()
}

fn delete(arguments: Vec<OsString>, streams: &Streams, current: &Path) -> ExitCode {
    let asked = match DeleteOnFiles::try_parse_from(&arguments) {
        Ok(asked) => asked,
        Err(error) => {
            let group = clap::Command::new("db").subcommand(DeleteOnFiles::command().name("delete"));
            return refused(&error, Some(group), Some(&arguments), streams);
        }
    };
    let console = Console::new(streams, &asked.output);
    let folders =
        project(current).and_then(|root| Folders::of_root(&root).for_database(asked.database.as_deref()));
    let done = folders.and_then(|folders| asked.delete.run_on_files(&Work::new(folders, console.clone())));
    match done {
        Ok(exit) => console.finish(exit).into(),
        Err(error) => console.finish(console.error("delete", &error)).into(),
    }
}

/// The command tree of the global binary.
fn command() -> clap::Command {
    clap::Command::new("arvel")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Run the commands of the project that the current folder belongs to")
        .long_about(
            "Run the commands of the project that the current folder belongs to.\n\n\
             `arvel make …` writes files by itself, and `arvel db delete` removes them; `arvel completions` and `arvel man` \
             are about itself. Everything else, such as `arvel db migrate`, is run by the \
             application: `cargo run -q -p PACKAGE --bin BIN -- db migrate`, with `package` and `bin` of `[app]` in \
             `arvel.toml`.",
        )
        .after_help("Example: arvel db migrate\n         arvel make migration create_posts_table title:string")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .allow_external_subcommands(true)
        .external_subcommand_value_parser(clap::value_parser!(OsString))
        .subcommand(make::command())
        .subcommand(Completions::command())
        .subcommand(Man::command())
}

/// The tree with what the application does, for those who read of it: its commands are typed here too.
fn whole() -> clap::Command {
    let of_application = App::new("arvel").plugin(crate::DatabaseCommands).clap_command();
    let mut of_application = shell::without_help(of_application);
    // The options of its root, such as `--env`, come down to its commands.
    of_application.build();
    let own = command();
    let passed_on =
        of_application.get_subcommands().filter(|of| own.find_subcommand(of.get_name()).is_none());
    let passed_on: Vec<clap::Command> = passed_on.cloned().collect();
    own.subcommands(passed_on)
}

/// The root of the project that a folder belongs to.
fn project(current: &Path) -> Result<PathBuf, CommandError> {
    let root = Root::find(None, current, None);
    if root.file.is_some() {
        return Ok(root.folder);
    }
    let message = format!("no `{FILE_NAME}` in `{}` or above it", current.display());
    Err(CommandError::new(Exit::CONFIGURATION, "project.none", message)
        .hint(format!("go to a project; `touch {FILE_NAME}` makes a folder the root of one")))
}

/// The cargo that builds and runs the application of a root.
fn cargo(root: &Path) -> Result<Vec<OsString>, CommandError> {
    let settings = make::Manifest::read(&root.join(FILE_NAME));
    let manifest = root.join("Cargo.toml");
    let package = settings
        .text("app", "package")
        .or_else(|| make::Manifest::read(&manifest).text("package", "name"))
        .ok_or_else(|| {
            let message = format!("which package is the application? `{}` names none", manifest.display());
            CommandError::new(Exit::CONFIGURATION, "project.package", message)
                .hint(format!("add `[app]` with `package = \"…\"` to `{}`", root.join(FILE_NAME).display()))
        })?;
    let mut arguments: Vec<OsString> = ["run", "-q", "-p", &package].map(OsString::from).into();
    if let Some(bin) = settings.text("app", "bin") {
        arguments.extend(["--bin", &bin].map(OsString::from));
    }
    if manifest.is_file() {
        arguments.extend(["--manifest-path".into(), manifest.into_os_string()]);
    }
    Ok(arguments)
}

/// Becomes cargo, which becomes the application: signals, terminal and exit code need no help then.
fn pass_on(cargo: Vec<OsString>, arguments: &[OsString]) -> Result<ExitCode, CommandError> {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(&program);
    command.args(cargo).arg("--").args(arguments);
    become_(command).map_err(|error| {
        let message = format!("can not run `{}`: {error}", program.to_string_lossy());
        CommandError::new(Exit::FAILED, "project.cargo", message)
            .hint("install Rust from https://rustup.rs, or set `CARGO`")
    })
}

#[cfg(unix)]
fn become_(mut command: Command) -> std::io::Result<ExitCode> {
    use std::os::unix::process::CommandExt;
    Err(command.exec())
}

#[cfg(not(unix))]
fn become_(mut command: Command) -> std::io::Result<ExitCode> {
    let code = command.status()?.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_is_sound() {
        command().debug_assert();
        let help = command().get_after_help().map(ToString::to_string).unwrap_or_default();
        assert!(help.starts_with("Example:"), "{help}");
        for line in help.lines() {
            let line = line.trim_start_matches("Example:").trim();
            let taken = command().try_get_matches_from(line.split(' '));
            assert!(taken.is_ok(), "{line}: {taken:?}");
        }
    }

    #[test]
    fn what_cargo_is_asked_for() {
        let home = tempfile::tempdir().expect("a folder");
        let root = home.path();
        let manifest = root.join("Cargo.toml");
        let words = |root: &Path| -> Result<Vec<String>, String> {
            let words = cargo(root).map_err(|error| error.code)?;
            Ok(words.iter().map(|word| word.to_string_lossy().into_owned()).collect())
        };
        assert_eq!(
            project(root).map_err(|error| (error.exit, error.code)),
            Err((Exit::CONFIGURATION, "project.none".to_owned()))
        );
        std::fs::write(root.join(FILE_NAME), "").expect("written");
        assert_eq!(project(root).map_err(|error| error.code), Ok(root.to_path_buf()));
        assert_eq!(words(root), Err("project.package".to_owned()));
        std::fs::write(&manifest, "[package]\nname = 'shop'\n").expect("written");
        let path = manifest.to_string_lossy().into_owned();
        assert_eq!(words(root).expect("words"), ["run", "-q", "-p", "shop", "--manifest-path", &path]);
        std::fs::write(root.join(FILE_NAME), "[app]\npackage = 'web'\nbin = 'server'\n").expect("written");
        let expected = ["run", "-q", "-p", "web", "--bin", "server", "--manifest-path", &path];
        assert_eq!(words(root).expect("words"), expected);
    }
}
