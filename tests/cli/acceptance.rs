//! What other migration systems were seen to get wrong, one test each, through the real binary. Where the words matter they are in
//! the snapshots of the other modules; here it is what happens.

use std::process::Output;

use arvel_migrate::testing::Engine;

use crate::project::{Project, table};

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

/// Runs a command that must end with a code; answers with what it wrote to stdout and to stderr.
#[track_caller]
fn ends(project: &Project, args: &[&str], expected: i32) -> (String, String) {
    let output = project.output(args);
    let (out, err) = (stdout(&output), stderr(&output));
    assert_eq!(code(&output), expected, "{args:?}\n{out}\n{err}");
    (out, err)
}

fn tables(project: &Project) -> Vec<String> {
    let tables = project.state().tables.into_iter();
    tables
        .map(|table| table.split(' ').next().unwrap().to_owned())
        .filter(|table| !table.starts_with("arvel_"))
        .collect()
}

fn fork(project: Project) -> Project {
    let with = |header: &str, stem: &str| format!("{header}\n{}", table(stem));
    project
        .migration("1_trunk", &table("1_trunk"))
        .migration("2_blog", &with("-- parents: 1_trunk\n-- labels: blog", "2_blog"))
        .migration("3_shop", &with("-- parents: 1_trunk\n-- labels: shop", "3_shop"))
        .migration("4_posts", &with("-- parents: 2_blog", "4_posts"))
}

#[test]
fn three_racers_run_one_body_and_the_others_find_it_done() {
    for engine in Engine::ALL {
        let Some(project) = Project::on(engine) else { continue };
        let body = "-- migrate:up\nCREATE TABLE hits (n int);\nINSERT INTO hits VALUES (1);\n";
        let project = project.migration("1_hits", body);
        let racers: Vec<_> = (0..3).map(|_| project.start(&["db", "migrate"])).collect();
        let outputs: Vec<Output> =
            racers.into_iter().map(|racer| racer.wait_with_output().unwrap()).collect();
        for output in &outputs {
            assert_eq!(code(output), 0, "{}: {}", engine.family, stderr(output));
        }
        let idle = outputs.iter().filter(|output| stdout(output).contains("nothing to migrate")).count();
        assert_eq!(idle, 2, "{}: {outputs:?}", engine.family);
        assert_eq!(project.rows("SELECT n FROM hits"), ["1"], "{}", engine.family);
        assert_eq!(project.state().history.len(), 1);
    }
}

#[test]
fn a_revision_spliced_below_an_applied_head_is_pending_and_runs() {
    let project = Project::new().applied(&["1_a", "3_c"]).migration("2_b", &table("2_b"));
    let (shown, _) = ends(&project, &["db", "status", "--json"], 0);
    assert!(shown.contains("\"state\": \"late\"") && shown.contains("\"pending\": 1"), "{shown}");
    ends(&project, &["db", "status", "--pending"], 8);
    ends(&project, &["db", "current", "--check-heads"], 8);
    let (_, said) = ends(&project, &["db", "migrate"], 0);
    assert!(said.contains("2_b") && said.contains("late"), "{said}");
    assert_eq!(tables(&project), ["a", "b", "c"]);
    ends(&project, &["db", "current", "--check-heads"], 0);
}

#[test]
fn revisions_made_in_the_same_second_never_collide() {
    let project = Project::new();
    let names = ["create_a_table", "create_b_table", "create_c_table", "fill_them"];
    let makers: Vec<_> =
        names.iter().map(|name| project.output(&["make", "migration", name, "--sql"])).collect();
    assert!(makers.iter().all(|made| code(made) == 0), "{makers:?}");
    let files = project.state().files;
    let stems: Vec<String> = files
        .keys()
        .filter(|path| path.extension().is_some_and(|ending| ending == "sql"))
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    let mut stamps: Vec<&str> = stems.iter().map(|stem| &stem[..17]).collect();
    stamps.dedup();
    assert_eq!(stamps.len(), 4, "{stems:?}");
    let (shown, _) = ends(&project, &["db", "heads", "--json"], 0);
    assert_eq!(shown.matches("\"revision\"").count(), 1, "{shown}");
}

