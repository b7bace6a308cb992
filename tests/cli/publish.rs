//! Publishing: what belongs to the user stays the user's.

use std::{fs, process::Command};

use crate::project::Project;

const ONE: [&str; 4] = ["db", "publish", "--only", "arvel-auth/create_users_table"];

fn published(project: &Project) -> String {
    let files = fs::read_dir(project.at("database/migrations")).unwrap();
    let names = files.map(|file| file.unwrap().file_name().to_string_lossy().into_owned());
    names.into_iter().find(|name| name.ends_with("_create_users_table.rs")).expect("it was published")
}

#[test]
fn a_stub_that_its_user_edited() {
    let mut project = Project::new();
    project.run(&ONE, 0).refused(&ONE, 0);
    let path = format!("database/migrations/{}", published(&project));
    let text = fs::read_to_string(project.at(&path)).unwrap();
    let edited =
        text.replacen("table.id();", "table.id();\n        table.string(\"nickname\").nullable();", 1);
    assert_ne!(text, edited, "{text}");
    project.write(&path, &edited);
    let with = |more: &[&'static str]| -> Vec<&'static str> { ONE.iter().chain(more).copied().collect() };
    project
        .refused(&ONE, 0)
        .refused(&with(&["--update"]), 0)
        .refused(&with(&["--dry-run", "--force"]), 0)
        .refused(&with(&["--diff", "--dry-run"]), 0)
        .run(&with(&["--force"]), 0);
    assert_eq!(fs::read_to_string(project.at(&path)).unwrap(), text);
    let backups: Vec<_> =
        project.state().files.into_iter().filter(|(_, bytes)| bytes == edited.as_bytes()).collect();
    assert_eq!(backups.len(), 1, "the edited text is kept beside it");
    project.snapshot("a_stub_that_its_user_edited");
}

#[test]
fn a_file_of_that_name_that_was_never_published() {
    let mut project = Project::new().file(
        "database/migrations/2020_01_01_000000_create_users_table.sql",
        "-- migrate:up\nCREATE TABLE users (id int);\n",
    );
    project.refused(&ONE, 7);
    let forced: Vec<&str> = ONE.iter().copied().chain(["--force"]).collect();
    project.refused(&forced, 7);
    project.snapshot("a_file_of_that_name_that_was_never_published");
}

#[test]
fn names_that_are_not_there() {
    let mut project = Project::new();
    project
        .refused(&["db", "publish", "--package", "arvel-oauth"], 2)
        .refused(&["db", "publish", "--only", "create_user_table"], 2);
    project.snapshot("names_that_are_not_there");
}

/// As root the mode of a folder means nothing; a file system that knows the immutable flag is asked for that.
struct ReadOnly(std::path::PathBuf);

impl ReadOnly {
    fn make(path: std::path::PathBuf) -> Option<Self> {
        let change = |program: &str, flag: &str| {
            Command::new(program).arg(flag).arg(&path).output().is_ok_and(|output| output.status.success())
        };
        change("chmod", "a-w");
        let guard = Self(path.clone());
        if fs::write(path.join("try"), "").is_err() {
            return Some(guard);
        }
        fs::remove_file(path.join("try")).unwrap();
        (change("chattr", "+i") && fs::write(path.join("try"), "").is_err()).then_some(guard)
    }
}

impl Drop for ReadOnly {
    fn drop(&mut self) {
        for (program, flag) in [("chattr", "-i"), ("chmod", "u+w")] {
            let _ = Command::new(program).arg(flag).arg(&self.0).output();
        }
    }
}

#[test]
fn a_folder_that_is_read_only() {
    let mut project = Project::new();
    let Some(_guard) = ReadOnly::make(project.at("database/migrations")) else {
        use std::io::Write as _;
        let _ = writeln!(std::io::stderr(), "skipped: no folder can be made read-only here");
        return;
    };
    project.refused(&ONE, 1).refused(&["make", "migration", "create_posts_table"], 1);
    let shown = project.transcript();
    assert!(shown.contains("database/migrations"), "{shown}");
}

#[test]
fn a_file_where_the_folder_should_be() {
    let mut project = Project::new();
    fs::remove_dir(project.at("database/migrations")).unwrap();
    project.write("database/migrations", "no folder");
    project.refused(&ONE, 1);
    project.snapshot("a_file_where_the_folder_should_be");
}

#[test]
fn what_is_applied_is_asked_of_every_database_and_none_is_waited_for_long() {
    // Somebody who takes the call and says nothing.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = silent.local_addr().unwrap().port();
    let mut project = Project::new();
    project.run(&ONE, 0);
    let config = |others: &str| format!("[databases.other]\nurl = \"sqlite://database/other.db\"\n{others}");
    project.write("arvel.toml", &config(""));
    let applied = |project: &mut Project| {
        let listed = [&ONE[..], &["--list", "--json"]].concat();
        project.document(&listed, 0)["decisions"][0]["applied"].clone()
    };
    assert_eq!(applied(&mut project), serde_json::json!(false), "neither file is there");

    // The history of the other one knows the origin.
    project.run(&["db", "create", "--database", "other"], 0);
    project.run(&["db", "ensure-version", "--database", "other"], 0);
    let other = project.at("database/other.db");
    let row = "INSERT INTO arvel_migrations (revision, seq, batch, line, origin, checksum, applied_at, duration_ms, \
               stamped, tool_version) VALUES ('old_name', 1, 1, 'default', 'arvel-auth/create_users_table', 'x', \
               '2026-01-01T00:00:00.000000Z', 1, 0, '0')";
    project.execute_in(&other, row);
    assert_eq!(applied(&mut project), serde_json::json!(true));

    project.write(
        "arvel.toml",
        &config(&format!("[databases.slow]\nurl = \"postgres://a@127.0.0.1:{port}/b\"\n")),
    );
    let begun = std::time::Instant::now();
    let (code, shown) = project.shown(&[&ONE[..], &["--list"]].concat());
    let took = begun.elapsed();
    assert_eq!(code, Some(0), "{shown}");
    let said = "what is applied in the database `slow` is not known: no answer within 3 s";
    assert!(shown.contains(said), "{shown}");
    assert!(took.as_secs() < 8, "{took:?}");
}

#[test]
fn a_person_chooses_from_several_packages() {
    let published = |typed: &str, args: &[&str]| -> Option<(Vec<String>, String)> {
        let project = Project::new();
        let shown = project.on_a_terminal(args, typed)?;
        let files = project.state().files.into_keys();
        let names = files.map(|path| path.file_name().unwrap().to_string_lossy().into_owned());
        let mut slugs: Vec<String> = names
            .filter(|name| name.ends_with(".rs") && name != "mod.rs")
            .map(|name| name[18..name.len() - 3].to_owned())
            .collect();
        slugs.sort();
        Some((slugs, shown))
    };
    let publish = ["db", "publish"];
    let Some((all, shown)) = published("\n", &publish) else {
        use std::io::Write as _;
        let _ = writeln!(std::io::stderr(), "skipped: `script` makes no terminal here");
        return;
    };
    assert!(shown.contains("4 packages have something to publish"), "{shown}");
    assert!(shown.contains("  2  arvel-auth           3 new"), "{shown}");
    assert!(all.len() > 5, "{all:?}");
    for (typed, expected, said) in [
        ("none\n", vec![], "nothing was written"),
        ("q\n", vec![], "nothing was written"),
        ("\u{4}", vec![], "nothing was written"),
        (
            "7\narvel-audit\n",
            vec!["create_audit_entries_table"],
            "`7` is none of them: write numbers from 1 to 4",
        ),
        (
            "arvel-audit, 2\n",
            vec![
                "create_audit_entries_table",
                "create_auth_refresh_tokens_table",
                "create_password_resets_table",
                "create_users_table",
            ],
            "wrote 4 files",
        ),
    ] {
        let (slugs, shown) = published(typed, &publish).unwrap();
        assert_eq!(slugs, expected, "{typed:?}: {shown}");
        assert!(shown.contains(said), "{typed:?}: {shown}");
    }
    // What is said on the command line is not asked.
    for args in [&["db", "publish", "--yes"][..], &["db", "publish", "--package", "arvel-audit"]] {
        let (slugs, shown) = published("", args).unwrap();
        assert!(!shown.contains("publish which?") && !slugs.is_empty(), "{shown}");
    }
}

#[test]
fn how_packages_stand_is_listed_and_told_with_the_status() {
    let mut project = Project::new();
    project.run(&["db", "status"], 0).run(&["db", "publish", "--list"], 0);
    project.run(&["db", "publish", "--package", "arvel-auth", "-q"], 0);
    let path = format!("database/migrations/{}", published(&project));
    let text = fs::read_to_string(project.at(&path)).unwrap();
    project.write(&path, &text.replacen("table.id();", "table.id();\n        table.string(\"mine\");", 1));
    project.run(&["db", "create"], 0).run(&["db", "ensure-version"], 0);
    let stem = path.trim_start_matches("database/migrations/").trim_end_matches(".rs").to_owned();
    project.execute(&format!(
        "INSERT INTO arvel_migrations (revision, seq, batch, line, origin, checksum, applied_at, duration_ms, stamped, \
         tool_version) VALUES ('{stem}', 1, 1, 'default', NULL, 'x', '2026-01-01T00:00:00.000000Z', 1, 0, '0')"
    ));
    project
        .run(&["db", "publish", "--list"], 0)
        .run(&["db", "status"], 0)
        .run(&["db", "status", "--pending=0"], 0);
    let document = project.document(&["db", "status", "--json"], 0);
    let auth = &document["packages"][1];
    assert_eq!(
        (auth["published"].as_u64(), auth["applied"].as_u64(), auth["edited"].as_u64()),
        (Some(3), Some(1), Some(1))
    );
    project.snapshot("how_packages_stand");
}

#[test]
fn a_starting_program_names_what_nobody_has_published() {
    use std::io::{BufRead as _, BufReader};
    let told = |project: &Project| {
        let mut server = project.start(&["serve", "--port", "0"]);
        let lines = BufReader::new(server.stderr.take().unwrap()).lines();
        let log: Vec<String> =
            lines.map_while(Result::ok).take_while(|line| !line.contains("ready to serve")).collect();
        server.kill().unwrap();
        server.wait().unwrap();
        let told = |line: &&String| line.contains("are not published; run `db publish --package");
        log.iter().filter(told).count()
    };
    let project = Project::new();
    assert_eq!(told(&project), 4);
    assert!(project.output(&["db", "publish", "--package", "arvel-media"]).status.success());
    assert_eq!(told(&project), 3);
    let in_place = "[plugins.arvel-audit]\nmigrations = \"in-place\"\n";
    project.write("arvel.toml", in_place);
    assert_eq!(told(&project), 2);
    project.write("arvel.toml", "[migrations]\non_startup = \"off\"\n");
    assert_eq!(told(&project), 0);
    let project = Project::new().variable("ARVEL_ENV", "production");
    assert_eq!(told(&project), 0);
}
