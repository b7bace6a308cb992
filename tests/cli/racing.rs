//! Several commands that write into one folder at once, as processes: one wins, the other plans again.

use std::{collections::BTreeMap, fs, path::Path, process::Output};

use arvel_migrate::{
    project::{FolderKind, ProjectFolder},
    publish::read_files,
};

use crate::project::Project;

const PUBLISH: &[&str] = &["db", "publish"];

/// Starts commands at once, and waits for all of them.
fn at_once(project: &Project, commands: &[&[&str]]) -> Vec<Output> {
    let children: Vec<_> = commands.iter().map(|command| project.start(command)).collect();
    children.into_iter().map(|child| child.wait_with_output().unwrap()).collect()
}

/// The origins of the files, each with how many carry it; and that the folder is in order.
fn origins(project: &Project) -> BTreeMap<String, usize> {
    let folder =
        ProjectFolder::open(&project.at(""), Path::new("database/migrations"), FolderKind::migrations());
    let folder = folder.unwrap();
    assert_eq!(folder.out_of_step().unwrap(), None, "`mod.rs` lists what is there");
    for entry in fs::read_dir(folder.path()).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        assert!(!name.starts_with('.'), "{name} is left");
    }
    let mut origins = BTreeMap::new();
    for origin in read_files(&folder).unwrap().into_iter().filter_map(|file| file.origin) {
        *origins.entry(origin.to_string()).or_default() += 1;
    }
    origins
}

fn fresh(project: &Project) {
    fs::remove_dir_all(project.at("database/migrations")).unwrap();
    fs::create_dir_all(project.at("database/migrations")).unwrap();
}

/// Rounds of commands at once; how many planned again.
fn rounds(number: usize, commands: &[&[&str]]) -> usize {
    let project = Project::new().of_the_example();
    assert!(project.output(PUBLISH).status.success());
    let expected = origins(&project);
    assert!(expected.len() > 5 && expected.values().all(|of| *of == 1), "{expected:?}");
    let mut again = 0;
    for round in 0..number {
        fresh(&project);
        for (command, output) in commands.iter().zip(at_once(&project, commands)) {
            let told = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(0), "round {round}: {command:?}: {told}");
            again += told.matches("planning again").count();
        }
        assert_eq!(origins(&project), expected, "round {round}");
    }
    again
}

#[test]
fn of_two_publishers_one_wins_and_the_other_plans_again() {
    let again = rounds(100, &[PUBLISH, PUBLISH]);
    println!("planned again {again} times in 100 rounds");
}

#[test]
fn a_publisher_a_maker_and_a_list_at_once() {
    rounds(
        30,
        &[PUBLISH, &["make", "migration", "create_pages_table", "title:string"], &["make", "sync"], PUBLISH],
    );
}

#[test]
fn makers_of_different_names_all_have_their_file() {
    let project = Project::new();
    let names: Vec<String> = (0..4).map(|i| format!("tidy_up_{i}")).collect();
    let commands: Vec<Vec<&str>> =
        names.iter().map(|name| vec!["make", "migration", name, "--sql"]).collect();
    let commands: Vec<&[&str]> = commands.iter().map(Vec::as_slice).collect();
    for _ in 0..10 {
        fresh(&project);
        for output in at_once(&project, &commands) {
            assert!(output.status.success(), "{output:?}");
        }
        origins(&project);
        let files = fs::read_dir(project.at("database/migrations")).unwrap();
        let mut stamps: Vec<String> = files
            .map(|file| file.unwrap().file_name().to_string_lossy().into_owned())
            .filter(|name| name.ends_with(".sql"))
            .map(|name| name.split("_tidy").next().unwrap_or("").to_owned())
            .collect();
        stamps.sort();
        stamps.dedup();
        assert_eq!(stamps.len(), 4, "each has a stamp of its own: {stamps:?}");
    }
}
