//! The known traps of publishing, with a program that is a package too: its stub was raised, and it ships a follow-up.

use std::{collections::BTreeMap, fs};

use arvel_migrate::{
    publish::{FileKind, digest},
    testing::Engine,
};

use crate::project::Project;

const FOLDER: &str = "database/migrations";
const FORMER: &str = include_str!("../src/bin/raised-app/former/create_members_table_0_0_9.sql");
const PUBLISH: [&str; 2] = ["db", "publish"];
const UPDATE: [&str; 3] = ["db", "publish", "--update"];
const MIGRATE: [&str; 2] = ["db", "migrate"];

fn project(engine: Engine) -> Option<Project> {
    Project::on(engine).map(Project::of_raised)
}

fn sqlite() -> Project {
    Project::new().of_raised()
}

/// The SQL files of the folder: their names and texts.
fn files(project: &Project) -> BTreeMap<String, String> {
    let entries = fs::read_dir(project.at(FOLDER)).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let sql = names.filter(|name| name.ends_with(".sql"));
    sql.map(|name| (name.clone(), fs::read_to_string(project.at(&format!("{FOLDER}/{name}"))).unwrap()))
        .collect()
}

fn backups(project: &Project) -> usize {
    let entries = fs::read_dir(project.at(FOLDER)).unwrap();
    entries.filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().ends_with(".bak")).count()
}

/// The path of the one file of a slug.
fn path(project: &Project, slug: &str) -> String {
    let files = files(project);
    let mut found = files.keys().filter(|name| name.ends_with(&format!("_{slug}.sql")));
    let name = found.next().unwrap_or_else(|| panic!("{slug}: {:?}", files.keys()));
    assert_eq!(found.next(), None);
    format!("{FOLDER}/{name}")
}

fn read(project: &Project, slug: &str) -> String {
    fs::read_to_string(project.at(&path(project, slug))).unwrap()
}

/// The members as version 0.0.9 had published them, long ago.
fn published_long_ago(project: &Project) {
    let text = format!("-- origin: arvel-tests/create_members_table\n{FORMER}");
    let digest = digest(FileKind::Sql, &text);
    let line = format!("-- published from arvel-tests 0.0.9: create_members_table ({digest})");
    project
        .write(&format!("{FOLDER}/2025_01_01_000000_create_members_table.sql"), &format!("{line}\n{text}"));
}

fn states(project: &mut Project, args: &[&str], code: i32) -> Vec<(String, String)> {
    let args: Vec<&str> = args.iter().copied().chain(["--json"]).collect();
    let document = project.document(&args, code);
    let decisions = document["decisions"].as_array().unwrap().clone();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    decisions.iter().map(|it| (text(&it["state"]), text(&it["action"]))).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(state, action)| ((*state).to_owned(), (*action).to_owned())).collect()
}

#[test]
fn publishing_twice_changes_nothing_after_a_rename_too() {
    let mut project = sqlite();
    project.run(&PUBLISH, 0).refused(&PUBLISH, 0).refused(&UPDATE, 0);
    assert_eq!(files(&project).len(), 2, "a new application needs no follow-up");
    let old = path(&project, "create_members_table");
    fs::rename(project.at(&old), project.at(&format!("{FOLDER}/2025_02_02_020202_people.sql"))).unwrap();
    project.run(&["make", "sync"], 0);
    for mode in [&PUBLISH[..], &UPDATE[..], &["db", "publish", "--force"]] {
        project.refused(mode, 0);
    }
}

#[test]
fn an_edit_is_kept_and_said_and_force_overwrites_exactly_one_file_with_a_backup() {
    let mut project = sqlite();
    project.run(&PUBLISH, 0);
    let (path, text) = (path(&project, "create_members_table"), read(&project, "create_members_table"));
    project.write(&path, &text.replace("VARCHAR(80)", "VARCHAR(120)"));
    let before = files(&project);
    project.refused(&PUBLISH, 0).refused(&UPDATE, 0);
    assert!(project.transcript().contains("you changed it"), "{}", project.transcript());
    project.run(&["db", "publish", "--force"], 0);
    let changed: Vec<String> = files(&project)
        .into_iter()
        .filter(|(name, text)| before.get(name) != Some(text))
        .map(|it| it.0)
        .collect();
    assert_eq!((changed.len(), backups(&project), files(&project).len()), (1, 1, before.len()));
    assert_eq!(read(&project, "create_members_table"), text);
}

