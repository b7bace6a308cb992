//! Databases that can not be reached, and passwords that nobody may read.

use arvel_migrate::testing::{Engine, TestDatabase};

use crate::project::{Project, table};

const SECRET: &str = "p%41@s w:o";
const ENCODED: &str = "p%2541%40s%20w%3Ao";

fn hides(project: &Project) {
    for spelling in [SECRET, ENCODED, "p%41", "pA@s", "p%2541", "s w:o"] {
        assert!(!project.transcript().contains(spelling), "{spelling} is shown:\n{}", project.transcript());
    }
}

#[test]
fn nobody_listens() {
    for (name, password) in [("as_it_should_be", ENCODED), ("as_people_write_it", SECRET)] {
        for scheme in ["postgres", "mysql"] {
            let url = format!("{scheme}://me:{password}@127.0.0.1:1/shop");
            let mut project = Project::new().migration("1_a", &table("1_a")).variable("DATABASE_URL", &url);
            project
                .refused(&["db", "migrate"], 1)
                .refused(&["db", "status", "-v"], 1)
                .refused(&["db", "fresh", "--yes"], 1)
                .refused(&["db", "migrate", "--json"], 1);
            hides(&project);
            if name == "as_it_should_be" {
                project.snapshot(&format!("nobody_listens_{scheme}"));
            }
        }
    }
}

#[test]
fn a_wrong_password() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let Some(database) = runtime.block_on(TestDatabase::create(Engine::MYSQL)).unwrap() else { return };
    let user = format!("arvel_cli_{}", std::process::id());
    let run = |sql: String| {
        runtime.block_on(async {
            database.connect().await.unwrap().execute(&sql, &[]).await.unwrap();
        });
    };
    run(format!("CREATE USER '{user}'@'%' IDENTIFIED BY 'another'"));
    let (host, name) = (database.url().host(), database.url().database());
    let url = format!("mysql://{user}:{ENCODED}@{host}/{name}");
    let mut project = Project::new().migration("1_a", &table("1_a"));
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        project
            .refused(&["db", "migrate", "--url", &url], 1)
            .refused(&["db", "status", "-v", "--url", &url], 1)
            .refused(&["db", "migrate", "--json", "--url", &url], 1);
    }));
    run(format!("DROP USER '{user}'@'%'"));
    assert!(outcome.is_ok());
    // What was typed is not what was shown.
    let shown: Vec<&str> = project.transcript().lines().filter(|line| !line.starts_with("$ ")).collect();
    let shown = shown.join("\n");
    for spelling in [SECRET, ENCODED, "p%41", "pA@s", "p%2541", "s w:o"] {
        assert!(!shown.contains(spelling), "{spelling} is shown:\n{shown}");
    }
    assert!(shown.contains("database.authentication"), "{shown}");
}

#[test]
fn a_folder_instead_of_a_file() {
    let mut project = Project::new().migration("1_a", &table("1_a"));
    std::fs::create_dir_all(project.at("database/app.db.d")).unwrap();
    project.refused(&["db", "migrate", "--url", "sqlite://database/app.db.d"], 1);
    project.snapshot("a_folder_instead_of_a_file");
}

/// Somebody else is at work: told who, and not waited for when not wanted.
#[test]
fn another_migrator_is_at_work() {
    for engine in [Engine::POSTGRES, Engine::MYSQL] {
        let Some(project) = Project::on(engine) else { continue };
        let mut project = project.applied(&["1_a"]).migration("2_slow", &crate::interrupted::slow(engine));
        let holder = project.start(&["db", "migrate"]);
        project.wait_for_a_migrator();
        let output = project.start(&["db", "migrate", "--no-wait"]).wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(6), "{output:?}");
        project.note(&["db", "migrate", "--no-wait"], &output);
        assert!(holder.wait_with_output().unwrap().status.success());
        project.run(&["db", "status", "--pending"], 0);
        if engine == Engine::POSTGRES {
            project.snapshot("another_migrator_is_at_work");
        }
    }
}
