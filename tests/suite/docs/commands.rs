//! `docs/src/reference/commands.md` is made of the command tree.

use std::fmt::Write as _;

use arvel_cli::DatabaseCommands;
use arvel_core::App;
use clap::{Arg, ArgAction, Command};

const HEAD: &str = "# Command reference

<!-- Made by the test `docs` of arvel-tests from the command tree. Do not edit:
     ARVEL_UPDATE_DOCS=1 cargo test -p arvel-tests docs -->

`app` is the application's program. [Commands](commands.md) says which command to use when, and what the exit codes
mean.
";

/// Options that clap adds to every command.
const EVERYWHERE: [&str; 2] = ["help", "version"];

fn page() -> String {
    let mut root = App::new("app").plugin(DatabaseCommands).clap_command();
    root.build();
    let mut page = HEAD.replace("(commands.md)", "(../commands.md)");
    let global: Vec<&Arg> = root.get_arguments().filter(|arg| arg.is_global_set()).collect();
    options(&mut page, "\n## Everywhere\n", &global);
    for group in root.get_subcommands().filter(|command| command.get_name() != "help") {
        describe(&mut page, "##", "app", group);
        for command in group.get_subcommands().filter(|command| command.get_name() != "help") {
            describe(&mut page, "###", &format!("app {}", group.get_name()), command);
        }
    }
    page
}

fn describe(page: &mut String, level: &str, before: &str, command: &Command) {
    let mut usage = format!("{before} {}", command.get_name());
    for arg in command.get_positionals() {
        let name =
            arg.get_value_names().map_or(arg.get_id().as_str(), |names| names[0].as_str()).to_uppercase();
        let many = arg.get_num_args().is_some_and(|count| count.max_values() > 1);
        let name = if many { format!("{name}…") } else { name };
        let _ = write!(usage, " {}", if arg.is_required_set() { name } else { format!("[{name}]") });
    }
    let _ = write!(page, "\n{level} `{usage}`\n");
    if let Some(about) = command.get_about() {
        let _ = write!(page, "\n{about}.\n");
    }
    let aliases: Vec<&str> = command.get_visible_aliases().collect();
    if !aliases.is_empty() {
        let _ = write!(page, "\nAlso: `{}`.\n", aliases.join("`, `"));
    }
    // Global options are shown where they are declared.
    let is_group = command.has_subcommands();
    let shown: Vec<&Arg> = command
        .get_arguments()
        .filter(|arg| !EVERYWHERE.contains(&arg.get_id().as_str()) && !arg.is_hide_set())
        .filter(|arg| is_group || !arg.is_global_set())
        .filter(|arg| !matches!(arg.get_id().as_str(), "env" | "config"))
        .collect();
    options(page, "", &shown);
    if let Some(help) = command.get_after_help() {
        let help = help.to_string();
        let (examples, rest) = help.split_once("\n\n").unwrap_or((&help, ""));
        let lines: Vec<&str> =
            examples.lines().map(|line| line.trim_start_matches("Example:").trim()).collect();
        let _ = write!(page, "\n```console\n");
        for line in lines {
            let line = line.strip_prefix("app ").unwrap_or(line);
            let _ = writeln!(page, "$ app {line}");
        }
        page.push_str("```\n");
        if !rest.is_empty() {
            let _ = write!(page, "\n{rest}\n");
        }
    }
}

fn options(page: &mut String, heading: &str, args: &[&Arg]) {
    if args.is_empty() {
        return;
    }
    let _ = write!(page, "{heading}\n| option | meaning |\n|---|---|\n");
    for arg in args {
        let names = arg.get_value_names().unwrap_or_default();
        let value = match arg.get_action() {
            ArgAction::Set | ArgAction::Append => {
                names.first().map(|name| format!("<{name}>")).unwrap_or_default()
            }
            _ => String::new(),
        };
        let mut spellings: Vec<String> = Vec::new();
        spellings.extend(arg.get_short().map(|short| format!("-{short}")));
        spellings.extend(arg.get_long().map(|long| format!("--{long}")));
        spellings
            .extend(arg.get_visible_aliases().unwrap_or_default().iter().map(|alias| format!("--{alias}")));
        if spellings.is_empty() {
            spellings.push(arg.get_id().as_str().to_uppercase());
        }
        let optional =
            arg.get_num_args().is_some_and(|count| count.min_values() == 0 && count.max_values() == 1);
        let value = if value.is_empty() || arg.is_positional() {
            String::new()
        } else if optional {
            format!("[={value}]")
        } else {
            format!(" {value}")
        };
        let help = arg.get_help().map(ToString::to_string).unwrap_or_default().replace('|', "\\|");
        let _ = writeln!(page, "| `{}{}` | {help} |", spellings.join("`, `"), value.replace('|', "\\|"));
    }
}

#[test]
fn the_command_reference_is_up_to_date() {
    super::up_to_date("docs/src/reference/commands.md", &page());
}

#[test]
fn every_command_says_what_it_does_and_has_an_example() {
    let mut root = App::new("app").plugin(DatabaseCommands).clap_command();
    root.build();
    let groups: Vec<&Command> = root.get_subcommands().filter(|group| group.get_name() != "help").collect();
    let below = groups.iter().flat_map(|group| group.get_subcommands());
    for command in groups.iter().copied().chain(below).filter(|command| command.get_name() != "help") {
        let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        assert!(help.starts_with("Example:") && !about.is_empty(), "{}", command.get_name());
    }
}