#[test]
fn a_late_migration_of_a_package_runs() {
    let project = Project::new().applied(&["10_first", "20_second"]);
    let published = format!("-- origin: arvel-media/create_media_table\n{}", table("3_media"));
    let project = project.migration("3_create_media_table", &published);
    let (_, said) = ends(&project, &["db", "migrate"], 0);
    assert!(said.contains("3_create_media_table"), "{said}");
    assert!(tables(&project).contains(&"media".to_owned()), "{:?}", tables(&project));
    let (again, _) = ends(&project, &["db", "migrate"], 0);
    assert!(again.contains("nothing to migrate"), "{again}");
}

#[test]
fn more_steps_than_are_applied_are_an_error_and_nothing_is_undone() {
    let mut project = Project::new().applied(&["1_a", "2_b"]);
    project.refused(&["db", "rollback", "--steps", "3"], 4).refused(&["db", "downgrade", "-3"], 4);
    let (out, err) = ends(&project, &["db", "rollback", "--steps", "50"], 4);
    assert!(out.is_empty() && err.contains("50") && err.contains('2'), "{out}{err}");
    assert_eq!(tables(&project), ["a", "b"]);
}

#[test]
fn an_ambiguous_beginning_lists_its_candidates() {
    let project = Project::new()
        .applied(&["1_users"])
        .migration("2026_01_01_000000_create_posts", &table("1_posts"))
        .migration("2026_01_02_000000_create_pages", &table("2_pages"));
    for args in [["db", "migrate", "2026"], ["db", "show", "create_p"], ["db", "stamp", "create"]] {
        let (_, err) = ends(&project, &args, 4);
        assert!(err.contains("2026_01_01_000000_create_posts"), "{err}");
        assert!(err.contains("2026_01_02_000000_create_pages"), "{err}");
    }
    let (_, unknown) = ends(&project, &["db", "migrate", "create_pagse"], 4);
    assert!(unknown.contains("did you mean") && unknown.contains("create_pages"), "{unknown}");
}

#[test]
fn a_missing_parent_names_the_file_and_the_revision_whatever_is_asked() {
    let text = format!("-- parents: zzzz9999\n{}", table("2_b"));
    let mut project = Project::new().applied(&["1_a"]).migration("2_b", &text);
    for args in [["db", "heads"], ["db", "history"], ["db", "current"], ["db", "migrate"], ["db", "rollback"]]
    {
        project.refused(&args, 4);
        let (out, err) = ends(&project, &args, 4);
        assert!(out.is_empty(), "{out}");
        for part in ["zzzz9999", "`2_b`", "database/migrations/2_b.sql", "hint:"] {
            assert!(err.contains(part), "{part}: {err}");
        }
        assert!(!err.contains("panicked"), "{err}");
    }
}

#[test]
fn check_heads_is_true_with_depends_on() {
    let project = Project::new()
        .migration("1_accounts", &table("1_accounts"))
        .migration("2_net", &format!("-- parents: none\n-- depends_on: 1_accounts\n{}", table("2_net")));
    ends(&project, &["db", "migrate"], 0);
    ends(&project, &["db", "current", "--check-heads"], 0);
    ends(&project, &["db", "status", "--pending"], 0);
    ends(&project, &["db", "rollback"], 0);
    ends(&project, &["db", "current", "--check-heads"], 8);
}

#[test]
fn a_branch_and_base_never_touch_the_trunk_or_a_sibling() {
    for engine in Engine::ALL {
        let Some(project) = Project::on(engine) else { continue };
        let project = fork(project);
        ends(&project, &["db", "migrate"], 0);
        ends(&project, &["db", "downgrade", "blog@base"], 0);
        assert_eq!(tables(&project), ["shop", "trunk"], "{}", engine.family);
        ends(&project, &["db", "migrate", "blog@head"], 0);
        assert_eq!(tables(&project), ["blog", "posts", "shop", "trunk"], "{}", engine.family);
    }
}

