//! `make`, on files alone.

use super::*;

#[tokio::test]
async fn make_works_while_the_configuration_is_broken() {
    let project =
        Project::empty().file("arvel.toml", "[nonsense]\nx = 1\n[migrations]\npath = 'db/changes'\n");
    let ran = project.run("db status").await;
    assert_eq!(ran.exit, Exit::CONFIGURATION);
    assert!(ran.err.starts_with("error: unknown key `nonsense.x`"), "{}", ran.err);
    let ran = project.run("db status --json").await;
    assert_eq!((ran.json()["error"]["exit"].clone(), ran.err.as_str()), (3.into(), ""));

    let ran = project.ok("make migration create_posts_table title:string --json").await;
    let created = ran.json()["created"][0].as_str().unwrap().to_owned();
    assert!(created.starts_with("db/changes/2") && created.ends_with("_create_posts_table.rs"), "{created}");
    assert!(project.at(&created).is_file() && project.at("db/changes/mod.rs").is_file());
    let ran = project.ok("make migration add_x --sql --dry-run").await;
    assert!(ran.out.contains("-- migrate:up") && ran.err.contains("nothing was done"), "{ran:?}");
    project.ok("make migration add_x --sql").await;
    project.ok("make seeder demo").await;
    assert!(project.at("database/seeders/demo.rs").is_file());
    std::fs::remove_file(project.at(&created)).unwrap();
    let ran = project.ok("make sync").await;
    assert!(ran.err.contains("no longer lists"), "{}", ran.err);
    assert_eq!(project.ok("make sync").await.out, "the lists are up to date\n");
    let ran = project.run("make migration create_posts_table title:strong").await;
    assert_eq!(ran.exit, Exit::USAGE);
    assert!(ran.err.contains("  hint: "), "{}", ran.err);
}

#[tokio::test]
async fn files_are_cleared_by_who_types_the_name() {
    let project = Project::new().typing("other.db");
    let ran = project.run("db clear --files").await;
    assert_eq!(ran.exit, Exit::REFUSED);
    assert!(ran.err.contains("2 files of `database/migrations`"), "{}", ran.err);
    assert!(ran.err.contains("type `app.db` to go on:"), "{}", ran.err);
    let project = project.typing("app.db");
    let ran = project.ok("db clear --files --json").await;
    assert_eq!(ran.json()["files"].as_array().map(Vec::len), Some(2), "{ran:?}");
    let left = std::fs::read_dir(project.at("database/migrations")).unwrap().count();
    assert_eq!(left, 0, "a folder without a list gets none");
    assert!(project.ok("db clear --files").await.out.contains("no files to remove"));
}
