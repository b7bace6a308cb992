//! Examples are true: what a help text, a page or a hint tells to type, the real command tree takes.

use std::collections::BTreeMap;

use arvel_cli::DatabaseCommands;
use arvel_core::App;
use clap::{Command, error::ErrorKind};

fn tree() -> Command {
    App::new("app").plugin(arvel_migrate::Migrations::default()).plugin(DatabaseCommands).clap_command()
}

/// The words of a line as a shell splits it, up to a redirection, a pipe, `&&` or a remark.
fn words(line: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let (mut quote, mut inside) = (None, false);
    for c in line.chars() {
        match (c, quote) {
            (_, Some(open)) if c == open => quote = None,
            ('\'' | '"', None) => {
                quote = Some(c);
                if !inside {
                    words.push(String::new());
                }
                inside = true;
            }
            (' ', None) => inside = false,
            _ if inside => words.last_mut().unwrap().push(c),
            _ => {
                words.push(c.to_string());
                inside = true;
            }
        }
    }
    let end = words.iter().position(|word| matches!(word.as_str(), ">" | "|" | "&&" | "#"));
    words.truncate(end.unwrap_or(words.len()));
    words
}

/// Commands that pages name as not there yet.
const NOT_YET: [&str; 2] = ["db check", "db diff"];

/// Why a command line is not taken, in clap's first line.
fn refusal(line: &str, forgiven: &[ErrorKind]) -> Option<String> {
    let mut words = words(line);
    if words.first().is_none_or(|word| word != "app") {
        words.insert(0, "app".to_owned());
    }
    let error = tree().try_get_matches_from(&words).err().filter(clap::Error::use_stderr)?;
    if forgiven.contains(&error.kind()) {
        return None;
    }
    Some(error.to_string().lines().next().unwrap_or_default().to_owned())
}

fn hold(lines: Vec<(String, String)>, at_least: usize, forgiven: &[ErrorKind]) {
    assert!(lines.len() >= at_least, "only {} examples were found", lines.len());
    let wrong: BTreeMap<String, String> = lines
        .iter()
        .filter_map(|(place, line)| Some((format!("{place}: {line}"), refusal(line, forgiven)?)))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_examples_of_every_help_are_taken() {
    fn collect(command: &Command, found: &mut Vec<(String, String)>) {
        let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        let examples = help.split("\n\n").next().unwrap_or_default();
        for line in examples.lines() {
            let line = line.trim_start_matches("Example:").trim();
            found.push((format!("--help of `{}`", command.get_name()), line.to_owned()));
        }
        command.get_subcommands().for_each(|below| collect(below, found));
    }
    let mut found = Vec::new();
    collect(&tree(), &mut found);
    hold(found, 60, &[]);
}

/// What stands behind a prompt in a block of the book.
#[test]
fn the_command_lines_of_the_pages_are_taken() {
    let mut found = Vec::new();
    for page in pages() {
        for line in super::read(&page).lines() {
            let line = line.trim_start_matches(['>', ' ']);
            let spoken = ["$ app ", "$ arvel ", "$ cargo run -p example-app -- "];
            if let Some(rest) = spoken.iter().find_map(|prompt| line.strip_prefix(prompt)) {
                found.push((page.clone(), rest.to_owned()));
            }
        }
    }
    hold(found, 50, &[]);
}

/// What stands between backticks, in pages and in the messages of the program.
#[test]
fn the_commands_that_prose_and_hints_name_are_taken() {
    let sources = ["arvel-core/src", "arvel-migrate/src", "arvel-cli/src"];
    let sources =
        sources.iter().flat_map(|folder| super::files(folder, ".rs")).filter(|file| !file.contains("tests"));
    let mut found = Vec::new();
    for file in pages().into_iter().chain(sources) {
        let text = super::read(&file).replace("\\\n", " ");
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned();
        for line in text.lines().filter(|line| !line.trim_start().starts_with("```")) {
            for span in line.split('`').skip(1).step_by(2) {
                let command =
                    span.strip_prefix("app ").or_else(|| span.strip_prefix("arvel ")).unwrap_or(span);
                let told =
                    ["db ", "make ", "completions ", "man "].iter().any(|group| command.starts_with(group));
                if told && !span.contains('…') && !NOT_YET.contains(&command) {
                    found.extend(filled(command).map(|command| (file.clone(), command)));
                }
            }
        }
    }
    // A name alone says which command is meant; a word in capitals or in braces stands for a value.
    hold(
        found,
        300,
        &[ErrorKind::MissingRequiredArgument, ErrorKind::InvalidValue, ErrorKind::ValueValidation],
    );
}

/// The text with a value for each `{name}`; nothing when it is whole words that are filled in.
fn filled(command: &str) -> Option<String> {
    let mut rest = command;
    let mut text = String::new();
    while let Some((before, (name, after))) =
        rest.split_once('{').and_then(|(before, inside)| Some((before, inside.split_once('}')?)))
    {
        if name.is_empty() {
            return None;
        }
        text.push_str(before);
        text.push('1');
        rest = after;
    }
    Some(text + rest)
}

fn pages() -> Vec<String> {
    let mut pages = super::files("docs/src", ".md");
    pages.extend(["README.md", "CHANGELOG.md", "example-app/README.md"].map(str::to_owned));
    pages
}

/// The example that holds on every database is run on every database, as a case of the conformance suite.
#[test]
fn the_tables_of_the_book_are_run_on_each_database() {
    let page = super::read("docs/src/writing.md");
    let section = page.split("\n## Tables\n").nth(1).and_then(|rest| rest.split("```").nth(1));
    let example: Vec<&str> = section
        .unwrap_or_default()
        .lines()
        .skip(1)
        .filter(|line| !line.starts_with('#'))
        .map(str::trim)
        .collect();
    let case = super::read("tests/golden/tables_of_the_book/1_migration.rs");
    let body: Vec<&str> =
        case.lines().skip_while(|line| !line.starts_with("fn up")).skip(1).map(str::trim).collect();
    assert!(example.len() > 15, "{example:?}");
    assert_eq!(body[..body.len() - 1], example);
}