#[test]
fn errors_go_to_stderr_and_results_to_stdout() {
    let project = fork(Project::new());
    let refusals: [(&[&str], i32); 8] = [
        (&["db", "migrate", "nowhere"], 4),
        (&["db", "migrate", "head"], 4),
        (&["db", "rollback", "--steps", "9"], 4),
        (&["db", "migrate", "--no-such-option"], 2),
        (&["db", "migrate", "--env", "nowhere"], 3),
        (&["db", "fresh", "--env", "production"], 7),
        (&["db", "seed", "--class", "nobody"], 2),
        (&["db", "migrate", "--url", "postgres://nobody@127.0.0.1:1/none"], 1),
    ];
    for (args, expected) in refusals {
        let (out, err) = ends(&project, args, expected);
        assert!(out.is_empty(), "{args:?} writes to stdout: {out}");
        assert!(err.contains("error:"), "{args:?}: {err}");
        // As JSON the error is the document.
        let with_json: Vec<&str> = args.iter().copied().chain(["--json"]).collect();
        if expected != 2 {
            let (out, _) = ends(&project, &with_json, expected);
            assert!(
                out.contains("\"error\"") && out.contains(&format!("\"exit\": {expected}")),
                "{args:?}: {out}"
            );
        }
    }
    let (out, err) = ends(&project, &["db", "heads"], 0);
    assert!(out.contains("4_posts") && err.is_empty(), "{out}{err}");
}

#[test]
fn the_production_guard_fires_from_the_command_line() {
    let mut project = Project::new().applied(&["1_a"]);
    project.set("APP_ENV", "production");
    for command in ["fresh", "wipe", "reset", "refresh", "rollback"] {
        project.refused(&["db", command], 7).refused(&["db", command, "--yes"], 7);
    }
    // Consent is per command, and `migrate` needs none.
    ends(&project, &["db", "migrate"], 0);
    ends(&project, &["db", "rollback", "--force"], 0);
    assert_eq!(tables(&project), [""; 0]);
}

#[test]
fn a_failed_revision_on_sqlite_leaves_the_schema_and_runs_again() {
    let broken = "-- migrate:up\nCREATE TABLE b (id int);\nCREATE TABLE c (id int);\nINSERT INTO nowhere VALUES (1);\n";
    let mut project = Project::new().applied(&["1_a"]).migration("2_b", broken);
    let before = project.rows("SELECT sql FROM sqlite_master WHERE name NOT LIKE 'arvel%' ORDER BY name");
    project.run(&["db", "migrate"], 1).run(&["db", "migrate"], 1);
    let after = project.rows("SELECT sql FROM sqlite_master WHERE name NOT LIKE 'arvel%' ORDER BY name");
    assert_eq!(before, after);
    project.write("database/migrations/2_b.sql", &broken.replace("INSERT INTO nowhere VALUES (1);\n", ""));
    project.run(&["db", "migrate"], 0);
    assert_eq!(tables(&project), ["a", "b", "c"]);
}

#[test]
fn a_percent_sign_in_a_password_works() {
    const PASSWORD: &str = "p%41@s w:o/%";
    const ENCODED: &str = "p%2541%40s%20w%3Ao%2F%25";
    let Some(project) = Project::on(Engine::MYSQL) else { return };
    let user = format!("arvel_percent_{}", std::process::id());
    let (host, name) = {
        let url = project.database().url();
        (url.host().to_owned(), url.database().to_owned())
    };
    project.execute(&format!("CREATE USER '{user}'@'%' IDENTIFIED BY '{PASSWORD}'"));
    project.execute(&format!("GRANT ALL ON `{name}`.* TO '{user}'@'%'"));
    let url = format!("mysql://{user}:{ENCODED}@{host}/{name}");
    let project = project.migration("1_a", &table("1_a")).variable("DATABASE_URL", &url);
    // In a file too, where nothing has to be written twice.
    let other = Project::new()
        .migration("1_a", &table("1_a"))
        .file("arvel.toml", &format!("[databases.default]\nurl = \"{url}\"\n"));
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        ends(&project, &["db", "migrate"], 0);
        let (shown, _) = ends(&other, &["db", "status", "--json"], 0);
        assert!(shown.contains("\"state\": \"applied\""), "{shown}");
        assert_eq!(tables(&project), ["a"]);
    }));
    project.execute(&format!("DROP USER '{user}'@'%'"));
    assert!(outcome.is_ok());
}

