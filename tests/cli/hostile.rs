//! Folders that somebody prepared, full disks and broken helpers: what the commands say, and that nothing is touched.

use std::{fs, os::unix::fs::symlink, process::Command};

use crate::project::Project;

const MAKE: [&str; 3] = ["make", "migration", "create_pages_table"];
const PUBLISH: [&str; 4] = ["db", "publish", "--package", "arvel-audit"];

#[test]
fn folders_that_lead_out_of_the_project() {
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("1_a.rs"), "theirs").unwrap();
    let mut project = Project::new();
    fs::remove_dir(project.at("database/migrations")).unwrap();
    symlink(outside.path(), project.at("database/migrations")).unwrap();
    for command in [&MAKE[..], &PUBLISH, &["make", "sync"]] {
        let (code, text) = project.shown(command);
        assert_eq!(code, Some(7), "{text}");
        assert!(text.contains("is outside the project: a symbolic link leads to"), "{text}");
        assert!(text.contains("hint: name the real folder"), "{text}");
    }
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 1);
    assert_eq!(fs::read_to_string(outside.path().join("1_a.rs")).unwrap(), "theirs");

    // One that stays inside is where it leads.
    fs::remove_file(project.at("database/migrations")).unwrap();
    fs::create_dir(project.at("elsewhere")).unwrap();
    symlink(project.at("elsewhere"), project.at("database/migrations")).unwrap();
    project.run(&PUBLISH, 0);
    assert!(project.at("elsewhere/mod.rs").is_file());
}

#[test]
fn what_stands_in_the_place_of_a_file() {
    let outside = tempfile::tempdir().unwrap();
    let target = outside.path().join("mod.rs");
    fs::write(&target, "theirs").unwrap();
    let mut project = Project::new();
    let module = project.at("database/migrations/mod.rs");
    let list = project.at("database/migrations/.publishing");
    symlink(&target, &module).unwrap();
    project.refused(&MAKE, 7).refused(&PUBLISH, 7).refused(&["make", "sync"], 7);
    fs::remove_file(&module).unwrap();
    fs::create_dir(&module).unwrap();
    project.refused(&PUBLISH, 1);
    fs::remove_dir(&module).unwrap();
    assert!(Command::new("mkfifo").arg(&module).status().unwrap().success());
    project.run(&MAKE, 1).run(&PUBLISH, 1);
    fs::remove_file(&module).unwrap();
    symlink(&target, &list).unwrap();
    project.refused(&PUBLISH, 7);
    fs::remove_file(&list).unwrap();
    let forged = format!("../../../outside sha256:{0} sha256:{0}\n", "0".repeat(64));
    fs::write(&list, forged).unwrap();
    project.refused(&PUBLISH, 1).refused(&["make", "sync"], 1);
    fs::write(&list, [0, 159, 146, 150]).unwrap();
    project.refused(&MAKE, 1);
    fs::remove_file(&list).unwrap();
    project.run(&PUBLISH, 0);
    assert_eq!(fs::read_to_string(&target).unwrap(), "theirs");
    project.snapshot("what_stands_in_the_place_of_a_file");
}

#[test]
fn names_that_not_every_system_has() {
    let mut project = Project::new().file("database/seeders/Demo.rs", "");
    project
        .refused(&["make", "seeder", "con"], 7)
        .refused(&["make", "seeder", "demo"], 7)
        .refused(&["make", "seeder", "../demo"], 2);
    project.snapshot("names_that_not_every_system_has");
}