#[test]
fn an_upstream_change_arrives_where_nothing_ran() {
    let mut project = sqlite();
    published_long_ago(&project);
    assert_eq!(
        states(&mut project, &PUBLISH, 0),
        pairs(&[("outdated", "keep"), ("new", "keep"), ("new", "write")])
    );
    project.run(&MIGRATE, 0).run(&["db", "rollback", "--steps", "2"], 0);
    project.run(&UPDATE, 0);
    assert!(read(&project, "create_members_table").contains("locale"));
    assert_eq!((files(&project).len(), backups(&project)), (2, 1), "and no follow-up");
    project.refused(&UPDATE, 0).run(&MIGRATE, 0);
    assert_eq!(project.rows("SELECT count(locale) FROM members"), ["0"]);
    project.snapshot("an_upstream_change_arrives_where_nothing_ran");
}

#[test]
fn an_applied_file_is_never_replaced_and_its_follow_up_comes_instead() {
    for engine in Engine::ALL {
        let Some(mut project) = project(engine) else { continue };
        published_long_ago(&project);
        project.run(&PUBLISH, 0).run(&MIGRATE, 0);
        let before = read(&project, "create_members_table");
        assert_eq!(
            states(&mut project, &UPDATE, 0),
            pairs(&[("outdated", "keep"), ("new", "write"), ("identical", "nothing")])
        );
        assert_eq!(read(&project, "create_members_table"), before, "{engine:?}");
        project.run(&MIGRATE, 0);
        assert_eq!(project.rows("SELECT count(locale) FROM members"), ["0"], "{engine:?}");
        let followed = pairs(&[("followed", "nothing"), ("identical", "nothing"), ("identical", "nothing")]);
        assert_eq!(states(&mut project, &UPDATE, 0), followed, "{engine:?}");
        // Neither is it overwritten by force: both make the same change.
        let forced = states(&mut project, &["db", "publish", "--force"], 7);
        assert_eq!(forced[0], ("followed".to_owned(), "conflict".to_owned()));
        assert_eq!(read(&project, "create_members_table"), before, "{engine:?}");
        project.run(&["db", "rollback", "--steps", "3"], 0).run(&MIGRATE, 0);
        if engine == Engine::SQLITE {
            project.snapshot("an_applied_file_is_never_replaced");
        }
    }
}

#[test]
fn force_on_an_applied_file_says_what_that_means() {
    let mut project = sqlite();
    published_long_ago(&project);
    project.run(&PUBLISH, 0).run(&MIGRATE, 0).run(&["db", "publish", "--force"], 0);
    assert!(project.transcript().contains("the new text will not run there"), "{}", project.transcript());
    let status = project.shown(&["db", "status"]).1;
    assert!(status.contains("changed"), "{status}");
}

#[test]
fn what_both_changed_is_shown_and_merged() {
    let mut project = sqlite();
    published_long_ago(&project);
    project.run(&PUBLISH, 0);
    let path = path(&project, "create_members_table");
    let text = read(&project, "create_members_table");
    project.write(&path, &text.replace("id INTEGER", "id BIGINT"));
    project.run(&["db", "create"], 0);
    project.refused(&["db", "publish", "--diff"], 0).refused(&UPDATE, 7);
    project.run(&["db", "publish", "--update", "--merge"], 0);
    let merged = read(&project, "create_members_table");
    assert!(merged.contains("id BIGINT") && merged.contains("locale") && backups(&project) == 1, "{merged}");
    assert_eq!(states(&mut project, &UPDATE, 0)[0], ("edited".to_owned(), "keep".to_owned()));
    project.write(&path, &text.replace("name VARCHAR(80) NOT NULL", "name VARCHAR(120) NOT NULL"));
    project.refused(&["db", "publish", "--update", "--merge"], 7);
    project.snapshot("what_both_changed_is_shown_and_merged");
}

#[test]
fn a_text_that_only_git_remembers() {
    let mut project = sqlite();
    project.run(&PUBLISH, 0);
    let path = path(&project, "create_badges_table");
    // Another text than any that the package knows, as a version of it had published it.
    let old = read(&project, "create_badges_table").replace("  FOREIGN", "\n  FOREIGN");
    let (_, body) = old.split_once('\n').unwrap();
    let line =
        format!("-- published from arvel-tests 0.0.8: create_badges_table ({})", digest(FileKind::Sql, body));
    let old = format!("{line}\n{body}");
    project.write(&path, &old);
    let git = |args: &[&str]| {
        let identity = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"];
        let output =
            std::process::Command::new("git").args(identity).args(args).current_dir(project.at("")).output();
        output.is_ok_and(|output| output.status.success())
    };
    let committed = git(&["init", "-q"]) && git(&["add", "."]) && git(&["commit", "-qm", "published"]);
    project.write(&path, &old.replace("id INTEGER NOT NULL PRIMARY KEY", "id BIGINT NOT NULL PRIMARY KEY"));
    let shown = project.shown(&["db", "publish", "--diff"]).1;
    if committed {
        assert!(shown.contains("+++ ") && shown.contains("(theirs)"), "{shown}");
        fs::remove_dir_all(project.at(".git")).unwrap();
    }
    let shown = project.shown(&["db", "publish", "--diff"]).1;
    assert!(!shown.contains("(theirs)") && shown.contains("there is no git history of the file"), "{shown}");
}