#[test]
fn an_unknown_seeder_is_an_error() {
    let mut project = Project::new().of_the_example();
    project.run(&["db", "migrate"], 0).refused(&["db", "seed", "--class", "demo_postz"], 2);
    let (out, err) = ends(&project, &["db", "seed", "--class", "nobody"], 2);
    assert!(out.is_empty() && err.contains("nobody"), "{out}{err}");
}

#[test]
fn status_shows_applied_pending_late_missing_and_changed() {
    let project = Project::new().applied(&["1_kept", "2_edited", "4_lost"]);
    std::fs::remove_file(project.at("database/migrations/4_lost.sql")).unwrap();
    let project = project
        .migration("2_edited", &table("2_edited").replace("id int", "id bigint"))
        .migration("0_late", &table("0_late"))
        .migration("5_next", &table("5_next"));
    let (shown, _) = ends(&project, &["db", "status"], 0);
    let states = [
        ("1_kept", "applied"),
        ("2_edited", "changed"),
        ("4_lost", "missing"),
        ("0_late", "late"),
        ("5_next", "pending"),
    ];
    for (revision, state) in states {
        let line = shown.lines().find(|line| line.contains(revision)).unwrap_or_else(|| panic!("{shown}"));
        assert!(line.contains(state), "{line}");
    }
    let (json, _) = ends(&project, &["db", "status", "--json"], 0);
    for (_, state) in states {
        assert!(json.contains(&format!("\"state\": \"{state}\"")), "{json}");
    }
}

#[test]
fn a_change_of_a_parent_keeps_the_rows_of_its_children() {
    for engine in Engine::ALL {
        let Some(project) = Project::on(engine) else { continue };
        let project = project
            .of_mistakes()
            .variable("MISTAKE", "none: a parent is changed, and children hold on to it");
        ends(&project, &["db", "migrate"], 0);
        assert_eq!(project.rows("SELECT count(*) FROM users"), ["2"], "{}", engine.family);
        assert_eq!(project.rows("SELECT count(*) FROM notes"), ["3"], "{}", engine.family);
        assert_eq!(project.rows("SELECT count(*) FROM posts"), ["3"], "{}", engine.family);
    }
}

#[test]
fn a_column_without_an_index_can_be_dropped() {
    for engine in Engine::ALL {
        let Some(project) = Project::on(engine) else { continue };
        let project = project.of_mistakes().variable("MISTAKE", "none: a column without an index is dropped");
        ends(&project, &["db", "migrate"], 0);
        let (shown, _) = ends(&project, &["db", "inspect", "users", "--json"], 0);
        assert!(
            shown.contains("\"email\"") && !shown.contains("\"name\": \"name\""),
            "{}: {shown}",
            engine.family
        );
    }
}

#[test]
fn a_default_reaches_the_database() {
    for engine in Engine::ALL {
        let Some(project) = Project::on(engine) else { continue };
        let mut project = project.of_mistakes();
        project.run(&["db", "migrate", "before"], 0);
        project.execute("INSERT INTO posts (user_id, title) VALUES (1, 'new')");
        assert_eq!(
            project.rows("SELECT status FROM posts WHERE title = 'new'"),
            ["draft"],
            "{}",
            engine.family
        );
    }
}

#[test]
fn a_published_file_that_was_edited_is_not_overwritten() {
    let publish = ["db", "publish", "--only", "arvel-auth/create_users_table"];
    let mut project = Project::new();
    project.run(&publish, 0);
    let files = project.state().files.into_keys();
    let file =
        files.into_iter().find(|path| path.to_string_lossy().ends_with("_create_users_table.rs")).unwrap();
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(
        &file,
        text.replacen("table.id();", "table.id();\n        table.string(\"own\").nullable();", 1),
    )
    .unwrap();
    project.refused(&publish, 0);
    let (out, err) = ends(&project, &publish, 0);
    assert!(format!("{out}{err}").contains("edited"), "{out}{err}");
}