#[test]
fn an_interrupted_write_is_ended_and_told() {
    let mut project = Project::new();
    project.run(&PUBLISH, 0);
    let folder = project.at("database/migrations");
    let module = fs::read_to_string(folder.join("mod.rs")).unwrap();
    // As a crash leaves it: the file is there, the list names it, `mod.rs` does not.
    let text = "-- migrate:up\nSELECT 1;\n";
    let digest = |name: &str| {
        let output = Command::new("sha256sum").arg(folder.join(name)).output().unwrap();
        String::from_utf8(output.stdout).unwrap().split(' ').next().unwrap().to_owned()
    };
    fs::write(folder.join("2020_01_01_000000_half.sql"), text).unwrap();
    let (of_module, of_file) = (digest("mod.rs"), digest("2020_01_01_000000_half.sql"));
    let list = format!(
        "mod.rs sha256:{of_module} sha256:{}\n2020_01_01_000000_half.sql - sha256:{of_file}\n",
        "0".repeat(64)
    );
    fs::write(folder.join(".publishing"), list).unwrap();
    project.refused(&["db", "publish", "--list", "--package", "arvel-audit"], 0);
    project.refused(&["db", "doctor"], 0);
    project.run(&PUBLISH, 0).run(&["make", "sync"], 0);
    assert_eq!(fs::read_to_string(folder.join("mod.rs")).unwrap(), module);
    assert!(!folder.join("2020_01_01_000000_half.sql").exists());
    project.snapshot("an_interrupted_write_is_ended_and_told");
}

#[test]
fn a_list_names_no_file_that_the_rest_refuses() {
    let mut project = Project::new().migration("2_b c", "-- migrate:up\nSELECT 1;\n");
    project.refused(&["make", "sync"], 1).refused(&["db", "status"], 4);
    project.snapshot("a_list_names_no_file_that_the_rest_refuses");
}

#[test]
fn a_command_that_spoils_the_file_is_a_failure() {
    let mut project = Project::new();
    for (name, command) in [
        ("one", "rm $1"),
        ("two", ": > $1"),
        ("three", "echo 'fn up( {' > $1"),
        ("four", "echo 'fn up() {}' > $1"),
        ("five", "printf '\\\\377\\\\376' > $1"),
    ] {
        let words = format!("[\"sh\", \"-c\", \"{command}\", \"sh\", \"{{file}}\"]");
        project.write("arvel.toml", &format!("[migrations]\nafter_write = [{words}]\n"));
        project.run(&["make", "migration", name], 1);
        fs::remove_dir_all(project.at("database/migrations")).unwrap();
    }
    project.snapshot("a_command_that_spoils_the_file_is_a_failure");
}

#[test]
fn a_result_that_can_not_be_written_is_a_failure() {
    let project = Project::new();
    for command in
        [&["make", "migration", "one", "--json"][..], &["make", "migration", "two"], &["make", "sync"]]
    {
        let output = project.output_to("/dev/full", command);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{command:?}: {told}");
        assert!(
            told.contains("the result could not be written to stdout: No space left on device"),
            "{told}"
        );
    }
}

#[test]
fn a_dropped_database_leaves_no_file() {
    let mut project = Project::new().applied(&["1_a"]);
    assert!(project.at("database/app.db.arvel-lock").exists());
    project.run(&["db", "drop", "--force"], 0);
    let left: Vec<_> =
        fs::read_dir(project.at("database")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["migrations"]);
}

#[test]
fn a_configuration_that_is_no_file_is_told() {
    let mut project = Project::new();
    fs::remove_file(project.at("arvel.toml")).unwrap();
    fs::create_dir(project.at("arvel.toml")).unwrap();
    project.refused(&["db", "status"], 3);
    fs::remove_dir(project.at("arvel.toml")).unwrap();
    symlink("nowhere.toml", project.at("arvel.toml")).unwrap();
    project.run(&["db", "status"], 3);
    project.snapshot("a_configuration_that_is_no_file_is_told");
}

#[test]
fn a_template_with_a_name_of_two_words_can_be_pasted() {
    let mut project = Project::new().file("database/templates/two words.sql", "-- migrate:up\n{{ up }}\n");
    let (_, text) = project.shown(&["db", "list-templates"]);
    assert!(text.contains("make migration tidy_up --template 'two words'"), "{text}");
}