#[test]
fn two_packages_with_one_slug() {
    let mut project = sqlite();
    let other = format!("{FOLDER}/2025_01_01_000000_create_members_table.sql");
    project.write(&other, "-- origin: club/create_members_table\nCREATE TABLE club_members (id INT);\n");
    project.refused(&["db", "publish", "--force"], 7);
    // The ways on that it names: another slug, or the origin of what it is meant to be.
    fs::rename(project.at(&other), project.at(&format!("{FOLDER}/2025_01_01_000000_create_club.sql")))
        .unwrap();
    project.run(&["make", "sync"], 0).run(&PUBLISH, 0).run(&MIGRATE, 0);
    assert_eq!(files(&project).len(), 3);
    project.snapshot("two_packages_with_one_slug");
}

#[test]
fn a_table_that_is_there_already() {
    let mut project = sqlite();
    let mine = format!("{FOLDER}/2025_01_01_000000_people.sql");
    project.write(&mine, "CREATE TABLE IF NOT EXISTS \"members\" (id INTEGER NOT NULL PRIMARY KEY);\n");
    project.refused(&PUBLISH, 7);
    let text = fs::read_to_string(project.at(&mine)).unwrap();
    project.write(&mine, &format!("-- origin: arvel-tests/create_members_table\n{text}"));
    project.run(&PUBLISH, 0).run(&MIGRATE, 0);
    project.snapshot("a_table_that_is_there_already");
}

#[test]
fn order_is_kept_across_packages_published_on_different_days() {
    for engine in Engine::ALL {
        let Some(mut project) = project(engine) else { continue };
        // What it needs comes along.
        project.run(&["db", "publish", "--only", "create_badges_table"], 0);
        assert_eq!(files(&project).len(), 2);
        let (members, badges) =
            (path(&project, "create_members_table"), path(&project, "create_badges_table"));
        assert!(
            members < badges && read(&project, "create_badges_table").contains("-- depends_on: arvel-tests/")
        );
        // One of them is lost, and published again on another day: it still comes first.
        fs::rename(
            project.at(&badges),
            project.at(&format!("{FOLDER}/2025_05_05_050505_create_badges_table.sql")),
        )
        .unwrap();
        fs::remove_file(project.at(&members)).unwrap();
        project.run(&["make", "sync"], 0).run(&PUBLISH, 0).run(&MIGRATE, 0);
        let history = project.rows("SELECT origin FROM arvel_migrations ORDER BY seq");
        assert_eq!(
            history,
            ["arvel-tests/create_members_table", "arvel-tests/create_badges_table"],
            "{engine:?}"
        );
    }
}

#[test]
fn a_published_file_that_sorts_before_an_applied_one_still_runs() {
    for engine in Engine::ALL {
        let Some(project) = project(engine) else { continue };
        let mut project = project.migration("2099_01_01_000000_notes", "CREATE TABLE notes (id INT);\n");
        project.run(&MIGRATE, 0);
        project.run(&PUBLISH, 0).run(&MIGRATE, 0);
        assert_eq!(project.rows("SELECT count(*) FROM arvel_migrations"), ["3"], "{engine:?}");
    }
}

#[test]
fn new_files_name_their_parents_in_the_graph_style() {
    let mut project = sqlite();
    project.write("arvel.toml", "[migrations]\nhistory = \"graph\"\n");
    project.run(&["make", "migration", "create_notes_table", "--sql"], 0).run(&PUBLISH, 0);
    let notes = path(&project, "create_notes_table");
    let parent = notes.trim_start_matches(&format!("{FOLDER}/")).trim_end_matches(".sql").to_owned();
    assert!(read(&project, "create_members_table").contains(&format!("-- parents: {parent}\n")));
    let members = path(&project, "create_members_table");
    let parent = members.trim_start_matches(&format!("{FOLDER}/")).trim_end_matches(".sql").to_owned();
    assert!(read(&project, "create_badges_table").contains(&format!("-- parents: {parent}\n")));
    project.run(&["db", "heads"], 0).refused(&PUBLISH, 0);
    // Two heads: the same question that the maker asks.
    let badges = path(&project, "create_badges_table");
    fs::remove_file(project.at(&badges)).unwrap();
    let side = format!("{FOLDER}/2025_01_01_000000_side.sql");
    project.write(&side, "-- parents: none\nCREATE TABLE side (id INT);\n");
    project.run(&["make", "sync"], 0).refused(&PUBLISH, 4);
    assert!(project.transcript().contains("db merge heads"), "{}", project.transcript());
}
