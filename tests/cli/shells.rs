//! What shells and `man` are told: every command and every option of the program, in a form that they take.

use std::{
    fs,
    io::Write as _,
    path::Path,
    process::{Command as Process, Stdio},
};

use arvel_cli::DatabaseCommands;
use arvel_core::{App, Exit};
use clap::Command;

use crate::project::Project;

/// Every command of the program, as words behind its name; the program's own is empty.
fn commands() -> Vec<(Vec<String>, Command)> {
    fn collect(path: &[String], command: &Command, all: &mut Vec<(Vec<String>, Command)>) {
        all.push((path.to_vec(), command.clone()));
        for below in command.get_subcommands() {
            let path: Vec<String> = path.iter().cloned().chain([below.get_name().to_owned()]).collect();
            collect(&path, below, all);
        }
    }
    let mut all = Vec::new();
    collect(&[], &App::new("app").plugin(DatabaseCommands).clap_command(), &mut all);
    assert!(all.len() > 30, "{}", all.len());
    all
}

/// Whether a program is there; `ARVEL_TEST_REQUIRE=clients`, or `all`, wants `bash` and `groff`.
fn is_there(program: &str) -> bool {
    let started = Process::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    let list = std::env::var("ARVEL_TEST_REQUIRE").unwrap_or_default();
    let required = list.split(',').any(|one| matches!(one.trim(), "clients" | "all"));
    assert!(
        started.is_ok() || !required || !["bash", "groff"].contains(&program),
        "`{program}` is not installed"
    );
    if started.is_err() {
        let _ = writeln!(std::io::stderr(), "skipped: what `{program}` says, which is not installed");
    }
    started.is_ok()
}

/// What a program says to text on its stdin.
fn through(program: &str, args: &[&str], text: &str) -> (bool, String, String) {
    let mut child = Process::new(program)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let text = text.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(text.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.success(), said(&output.stdout), said(&output.stderr))
}

#[test]
fn each_shell_knows_every_command_and_option() {
    let project = Project::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = project.stdout(&["completions", shell]);
        for (path, command) in commands() {
            let name = path.last().map_or("app", String::as_str);
            assert!(script.contains(name), "{shell}: `{name}` is missing");
            for long in
                command.get_arguments().filter(|arg| !arg.is_hide_set()).filter_map(clap::Arg::get_long)
            {
                // fish writes the long name without its dashes.
                assert!(script.contains(long), "{shell}: `{name} --{long}` is missing");
            }
        }
        if matches!(shell, "bash" | "zsh" | "fish") && is_there(shell) {
            let (sound, _, said) = through(shell, &["-n"], &script);
            assert!(sound && said.is_empty(), "{shell}: {said}");
        }
    }
}

#[test]
fn bash_completes_what_was_begun() {
    if !is_there("bash") {
        return;
    }
    let project = Project::new();
    let complete = |program: &str, script: &str, words: &str| {
        let ask = format!(
            "{script}\nCOMP_WORDS=({words})\nCOMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))\n\
             _{program} {program} \"${{COMP_WORDS[COMP_CWORD]}}\" x\nprintf '%s\\n' \"${{COMPREPLY[@]}}\"\n"
        );
        let (sound, out, said) = through("bash", &["--norc", "-s"], &ask);
        assert!(sound && said.is_empty(), "{words}: {said}");
        out.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let script = project.stdout(&["completions", "bash"]);
    assert_eq!(complete("app", &script, "app db migr"), ["migrate"]);
    assert_eq!(complete("app", &script, "app db migrate --stri"), ["--strict-order"]);
    assert_eq!(complete("app", &script, "app db migrate --pre"), ["--pretend"]);
    assert_eq!(complete("app", &script, "app completions po"), ["powershell"]);
    let script = project.stdout(&["completions", "bash", "--bin", "shop"]);
    assert_eq!(complete("shop", &script, "shop make mig"), ["migration"]);
}

#[test]
fn each_command_has_a_page_that_groff_takes() {
    let mut project = Project::new();
    project.run(&["man", "--out", "pages/man1"], 0);
    let mut written: Vec<String> = fs::read_dir(project.at("pages/man1"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    written.sort();
    let mut expected: Vec<String> = commands()
        .iter()
        .map(|(path, _)| {
            format!("{}.1", ["app".to_owned()].iter().chain(path).cloned().collect::<Vec<_>>().join("-"))
        })
        .collect();
    expected.sort();
    assert_eq!(written, expected);
    let groff = is_there("groff");
    for file in written {
        let text = fs::read_to_string(project.at("pages/man1").join(&file)).unwrap();
        for section in ["NAME", "SYNOPSIS", "OPTIONS", "\"EXIT STATUS\"", "EXAMPLES"] {
            assert!(text.contains(&format!("\n.SH {section}\n")), "{file}: no {section}\n{text}");
        }
        if groff {
            let (sound, shown, said) = through("groff", &["-k", "-man", "-Tutf8", "-ww", "-P-c"], &text);
            assert!(sound && said.is_empty(), "{file}: {said}");
            for exit in Exit::ALL {
                assert!(shown.contains(exit.meaning()), "{file}: {exit}\n{shown}");
            }
            assert!(shown.contains("$ app"), "{file}\n{shown}");
        }
    }
}

#[test]
fn a_page_is_shown() {
    let mut project = Project::new();
    let page = project.stdout(&["man", "db", "migrate"]);
    assert_eq!(page.trim_end(), project.stdout(&["man", "db", "upgrade"]).trim_end());
    let sections: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix(".SH ")).collect();
    let expected = [
        "NAME",
        "SYNOPSIS",
        "DESCRIPTION",
        "OPTIONS",
        "DATABASE",
        "OUTPUT",
        "\"OTHER NAMES\"",
        "\"EXIT STATUS\"",
        "EXAMPLES",
    ];
    assert_eq!(sections, expected);
    for part in ["\\-\\-pretend", "upgrade", "Apply what is pending", "$ app db migrate +1 \\-\\-dry\\-run"] {
        assert!(page.contains(part), "{part}: {page}");
    }
    project.run(&["man", "db", "migrat"], 2).run(&["completions", "tcsh"], 2);
    // A file stands where the folder should be.
    project.run(&["man", "--out", "arvel.toml"], 1);
    assert!(Path::new(&project.at("arvel.toml")).is_file());
}

#[test]
fn a_name_that_is_no_program_is_a_mistake_of_usage() {
    let project = Project::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        for (name, exit) in [("a b", 2), ("", 2), ("a;b", 2), ("my-shop", 0), ("my_shop.2", 0)] {
            let output = project.output(&["completions", shell, "--bin", name]);
            assert_eq!(output.status.code(), Some(exit), "{shell} `{name}`: {output:?}");
        }
    }
}
