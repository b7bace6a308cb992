//! `man`: a manual page for each command.

use std::{fs, io, path::PathBuf};

use arvel_core::Exit;
use clap::{Command, Parser};
use clap_mangen::roff::{Roff, bold, roman};

use super::Describes;
use crate::{
    error::CommandError,
    output::{Console, human::count},
};

/// Write the manual pages, or show the source of one
#[derive(Parser, Debug)]
#[command(
    name = "man",
    after_help = "Example: man db migrate | man -l -\n         man --out ~/.local/share/man/man1"
)]
pub struct Man {
    /// The command whose page is wanted; none for that of the program
    command: Vec<String>,
    /// Write a page for each command into this folder
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    out: Option<PathBuf>,
}

impl Describes for Man {
    const NAME: &'static str = "man";

    fn run(&self, mut tree: Command, console: &Console) -> Result<(), CommandError> {
        let program = Program {
            name: tree.get_name().to_owned(),
            version: tree.get_version().unwrap_or_default().to_owned(),
        };
        tree.build();
        let Some(folder) = &self.out else {
            let command = self.chosen(&tree)?;
            let page = page(&program, command).map_err(unwritable)?;
            console.result(page.trim_end());
            return Ok(());
        };
        fs::create_dir_all(folder).map_err(unwritable)?;
        let mut pages = 0;
        let mut open = vec![&tree];
        while let Some(command) = open.pop() {
            let file = folder.join(format!("{}.1", dashed(command)));
            fs::write(&file, page(&program, command).map_err(unwritable)?).map_err(|error| {
                let message = format!("can not write `{}`: {error}", file.display());
                CommandError::new(Exit::FAILED, "project.write", message)
                    .hint("name another folder with `--out`")
            })?;
            pages += 1;
            open.extend(command.get_subcommands());
        }
        console.result(format_args!("wrote {} to `{}`", count(pages, "page"), folder.display()));
        Ok(())
    }
}

impl Man {
    fn chosen<'a>(&self, tree: &'a Command) -> Result<&'a Command, CommandError> {
        let mut command = tree;
        for word in &self.command {
            command = command.find_subcommand(word).ok_or_else(|| {
                let message = format!("`{}` has no command `{word}`", spaced(command));
                CommandError::usage(message).hint(format!("`{} --help` lists them", spaced(command)))
            })?;
        }
        Ok(command)
    }
}

fn unwritable(error: io::Error) -> CommandError {
    CommandError::new(Exit::FAILED, "project.write", format!("can not write the pages: {error}"))
        .hint("name a folder that can be written to with `--out`")
}

/// What every page says of the program.
struct Program {
    name: String,
    version: String,
}

/// `app-db-migrate`.
fn dashed(command: &Command) -> &str {
    command.get_display_name().unwrap_or_else(|| command.get_name())
}

/// `app db migrate`.
fn spaced(command: &Command) -> &str {
    command.get_bin_name().unwrap_or_else(|| command.get_name())
}

/// The page of a command of a tree that is built.
fn page(program: &Program, command: &Command) -> io::Result<String> {
    let Program { name, version } = program;
    let man = clap_mangen::Man::new(command.clone())
        .title(dashed(command).to_uppercase())
        .source(format!("{name} {version}").trim_end())
        .manual(format!("Manual of {name}"));
    let mut text = Vec::new();
    man.render_title(&mut text)?;
    man.render_name_section(&mut text)?;
    man.render_synopsis_section(&mut text)?;
    man.render_description_section(&mut text)?;
    man.render_options_section(&mut text)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut text)?;
    }
    let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let (examples, notes) = help.split_once("\n\n").unwrap_or((&help, ""));
    let mut rest = Roff::new();
    if !notes.is_empty() {
        rest.control("SH", ["NOTES"]).text([roman(notes)]);
    }
    let others = other_names(command);
    if !others.is_empty() {
        rest.control("SH", ["OTHER NAMES"]);
        for (other, means) in others {
            rest.control("TP", []).text([bold(other)]).text([roman(means)]);
        }
    }
    rest.control("SH", ["EXIT STATUS"]);
    for exit in Exit::ALL {
        rest.control("TP", []).text([bold(exit.0.to_string())]).text([roman(exit.meaning())]);
    }
    rest.control("SH", ["EXAMPLES"]);
    for line in examples.lines() {
        let line = line.trim_start_matches("Example:").trim();
        let line = line.strip_prefix(&format!("{name} ")).unwrap_or(line);
        rest.control("PP", []).text([roman(format!("$ {name} {line}"))]);
    }
    rest.to_writer(&mut text)?;
    Ok(once(&String::from_utf8_lossy(&text)))
}

/// The other spellings of the command and of its options, each with the usual one.
fn other_names(command: &Command) -> Vec<(String, String)> {
    let commands =
        command.get_visible_aliases().map(|other| (other.to_owned(), command.get_name().to_owned()));
    let options = command.get_arguments().flat_map(|arg| {
        let usual = format!("--{}", arg.get_long().unwrap_or_default());
        let others = arg.get_visible_aliases().unwrap_or_default();
        others.into_iter().map(move |other| (format!("--{other}"), usual.clone()))
    });
    commands.chain(options).collect()
}

/// Each part comes with the same lines about apostrophes at its head; one of them is enough.
fn once(page: &str) -> String {
    let mut seen = false;
    let mut kept = String::new();
    for line in page.lines() {
        let head = line.starts_with(".ie ") || line.starts_with(".el ");
        if head && seen {
            continue;
        }
        seen |= line.starts_with(".el ");
        kept.push_str(line);
        kept.push('\n');
    }
    kept
}
